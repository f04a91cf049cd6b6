import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SERVER_FLAGS } from '../../client/src/server-flags';
import { bundleScript } from './bundle-script';
import type { EditRequest } from './edit-in-memory';
import type { Peers } from './peers';
import { generatePolicy } from './policy-generator';
import { quantile, toResult } from './result';
import type { BenchResult } from './result';
import type { ValidateRequest } from './validate-yaml';

export interface PolicyCase {
  readonly lines: number;
  /** Milliseconds that 95 of 100 edits must stay below. */
  readonly limit: number;
}

export const POLICY_CASES: readonly PolicyCase[] = [
  { lines: 200, limit: 20 },
  { lines: 2000, limit: 60 },
];

const WARM_UP = 20;
const EDITS = 100;

/** From a keystroke in a policy to the diagnostics of the new text, beside what a YAML server with our schema takes. */
export async function measurePolicies(
  folder: string,
  { lines, limit }: PolicyCase,
  { name: peerName, folder: peer }: Peers['yamlServer'],
): Promise<readonly BenchResult[]> {
  const file = join(folder, `policy-${lines}.rawsend.yaml`);
  writeFileSync(file, generatePolicy(lines));
  const request = { file, warmUp: WARM_UP, edits: EDITS };
  const editing = await bundleScript(join(__dirname, 'edit-in-memory.ts'), folder);
  const validating = await bundleScript(join(__dirname, 'validate-yaml.ts'), folder);
  const ours = timesOf([...SERVER_FLAGS, editing], request);
  const theirs = timesOf([validating], { ...request, peer, schema: resolve('resources/rawsend.schema.json') });
  return [0.5, 0.95].map((share) =>
    toResult({
      name: `policy-${lines}-p${share * 100}`,
      includes:
        `a character typed into a policy file of ${lines} lines until its diagnostics arrived, over streams in memory, protocol ` +
        `included; ${EDITS} edits after ${WARM_UP} to warm up; ours is every rule, the peer parses and validates against the same JSON ` +
        'Schema, called directly, without protocol and without its delay',
      ours: quantile(ours, share),
      peer: quantile(theirs, share),
      peerName,
      unit: 'ms',
      ...(share === 0.95 && { target: { of: 'ours', limit } }),
    }),
  );
}

function timesOf(program: readonly string[], request: EditRequest | ValidateRequest): readonly number[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, JSON.stringify(request)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the edits ended with ${status}\n${stderr}`);
  return JSON.parse(stdout) as readonly number[];
}
