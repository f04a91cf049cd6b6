import type { Command } from '../../../server/src/core/zfs/command';
import { isWithin, rebase, snapshotParts } from '../../../server/src/core/zfs/names';
import { parseResumeToken } from '../../../server/src/core/zfs/token';
import { below, failed, findSnapshot, inheritRoot, succeeded } from './fake-pool';
import type { FakeDataset, FakePool, FakeResult, FakeVersion } from './fake-pool';

/** One dataset of a stream: its snapshots, on top of a base or from nothing. */
interface Part {
  readonly source: FakeDataset;
  readonly base?: FakeVersion;
  readonly snapshots: readonly FakeVersion[];
}

export interface FakeStream {
  readonly parts: readonly Part[];
  readonly replicate: boolean;
  readonly resumes: boolean;
  readonly top: string;
}

/** What a send would put on the wire, or how it fails. */
export function send(pool: FakePool, { flags, operands }: Command): FakeStream | FakeResult {
  if (flags['raw'] !== true) throw new Error('a send without -w');
  if (typeof flags['token'] === 'string') return resume(pool, flags['token']);
  const { dataset: top, name } = snapshotParts(operands[0] ?? '') ?? { dataset: '', name: '' };
  const replicate = flags['replicate'] === true;
  const base = flags['intermediates'] ?? flags['incremental'];
  if (replicate && typeof flags['incremental'] !== 'string') throw new Error('-R without -i');
  const range = { base: typeof base === 'string' ? base : undefined, spans: 'intermediates' in flags, to: name };
  const parts: Part[] = [];
  const skipped: string[] = [];
  for (const dataset of replicate ? below(pool, top) : [pool.datasets.get(top)]) {
    if (dataset === undefined) return failed(`cannot open '${operands[0]}': dataset does not exist`);
    if (skipped.some((one) => isWithin(dataset.name, one))) continue;
    const part = cutPart(dataset, range);
    if (part !== undefined) parts.push(part);
    else if (flags['skipMissing'] === true) skipped.push(dataset.name);
    // 2.3.2 says so for excluded datasets too: -X does not help.
    else return failed(`cannot send ${top}@${name} recursively: snapshot ${dataset.name}@${name} does not exist`);
  }
  return { parts, replicate, resumes: false, top };
}

interface Range {
  readonly base: string | undefined;
  readonly spans: boolean;
  readonly to: string;
}

function cutPart(source: FakeDataset, { base, spans, to }: Range): Part | undefined {
  const last = source.snapshots.find(({ name }) => name === to);
  if (last === undefined) return undefined;
  if (base === undefined) return { source, snapshots: [last] };
  const versions = base.startsWith('#') ? source.bookmarks : source.snapshots;
  if (spans && base.startsWith('#')) throw new Error('multiple snapshots cannot be sent from a bookmark');
  const from = versions.find(({ name }) => name === base.slice(1));
  if (from === undefined) return undefined;
  const snapshots = spans ? source.snapshots.filter(({ txg }) => txg > from.txg && txg <= last.txg) : [last];
  return { source, base: from, snapshots };
}

function resume(pool: FakePool, token: string): FakeStream | FakeResult {
  const decoded = parseResumeToken(token);
  if (!decoded.ok) return failed('cannot resume send: resume token is corrupt', 255);
  const { toName, fromGuid } = decoded.value;
  const { dataset: top } = snapshotParts(toName) ?? { dataset: '' };
  const source = pool.datasets.get(top);
  const snapshot = findSnapshot(pool, toName);
  if (source === undefined || snapshot === undefined) return failed('used in the initial send no longer exists', 255);
  const base = [...source.snapshots, ...source.bookmarks].find(({ guid }) => guid === fromGuid);
  const part = { source, snapshots: [snapshot], ...(base === undefined ? {} : { base }) };
  return { parts: [part], replicate: false, resumes: true, top };
}

/** Where the wire breaks: in which snapshot, counted over the whole stream. */
export type Cut = number | undefined;

/** Receives a stream; a cut one leaves a token on the dataset that was being received (ZFS-FACTS 4d). */
export function receive(pool: FakePool, { flags, operands }: Command, stream: FakeStream, cut: Cut): FakeResult {
  if ('force' in flags) throw new Error('a receive with -F');
  const [into = ''] = operands;
  let budget = cut ?? Infinity;
  for (const part of stream.parts) {
    const name = rebase(part.source.name, stream.top, into);
    const refusal = prepare(pool, name, part, stream);
    if (refusal !== undefined) return refusal;
    const target = pool.datasets.get(name) ?? make(pool, name, part.source);
    setFlags(target, flags, { isTop: name === into, replicate: stream.replicate });
    for (const [index, snapshot] of part.snapshots.entries()) {
      const from = index === 0 ? part.base : part.snapshots[index - 1];
      if (budget === 0) return cutHere(target, part.source, { snapshot, from }, flags['resumable'] === true);
      budget -= 1;
      if (target.snapshots.some(({ guid }) => guid === snapshot.guid))
        throw new Error(`overlapping range: ${name}@${snapshot.name}`);
      target.snapshots.push({ ...snapshot, txg: pool.nextTxg(), holds: new Set() });
    }
    target.written = 0;
    delete target.token;
  }
  if (stream.replicate) repairHierarchy(pool, stream, into);
  return succeeded();
}

function prepare(pool: FakePool, name: string, { base }: Part, { resumes }: FakeStream): FakeResult | undefined {
  const target = pool.datasets.get(name);
  if (resumes) return target?.token === undefined ? failed('cannot receive resume stream: no state') : undefined;
  if (base === undefined) {
    return target === undefined
      ? undefined
      : failed(`cannot receive new filesystem stream: destination '${name}' exists`);
  }
  if (target === undefined) return failed(`cannot receive incremental stream: destination '${name}' does not exist`);
  if (target.token !== undefined)
    return failed(`destination ${name} contains partially-complete state from "zfs receive -s".`);
  const last = target.snapshots.at(-1);
  if (last?.guid !== base.guid) return failed(`most recent snapshot of ${name} does not\nmatch incremental source`);
  if (last.ivsetguid !== base.ivsetguid) return failed('IV set guid mismatch');
  return target.written > 0 ? failed(`destination ${name} has been modified\nsince most recent snapshot`) : undefined;
}

/** A dataset received by its own raw stream is its own root with keylocation=prompt (ZFS-FACTS hazard 11). */
function make(pool: FakePool, name: string, source: FakeDataset): FakeDataset {
  return pool.add(name, { kind: source.kind, encrypted: source.encrypted, root: name, keyLocation: 'prompt' });
}

interface Arriving {
  readonly snapshot: FakeVersion;
  readonly from: FakeVersion | undefined;
}

function cutHere(target: FakeDataset, source: FakeDataset, { snapshot, from }: Arriving, keeps: boolean): FakeResult {
  if (!keeps) return failed('cannot receive: checksum mismatch or incomplete stream');
  if (target.snapshots.length === 0) target.written = 1000;
  target.token = {
    toName: `${source.name}@${snapshot.name}`,
    toGuid: snapshot.guid,
    raw: true,
    ...(from === undefined ? {} : { fromGuid: from.guid }),
  };
  return failed('checksum mismatch or incomplete stream.\nPartially received snapshot is saved.');
}

interface Scope {
  readonly isTop: boolean;
  readonly replicate: boolean;
}

/** `-o` sets the top; children of a `-R` stream inherit what can be inherited, which canmount cannot. */
function setFlags(target: FakeDataset, flags: Command['flags'], { isTop, replicate }: Scope): void {
  const { set } = flags;
  for (const assignment of Array.isArray(set) ? set : typeof set === 'string' ? [set] : []) {
    const [property = '', value = ''] = String(assignment).split('=');
    if (target.kind === 'volume' && !replicate && (property === 'mountpoint' || property === 'canmount')) {
      throw new Error(`${property} set on the volume ${target.name}`);
    }
    if (isTop || property !== 'canmount') target.properties.set(property, value);
  }
}

/**
 * What ZFS does at the end of a `-R` stream: roots of the source become roots, other datasets inherit from their
 * parent, the stream's own top excepted; and the keylocation of roots is overwritten (ZFS-FACTS 4d z, hazard 11).
 */
function repairHierarchy(pool: FakePool, { parts, top }: FakeStream, into: string): void {
  for (const { source } of parts) {
    const target = pool.datasets.get(rebase(source.name, top, into));
    if (target === undefined || !target.encrypted) continue;
    if (source.root === source.name) {
      const before = target.root;
      for (const one of below(pool, target.name)) if (one.root === before) one.root = target.name;
      target.keyLocation = source.keyLocation;
    } else if (target.root === target.name && target.name !== into) inheritRoot(pool, target);
  }
}
