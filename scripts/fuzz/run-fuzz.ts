import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundleScript } from '../bench/bundle-script';
import type { Defect } from './check-document';

export interface FuzzRequest {
  readonly seed: number;
  /** The first run and the one after the last. */
  readonly first: number;
  readonly end: number;
}

export interface WorkerRequest extends FuzzRequest {
  readonly root: string;
  readonly step: number;
  /** The run at work, and a count that goes up while its document is made smaller. */
  readonly progress: Int32Array<SharedArrayBuffer>;
}

export interface Failure {
  readonly run: number;
  readonly kind: Defect['kind'] | 'hang';
  readonly detail: string;
  readonly path: string;
  readonly text: string;
}

/** Does the runs on every core and resolves to what failed, in the order of the runs. */
export async function runFuzz(request: FuzzRequest): Promise<readonly Failure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rawsend-fuzz-'));
  try {
    const program = await bundleScript(path.join(__dirname, 'fuzz-worker.ts'), folder);
    const step = Math.min(os.availableParallelism(), request.end - request.first);
    const workers = Array.from({ length: step }, (_, index) =>
      runWorker(program, { ...request, first: request.first + index, step }),
    );
    return (await Promise.all(workers)).flat().toSorted((a, b) => a.run - b.run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run takes milliseconds; one that takes this long does not end. */
const HANGS_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 1000;

function runWorker(program: string, request: Omit<WorkerRequest, 'root' | 'progress'>): Promise<readonly Failure[]> {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(program, {
    workerData: { ...request, root: path.resolve(__dirname, '../..'), progress } satisfies WorkerRequest,
    execArgv: [],
  });
  const failures: Failure[] = [];
  return new Promise((resolve, reject) => {
    const seen = { progress: '', at: Date.now() };
    const watch = setInterval(() => {
      const now = progress.join(' ');
      if (now !== seen.progress) Object.assign(seen, { progress: now, at: Date.now() });
      if (Date.now() - seen.at < HANGS_AFTER_MS) return;
      failures.push({ run: progress[0] ?? -1, kind: 'hang', detail: 'no end in sight', path: '', text: '' });
      void worker.terminate();
    }, LOOK_EVERY_MS);
    worker.on('message', (failure: Failure) => void failures.push(failure));
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(watch);
      resolve(failures);
    });
  });
}

/** With the command that does it again. */
export const formatFailure = ({ run, kind, detail, path: file, text }: Failure, seed: number): string =>
  [
    `run ${run}: ${kind} in ${file}, again with: npm run fuzz -- --seed ${seed} --run ${run}`,
    detail,
    '--- the smallest document found',
    text,
    '--- the same, quoted',
    JSON.stringify(text),
    '',
  ].join('\n');
