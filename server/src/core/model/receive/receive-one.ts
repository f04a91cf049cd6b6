/** The stream of one snapshot (zfs_receive_one of libzfs_sendrecv.c, dmu_recv of the kernel). */
import { parentOf } from '../../zfs/names';
import { withHold } from '../commands/hold';
import { create } from '../commands/create';
import { formatSize } from '../show/format-value';
import { nameProblem } from '../names';
import type { State } from '../state';
import type { BeginRecord, PackedDataset } from '../stream';
import { change, editSnapshots } from '../tree';
import type { Begin, Errno } from './begin-check';
import { destinationProblem, createsMissingParents, isNewStream, prefixOf } from './check-destination';
import { commandProperties } from './command-properties';
import { findByGuid, followed, namedDestination } from './destination';
import { keyOfNew } from './key-of-new';
import { packedWith } from './packed-index';
import type { PackedIndex } from './packed-index';
import { failureLine } from './explain-errno';
import type { Failure } from './explain-errno';
import { refuse } from './session';
import type { Receiving, Result, Session } from './session';
import { skipSnapshot } from './skip';
import { readToEnd, takeStream } from './take-stream';

export interface Context {
  /** The dataset at the source that the operand stands for. */
  readonly top: string;
  /** Of the package that the stream is in. */
  readonly index?: PackedIndex;
}

export function* receiveOne(session: Session, begin: BeginRecord, context: Context): Receiving<Result> {
  const { options } = session;
  const packed = context.index && packedWith(context.index, begin.toGuid);
  const header = context.index?.header;
  const isNew = isNewStream(begin);
  const isRecursive = header?.isRecursive === true && header.datasets !== undefined;
  if (options.target.includes('@') && isRecursive)
    return refuse(session, 'cannot receive', 'cannot specify snapshot name for multi-snapshot stream');
  const named = namedDestination(options, begin.toName, context.top);
  if (nameProblem(`${named.dataset}@${named.snapshot}`, 'snapshot') !== undefined)
    return refuse(session, 'cannot receive', 'invalid name');
  if (begin.isClone && findByGuid(session.state, named.dataset, begin.fromGuid) === undefined) {
    const why = `local origin for clone ${named.dataset}@${named.snapshot} does not exist`;
    return refuse(session, 'cannot receive', why);
  }
  if (begin.isClone && options.isVerbose)
    session.out.push(`found clone origin ${originName(session.state, named.dataset, begin)}`);
  const place = { isNew, parentGuid: packed?.parentGuid, top: context.top, naming: options.naming };
  const { dataset: name, snapshot } = followed(session.state, named, begin, place);
  const prefix = prefixOf(begin, isNew);
  if (createsMissingParents(options) && !options.isDryRun && isNew) makeParents(session, name);
  const problem = destinationProblem(session.state, { begin, name, isNew, isForced: options.isForced });
  if (problem !== undefined) {
    const first = problem.length > 1 ? [problem[0] ?? ''] : [];
    session.err.push(...first);
    return refuse(session, prefix, problem.at(-1) ?? '');
  }
  if (options.isVerbose) {
    const how = options.isDryRun ? 'would receive' : 'receiving';
    const what = begin.fromGuid === undefined ? 'full' : 'incremental';
    session.out.push(`${how} ${what} stream of ${begin.toName} into ${name}@${snapshot}`);
  }
  session.top ??= name;
  const isTop = session.top === name;
  const receiver = { name, kind: begin.type, isRaw: begin.isRaw, isRecursive, isNew, isTop };
  const properties = commandProperties(session.state, options, receiver, packed?.properties);
  if ('problem' in properties) {
    refuse(session, prefix, properties.problem);
    return properties.isInvalid ? refuse(session, prefix, 'invalid property value') : 'failed';
  }
  session.err.push(...properties.warnings);
  const key = keyOfNew(session, name, begin, properties);
  if (typeof key === 'object' && 'problem' in key) return refuse(session, prefix, key.problem);
  if (options.isDryRun) {
    if ((yield* readToEnd()).isWhole) return 'received';
    // For the record that was cut, and for the one that should follow.
    refuse(session, 'cannot receive', 'failed to read from stream');
    return refuse(session, 'cannot receive', 'failed to read from stream');
  }
  const asked: Begin = { begin, name, snapshot, isForced: options.isForced, key };
  const before = session.state.datasets.get(name);
  const isFirst = before === undefined || before.inconsistent;
  const hadPartial = before?.partial !== undefined;
  const taken = yield* takeStream(session, asked, properties);
  // Also where it is there already, and is read past.
  if ((isFirst || isNew || header?.datasets) && begin.type === 'filesystem') session.mountsAtEnd = true;
  if ('errno' in taken)
    return yield* failedWith(session, taken.errno, { ...asked, prefix, isResumable: options.isResumable, hadPartial });
  session.err.push(...session.late.splice(0));
  if (packed) afterwards(session, asked, packed, header?.hasHolds === true);
  if (options.isVerbose) session.out.push(receivedLine(taken.bytes));
  return 'received';
}

function originName(state: State, near: string, { fromGuid }: BeginRecord): string {
  const origin = findByGuid(state, near, fromGuid);
  return `${origin?.name ?? ''}@${origin?.snapshots.find(({ guid }) => guid === fromGuid)?.name ?? ''}`;
}

const receivedLine = (bytes: number): string =>
  `received ${formatSize(bytes)} stream in 0.10 seconds (${formatSize(bytes * 10)}/sec)`;

function makeParents(session: Session, name: string): void {
  const parent = parentOf(name);
  if (parent === undefined || session.state.datasets.has(parent)) return;
  const command = { program: 'zfs', subcommand: 'create', flags: { parents: true }, operands: [parent] } as const;
  session.state = create(session.state, command, {}).state;
}

/** A snapshot that is there is read past; everything else is said, and ends the receive. */
function* failedWith(session: Session, errno: Errno, failure: Failure): Receiving<Result> {
  const { begin, name, snapshot } = failure;
  const { options, state } = session;
  const isThere = state.datasets.get(name)?.snapshots.some((each) => each.guid === begin.toGuid);
  if ((errno === 'ENOENT' || errno === 'EEXIST') && isThere) {
    if (options.isVerbose) session.out.push(`snap ${name}@${snapshot} already exists; ignoring`);
    if ((yield* skipSnapshot(session, begin)) === 'skipped') {
      if (options.isVerbose) session.out.push('received 0B stream in 0.10 seconds (0B/sec)');
      return 'received';
    }
  }
  session.err.push(failureLine(state, errno, failure));
  return 'failed';
}

/** What the package says of the snapshot: properties of the user's, and holds. */
function afterwards(session: Session, { name, snapshot }: Begin, packed: PackedDataset, hasHolds: boolean): void {
  const received = packed.snapshotProperties[snapshot];
  if (received && Object.keys(received).length > 0) {
    session.state = change(session.state, name, (dataset) =>
      editSnapshots(dataset, (each) => (each.name === snapshot ? { ...each, received } : each)),
    );
  }
  if (!hasHolds || session.options.skipsHolds) return;
  for (const tag of packed.snapshotHolds[snapshot] ?? [])
    session.state = withHold(session.state, [`${name}@${snapshot}`], tag);
}
