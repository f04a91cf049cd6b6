import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** A lab that runs as a child of this window, and ends with it. */
export interface RunningLab {
  readonly sshConfig: string;
  readonly policyFile: string;
  readonly runbook: string;
  /** Resolves when the lab has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

export interface LabScenario {
  readonly name: string;
  readonly summary: string;
}

/** @param args behind `rawsend lab`, e.g. `['up', '--scenario', 'fresh']` */
function start(program: string, args: readonly string[]): ChildProcess {
  return fork(program, ['lab', ...args, '--format', 'json'], {
    execPath: process.execPath,
    execArgv: [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

export async function listScenarios(program: string): Promise<readonly LabScenario[]> {
  const { scenarios } = await readReport<{ readonly scenarios: readonly LabScenario[] }>(start(program, ['list']));
  return scenarios;
}

/** Rejects with what the program said when it could not start one. */
export async function startLab(program: string, scenario: string, sshConfig: string | undefined): Promise<RunningLab> {
  const config = sshConfig === undefined ? [] : ['--ssh-config', sshConfig];
  const child = start(program, ['up', '--scenario', scenario, ...config]);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { sshConfigWithYours, policyFile, runbook } = await readReport<{
    readonly sshConfigWithYours: string;
    readonly policyFile: string;
    readonly runbook: string;
  }>(child);
  return { sshConfig: sshConfigWithYours, policyFile, runbook, ended, stop: () => void child.kill() };
}

/** The one JSON text that the program prints; it may run on behind it. */
function readReport<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.endsWith('\n}\n')) resolve(JSON.parse(stdout));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(stderr.trim() || `rawsend lab ended with ${code ?? 'a signal'}`)));
  });
}
