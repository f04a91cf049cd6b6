/**
 * Before and after an incremental `-R` package: what was renamed at the source is renamed here, and with `-F` what the source
 * lacks is destroyed (recv_incremental_replication of libzfs_sendrecv.c).
 */
import { parentOf } from '../../zfs/names';
import { refuseCopies } from '../copies';
import { notModelled } from '../outcome';
import { isBusy, isHeld, withoutSnapshots } from '../destroy/destroy-snapshots';
import { rename } from '../commands/rename';
import { openProblem } from '../names';
import type { Dataset, Snapshot, State } from '../state';
import type { PackageRecord, PackedDataset } from '../stream';
import { childrenOf, clonesOf, mustFind, subtree, withoutDatasets } from '../tree';
import { findByGuid } from './destination';
import { packedWith } from './packed-index';
import type { PackedIndex } from './packed-index';
import type { Session } from './session';

/** False: something could neither be renamed nor destroyed. */
export function replicate(session: Session, target: string, index: PackedIndex): boolean {
  if (!session.state.datasets.has(target)) {
    session.err.push(`cannot open '${target}': dataset does not exist`);
    return false;
  }
  refuseCopies('zfs receive of an increment with -R', subtree(session.state, target));
  for (let pass = 0; pass < 10; pass++) {
    const { needsAgain, hasProgressed } = onePass(session, target, index);
    if (!needsAgain || !hasProgressed) return !needsAgain;
    if (session.options.isVerbose) session.out.push('another pass:');
  }
  return false;
}

interface Pass {
  readonly target: string;
  readonly index: PackedIndex;
  needsAgain: boolean;
  hasProgressed: boolean;
}

function onePass(session: Session, target: string, index: PackedIndex): Pass {
  const pass: Pass = { target, index, needsAgain: false, hasProgressed: false };
  // By the names at the beginning of the pass: what moved away meanwhile is not found, and looked for again.
  for (const dataset of subtree(session.state, target)) visit(session, dataset, pass);
  return pass;
}

function visit(session: Session, dataset: Dataset, pass: Pass): void {
  const { index } = pass;
  const { header } = index;
  let packed: PackedDataset | undefined;
  let hasBase = false;
  for (const snapshot of dataset.snapshots) {
    const there = packedWith(index, snapshot.guid);
    if (there === undefined) {
      if (session.options.isForced) note(pass, destroySnapshot(session, dataset, snapshot));
      continue;
    }
    packed = there;
    const name = there.snapshots.find((each) => each.guid === snapshot.guid)?.name ?? snapshot.name;
    if (name !== snapshot.name)
      note(pass, tryRename(session, `${dataset.name}@${snapshot.name}`, `${dataset.name}@${name}`));
    if (name === header.fromSnapshot) hasBase = true;
  }
  if (packed === undefined) {
    if (session.options.isForced) note(pass, destroyDataset(session, dataset.name));
    return;
  }
  if (!hasBase) {
    if (session.options.isVerbose) {
      const base = header.fromSnapshot ?? '';
      session.out.push(
        `local fs ${dataset.name} does not have fromsnap (${base} in stream); must have been deleted locally; ignoring`,
      );
    }
    return;
  }
  followRename(session, dataset, packed, pass);
}

function note(pass: Pass, isDone: boolean): void {
  if (isDone) pass.hasProgressed = true;
  else pass.needsAgain = true;
}

/** zfs asks for a deferred destruction, which succeeds also where a hold keeps the snapshot; then it is renamed out of the way. */
function destroySnapshot(session: Session, dataset: Dataset, snapshot: Snapshot): boolean {
  const name = `${dataset.name}@${snapshot.name}`;
  if (!isThere(session, name)) return false;
  say(session, `attempting destroy ${name}`);
  if (isBusy(session.state, name)) return notModelled('receive -F over a snapshot that is being sent');
  const isKept = isHeld(session.state, name) || clonesOf(session.state, name).length > 0;
  session.state = withoutSnapshots(session.state, [name], true);
  say(session, 'success');
  return !isKept || outOfTheWay(session, name, `${dataset.name}@`);
}

function isThere(session: Session, name: string): boolean {
  const problem = openProblem(session.state, name, 'any');
  if (problem !== undefined) session.err.push(problem);
  return problem === undefined;
}

function destroyDataset(session: Session, name: string): boolean {
  if (!isThere(session, name)) return false;
  say(session, `attempting destroy ${name}`);
  const dataset = mustFind(session.state, name);
  if (dataset.snapshots.length > 0 || childrenOf(session.state, name).length > 0)
    return outOfTheWay(session, name, `${parentOf(name) ?? ''}/`);
  session.state = withoutDatasets(session.state, [name]);
  say(session, 'success');
  return true;
}

/** What cannot be destroyed gets a name of zfs's own, once; false: it has to be looked at again. */
function outOfTheWay(session: Session, name: string, base: string, errno = 0): boolean {
  if (name.slice(base.length).startsWith('recv-')) {
    say(session, `failed (${errno})`);
    return false;
  }
  session.renames += 1;
  const other = `${base}recv-1-${session.renames}`;
  say(session, `failed - trying rename ${name} to ${other}`);
  renameTo(session, name, other);
  return false;
}

const EEXIST = 17;

function tryRename(session: Session, from: string, to: string): boolean {
  say(session, `attempting rename ${from} to ${to}`);
  if (renameTo(session, from, to)) {
    say(session, 'success');
    return true;
  }
  const base = from.includes('@') ? `${from.split('@')[0] ?? ''}@` : `${parentOf(from) ?? ''}/`;
  return outOfTheWay(session, from, base, EEXIST);
}

function renameTo(session: Session, from: string, to: string): boolean {
  const command = { program: 'zfs', subcommand: 'rename', flags: {}, operands: [from, to] } as const;
  const outcome = rename(session.state, command);
  session.state = outcome.state;
  return outcome.exitCode === 0;
}

const last = (name: string): string | undefined => (name.includes('/') ? name.slice(name.lastIndexOf('/')) : undefined);

/** Below another parent at the source, or by another name: it moves here too. */
function followRename(session: Session, dataset: Dataset, packed: PackedDataset, pass: Pass): void {
  const {
    target,
    index: { header },
  } = pass;
  const here = parentBase(session.state, dataset.name, target, header);
  const isElsewhere = packed.parentGuid !== '0' && here !== undefined && here !== '0' && packed.parentGuid !== here;
  const isTop = session.options.naming === 'as-typed' && dataset.name === target;
  const [own, sent] = [last(dataset.name), last(packed.name)];
  const isRenamed = !isTop && own !== undefined && sent !== undefined && own !== sent;
  if (!isElsewhere && !isRenamed) return;
  const parent = findByGuid(session.state, target, packed.parentGuid);
  if (parent === undefined) return;
  note(pass, tryRename(session, dataset.name, parent.name + (sent ?? '')));
}

/** The guid of the base in the dataset above. */
function parentBase(state: State, name: string, target: string, { fromSnapshot }: PackageRecord): string | undefined {
  const parent = name === target ? undefined : state.datasets.get(parentOf(name) ?? '');
  return parent?.snapshots.find((each) => each.name === fromSnapshot)?.guid;
}

function say(session: Session, line: string): void {
  if (session.options.isVerbose) session.out.push(line);
}
