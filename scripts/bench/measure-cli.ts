import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { median, toResult } from './result';
import type { BenchResult } from './result';
import { generateScript } from './script-generator';
import type { Density } from './script-generator';

const SCRIPTS = 120;

/** The whole process, from start to end, over many scripts. The slow peer runs seldom, between runs of ours. */
export function measureCli(folder: string, density: Density, peerName: string): BenchResult {
  const files = writeScripts(path.join(folder, density), density);
  const ours = (): number =>
    time(process.execPath, [path.resolve('dist/cli.js'), 'lint', '--format', 'json', ...files]);
  const peer = (): number => time('shellcheck', ['--norc', '--format=json1', ...files]);
  ours();
  const rounds = Array.from({ length: density === 'usual' ? 3 : 2 }, () => ({
    before: [ours(), ours(), ours()],
    peer: peer(),
  }));
  return toResult({
    name: `cli-${density}`,
    includes:
      `wall time of the whole process over ${SCRIPTS} generated scripts of 110 to 160 lines, ` +
      (density === 'usual' ? 'a third of their blocks replication' : 'nine of ten blocks replication') +
      `; start of Node included; median of ${rounds.length * 3} runs, of the peer's ${rounds.length}`,
    ours: median(rounds.flatMap(({ before }) => before)),
    peer: median(rounds.map((round) => round.peer)),
    peerName,
    unit: 's',
    target: { of: 'ratio', limit: 10 },
  });
}

function writeScripts(folder: string, density: Density): readonly string[] {
  mkdirSync(folder);
  return Array.from({ length: SCRIPTS }, (_, index) => {
    const file = path.join(folder, `script-${index}.sh`);
    writeFileSync(file, generateScript({ seed: index, lines: 134 + (index % 26), density }));
    return file;
  });
}

/** Both end with 1 when they find something; anything above that is no result. */
function time(command: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const elapsed = (performance.now() - started) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}\n${stderr}`);
  return elapsed;
}
