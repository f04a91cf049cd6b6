/**
 * `npm run bench [-- --format json] [-- --only cli,edit,policy,heap]`: how fast Rawsend is, beside shellcheck,
 * bash-language-server and yaml-language-server on the same generated texts in the same run. The table says which targets are missed; a figure is not a failure, so it ends with 0 all the same.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatJson, formatText, machineFacts } from './format-results';
import { measureCli } from './measure-cli';
import { EDIT_CASES, measureEdits } from './measure-edits';
import { measureHeap } from './measure-heap';
import { measurePolicies, POLICY_CASES } from './measure-policies';
import { bashServer, shellcheckVersion, yamlServer } from './peers';
import type { BenchResult } from './result';

/** Sets up what it compares with, so that nothing is missing in the middle, and returns what measures in a folder. */
type Part = () => Promise<(folder: string) => Promise<readonly BenchResult[]>>;

const PARTS: Readonly<Record<string, Part>> = {
  cli() {
    const shellcheck = shellcheckVersion();
    const measure = (folder: string): readonly BenchResult[] =>
      (['usual', 'dense'] as const).map((density) => measureCli(folder, density, shellcheck));
    return Promise.resolve((folder) => Promise.resolve(measure(folder)));
  },
  async edit() {
    const peer = await bashServer();
    return (folder) => inTurn(EDIT_CASES, (size) => measureEdits(folder, size, peer));
  },
  async policy() {
    const peer = await yamlServer();
    return (folder) => inTurn(POLICY_CASES, (size) => measurePolicies(folder, size, peer));
  },
  async heap() {
    const peer = await bashServer();
    return () => measureHeap(peer);
  },
};

/** One at a time: what runs beside a measurement is measured too. */
async function inTurn<T>(
  items: readonly T[],
  measure: (item: T) => Promise<readonly BenchResult[]>,
): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const item of items) results.push(...(await measure(item)));
  return results;
}

async function main(): Promise<void> {
  const options = { format: { type: 'string', default: 'text' }, only: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const wanted = values.only?.split(',') ?? Object.keys(PARTS);
  const parts = wanted.map((name) => {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part ${name}: choose from ${Object.keys(PARTS).join(', ')}`);
    return part;
  });
  const format = { text: formatText, json: formatJson }[values.format];
  if (!format) throw new Error(`there is no format ${values.format}: choose text or json`);
  const measures = [];
  for (const part of parts) measures.push(await part());
  build();
  const machine = machineFacts();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rawsend-bench-'));
  try {
    const results = await inTurn(measures, (measure) => measure(folder));
    process.stdout.write(format(results, machine));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Its report goes to standard error: standard output is the result alone. */
function build(): void {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the build failed');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
});
