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
import { setUpPeers } from './peers';
import type { Peers } from './peers';
import type { BenchResult } from './result';

type Part = (folder: string, peers: Peers) => Promise<readonly BenchResult[]>;

const PARTS: Readonly<Record<string, Part>> = {
  cli: (folder, { shellcheck }) =>
    Promise.resolve((['usual', 'dense'] as const).map((density) => measureCli(folder, density, shellcheck))),
  async edit(folder, { languageServer }) {
    const results: BenchResult[] = [];
    for (const size of EDIT_CASES) results.push(...(await measureEdits(folder, size, languageServer)));
    return results;
  },
  async policy(folder, { yamlServer }) {
    const results: BenchResult[] = [];
    for (const size of POLICY_CASES) results.push(...(await measurePolicies(folder, size, yamlServer)));
    return results;
  },
  heap: (_, { languageServer }) => measureHeap(languageServer),
};

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
  const peers = await setUpPeers();
  build();
  const machine = machineFacts(peers);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rawsend-bench-'));
  try {
    const results: BenchResult[] = [];
    for (const part of parts) results.push(...(await part(folder, peers)));
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
