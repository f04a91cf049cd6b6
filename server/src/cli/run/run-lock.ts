import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { err, ok, type Result } from '../../core/result';
import { Failure, worldFailure } from '../failure';
import { errorCode } from '../text-file';
import { makePrivateFolder } from './state-folder';

/** Held while a run changes one dataset of one host. */
export interface RunLock {
  readonly release: () => Promise<void>;
}

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** When the process began, in the kernel's ticks; tells a later process with the same number. */
  readonly started?: string;
  readonly since: string;
}

interface LockRequest {
  readonly folder: string;
  /** What is locked: the host's address and the dataset. */
  readonly subject: readonly [host: string, dataset: string];
  readonly pid: number;
  readonly now: Date;
}

/**
 * Takes the lock, or says who has it. A lock whose process is gone is taken over. It guards the runs of this
 * machine and user; against others the plan's own checks have to do.
 */
export async function takeRunLock(request: LockRequest): Promise<Result<RunLock, LockHolder>> {
  await makePrivateFolder(request.folder);
  const name = createHash('sha256').update(request.subject.join('\n')).digest('hex').slice(0, 32);
  const file = path.join(request.folder, `${name}.lock`);
  const started = startOf(request.pid);
  const holder: LockHolder = {
    pid: request.pid,
    ...(started !== undefined && { started }),
    since: request.now.toISOString(),
  };
  // A linked file appears with its content, so no reader ever sees an empty lock.
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(own, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
    return await acquire(own, file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw worldFailure(
      `the lock ${file} cannot be written (${errorCode(error) ?? 'unknown error'})`,
      'Nothing was sent',
    );
  } finally {
    await remove(own);
  }
}

/** A file that stays is noticed as stale later. */
const remove = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined);

/** A takeover is a matter of milliseconds; whoever waits longer than a second waits for something else. */
const MAX_ATTEMPTS = 50;
const PAUSE_MS = 20;

async function acquire(own: string, file: string): Promise<Result<RunLock, LockHolder>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (await tryLink(own, file)) return ok({ release: () => remove(file) });
    const holder = await readHolder(file);
    if (typeof holder === 'object' && isAlive(holder)) return err(holder);
    await removeStale(own, file);
  }
  throw worldFailure(`the lock ${file} cannot be taken`, 'Nothing was sent. Remove the file when no run is going on');
}

/**
 * Only who holds the takeover removes a stale lock, and looks at it once more before: of two that found it stale,
 * the second would otherwise remove the new lock of the first.
 */
async function removeStale(own: string, file: string): Promise<void> {
  const takeover = `${file}.takeover`;
  if (await tryLink(own, takeover)) {
    if (await isStale(file)) await rm(file, { force: true });
    await rm(takeover, { force: true });
    return;
  }
  if (await isStale(takeover)) await rm(takeover, { force: true });
  await setTimeout(PAUSE_MS);
}

async function isStale(file: string): Promise<boolean> {
  const holder = await readHolder(file);
  return holder === 'garbage' || (typeof holder === 'object' && !isAlive(holder));
}

async function tryLink(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Garbage is what a power cut left: whoever wrote it is gone. */
async function readHolder(file: string): Promise<LockHolder | 'missing' | 'garbage'> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return 'garbage';
    const { pid, started, since }: Partial<Record<keyof LockHolder, unknown>> = value;
    if (typeof pid !== 'number' || typeof since !== 'string') return 'garbage';
    return { pid, since, ...(typeof started === 'string' && { started }) };
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'missing' : 'garbage';
  }
}

function isAlive({ pid, started }: LockHolder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    if (errorCode(error) !== 'EPERM') return false;
  }
  const current = startOf(pid);
  return started === undefined || current === undefined || started === current;
}

/** The 22nd field of /proc/PID/stat; the second, the program's name, may hold spaces and brackets. Undefined elsewhere. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
