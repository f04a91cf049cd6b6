import type { Command } from '../../zfs/command';
import { change, childrenOf, withoutDatasets } from '../tree';
import { withoutFreed } from '../destroy/destroy-snapshots';
import { openProblem } from '../names';
import { omit } from '../omit';
import { done, failed, notModelled, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import { assignmentsOf } from '../property-edits';
import { findProperty } from '../property-table';
import { newSession, receiveStream } from '../receive/receive-stream';
import type { Receiving, ReceiveOptions, Result, Session } from '../receive/session';
import type { State } from '../state';
import { recordSize } from '../stream';
import type { StreamRecord } from '../stream';
import { usageError } from '../usage';
import type { Input } from './index';

/** `zfs receive` of a stream as far as it arrived; `-A` throws away what an interrupted one left. */
export function receive(state: State, command: Command, { stream, user }: Input): Outcome {
  const begun = beginReceive(state, command, user);
  return 'exitCode' in begun ? begun : drive(begun, stream?.records ?? []);
}

/** A receive that waits for its records, one by one. */
export interface Begun {
  readonly session: Session;
  readonly receiving: Receiving<Result>;
}

/** The receive before its first record, or what became of a command that reads none. */
export function beginReceive(state: State, command: Command, user: string | undefined): Outcome | Begun {
  const { flags, operands } = command;
  const [target = ''] = operands;
  if (flags['discardPool'] && flags['lastName']) {
    const problem = 'invalid option combination: -d and -e are mutually exclusive';
    return usageError(state, 'receive', problem);
  }
  if (flags['abort']) {
    const conflicts = ['discardPool', 'lastName', 'dryRun', 'resumable', 'noMount'];
    if (conflicts.some((name) => flags[name] !== undefined)) return usageError(state, 'receive', 'invalid option');
    return abort(state, target);
  }
  if (flags['corrective']) return notModelled('zfs receive -c');
  const session = newSession(state, receiveOptions(command), user);
  return { session, receiving: receiveStream(session) };
}

export function receiveOptions({ flags, operands }: Command): ReceiveOptions {
  const ignored = flags['ignore'];
  return {
    target: operands[0] ?? '',
    naming: flags['lastName'] ? 'last-name' : flags['discardPool'] ? 'without-pool' : 'as-typed',
    isResumable: flags['resumable'] === true,
    isForced: flags['force'] === true,
    mounts: flags['noMount'] === undefined,
    isDryRun: flags['dryRun'] === true,
    isVerbose: flags['verbose'] === true,
    skipsHolds: flags['skipHolds'] === true,
    set: assignmentsOf(flags['set']),
    ignored: (Array.isArray(ignored) ? ignored : []).map((name: string) => findProperty(name)?.name ?? name),
  };
}

function drive({ session, receiving }: Begun, records: readonly StreamRecord[]): Outcome {
  let position = 0;
  let step = receiving.next();
  while (!step.done) step = receiving.next(records[position++]);
  const unread = records.slice(position).reduce((sum, record) => sum + recordSize(record), 0);
  return {
    state: session.state,
    stdout: textOf(session.out),
    stderr: textOf(session.err),
    exitCode: step.value === 'received' ? 0 : 1,
    unread,
  };
}

function abort(state: State, name: string): Outcome {
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return usageError(state, 'receive', problem);
  const dataset = state.datasets.get(name);
  if (dataset?.partial === undefined)
    return failed(state, `'${name}' does not have any resumable receive state to abort`);
  if (dataset.inconsistent && childrenOf(state, name).length > 0)
    return failed(state, `cannot destroy '${name}': dataset already exists`);
  const left = dataset.inconsistent
    ? withoutDatasets(state, [name])
    : change(state, name, (before) => omit(before, 'partial'));
  return done(withoutFreed(left));
}
