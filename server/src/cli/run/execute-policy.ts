import path from 'node:path';
import type { Policy } from '../../core/policy/policy';
import type { EventBody, Outcome, RunEvent } from '../../core/run/event';
import type { Cancel } from '../../core/run/host';
import type { Receipt } from '../../core/run/receipt';
import { runPolicy } from '../../core/run/run-policy';
import { Failure } from '../failure';
import type { Io } from '../io';
import { hostsOf, type LoadedPolicy } from '../load-policy';
import { withHosts } from '../open-hosts';
import { approveOnce, type Approve } from './approval';
import { openRunFiles, type RunFiles } from './run-files';
import { type LockHolder, takeRunLock } from './run-lock';
import type { RunView } from './run-view';
import { stateFolder } from './state-folder';

export interface RunContext {
  readonly io: Io;
  readonly view: RunView;
  readonly approve: Approve;
  readonly cancel: Cancel;
  readonly sshConfig: string | undefined;
  readonly anyTime: boolean;
  /** What is told at its beginning. */
  readonly told?: readonly string[];
}

/** What ends a run before or beside the core's own verdict. */
interface Ending {
  readonly outcome: Outcome;
  readonly message: string;
  /** Emitted before `finished`. */
  readonly event?: EventBody;
}

/**
 * Runs one policy with its lock, its files and its connections. Whatever happens, the last event is `finished`,
 * and it names a receipt unless none could be written. Rejects only for a bug.
 */
export async function executePolicy(name: string, loaded: LoadedPolicy, context: RunContext): Promise<Outcome> {
  const policy = loaded.file.policies[name];
  if (policy === undefined) throw new Error(`no policy is called ${name}`);
  const { io, view } = context;
  try {
    const files = await openRunFiles(path.join(stateFolder(io.env), 'runs'), io.now());
    try {
      return await runRecorded({ loaded, policy, files, context });
    } finally {
      files.close();
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    view.show(stamp(name, io, { kind: 'finished', outcome: 'failed', message: withHint(error) }));
    return 'failed';
  }
}

interface Recorded {
  readonly loaded: LoadedPolicy;
  readonly policy: Policy;
  readonly files: RunFiles;
  readonly context: RunContext;
}

async function runRecorded(run: Recorded): Promise<Outcome> {
  const { loaded, policy, context } = run;
  const { io } = context;
  try {
    const lock = await takeRunLock({
      folder: path.join(stateFolder(io.env), 'locks'),
      subject: [loaded.file.hosts[policy.target.host]?.ssh ?? 'local', policy.target.dataset],
      pid: io.pid,
      now: io.now(),
    });
    if (!lock.ok) return await end(run, describeOtherRun(policy, lock.error));
    try {
      return await runConnected(run);
    } finally {
      await lock.value.release();
    }
  } catch (error) {
    if (error instanceof Failure) {
      const outcome = context.cancel.requested() ? 'cancelled' : 'failed';
      return end(run, { outcome, message: withHint(error) });
    }
    await end(run, {
      outcome: 'failed',
      message: 'a bug in rawsend ended the run; what the target has received is kept',
    });
    throw error;
  }
}

function runConnected(run: Recorded): Promise<Outcome> {
  const { loaded, policy, files, context } = run;
  const { io, sshConfig, cancel, anyTime, told = [] } = context;
  const approval = approveOnce(context.approve);
  return withHosts(hostsOf(loaded, [policy.name]), { io, sshConfig, cancel }, async ({ hosts, createTransport }) => {
    const { outcome } = await runPolicy({
      id: files.id,
      file: loaded.file,
      policy: policy.name,
      hosts,
      transport: createTransport(policy.transport.route),
      clock: () => io.now().toISOString(),
      approve: approval.approve,
      emit: (event) => {
        if (event.kind === 'step-started') approval.stepStarted();
        record(run, event);
      },
      writeReceipt: files.writeReceipt,
      cancel,
      anyTime,
      told,
    });
    return outcome;
  });
}

/** Every event is on the disk before it is shown. */
function record({ files, context }: Recorded, event: RunEvent): void {
  files.append(event);
  context.view.show(event);
}

const stamp = (policy: string, io: Io, body: EventBody): RunEvent => ({
  schema: 1,
  time: io.now().toISOString(),
  policy,
  ...body,
});

/** Ends a run that the core did not end, in the same form: a receipt first, then `finished`. */
async function end(run: Recorded, { outcome, message, event }: Ending): Promise<Outcome> {
  const { policy, files, context } = run;
  const finished = stamp(policy.name, context.io, { kind: 'finished', outcome, message });
  const before = event === undefined ? [] : [stamp(policy.name, context.io, event)];
  for (const one of before) record(run, one);
  const receipt: Receipt = {
    schema: 1,
    id: files.id,
    policy: policy.name,
    startedAt: finished.time,
    finishedAt: finished.time,
    outcome,
    message,
    digests: [],
    plans: [],
    events: [...before, finished],
    checks: [],
  };
  const written = await files.writeReceipt(receipt).catch(() => undefined);
  record(run, { ...finished, ...(written !== undefined && { receipt: written }) });
  return outcome;
}

function describeOtherRun(policy: Policy, { pid, since }: LockHolder): Ending {
  const place = `${policy.target.host}:${policy.target.dataset}`;
  const message = `another run has been sending to ${place} since ${since}, as process ${pid}; nothing was sent`;
  const choices = ['Wait until it has ended', `Cancel it: kill ${pid}`];
  return { outcome: 'conflict', message, event: { kind: 'conflict', code: 'another-run', message, choices } };
}

const withHint = ({ message, hint }: Failure): string => (hint === undefined ? message : `${message}. ${hint}`);
