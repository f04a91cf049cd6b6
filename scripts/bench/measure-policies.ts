import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SERVER_FLAGS } from '../../client/src/server-flags';
import { bundleScript } from './bundle-script';
import type { EditRequest } from './edit-in-memory';
import type { InstalledServer } from './peers';
import { generatePolicy } from './policy-generator';
import { mean, median, quantile, toResult } from './result';
import type { BenchResult, Measured } from './result';
import type { Samples } from './samples';
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

/** New processes take turns, so that what the machine does meanwhile is shared by both. */
const ROUNDS = 5;
const WARM_UP = 20;
const EDITS = 60;
/** A person meets the first edits too, before anything is compiled. */
const FIRST = 10;

/** From a keystroke in a policy to the diagnostics of the new text, beside what a YAML server with our schema takes. */
export async function measurePolicies(
  folder: string,
  { lines, limit }: PolicyCase,
  { name: peerName, folder: peer }: InstalledServer,
): Promise<readonly BenchResult[]> {
  const file = join(folder, `policy-${lines}.rawsend.yaml`);
  writeFileSync(file, generatePolicy(lines));
  const request = { file, edits: WARM_UP + EDITS };
  const editing = await bundleScript(join(__dirname, 'edit-in-memory.ts'), folder);
  const validating = await bundleScript(join(__dirname, 'validate-yaml.ts'), folder);
  const [ours, theirs]: [Samples[], Samples[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(samplesOf([...SERVER_FLAGS, editing], request));
    theirs.push(samplesOf([validating], { ...request, peer, schema: resolve('resources/rawsend.schema.json') }));
  }
  const what =
    `a character typed into a policy file of ${lines} lines until its diagnostics arrived, over streams in memory, protocol ` +
    'included; ours is every rule, the peer parses and validates against the same JSON Schema, called directly, without ' +
    'protocol and without its delay';
  return FIGURES.map(({ name, of, includes, isLimited }) => {
    const [figure, peerFigure] = [of(ours), of(theirs)];
    const measured: Measured = {
      name: `policy-${lines}-${name}`,
      includes: `${what}; ${includes}`,
      ours: figure,
      peer: peerFigure,
      peerName,
      unit: 'ms',
    };
    return toResult(isLimited === true ? { ...measured, target: { of: 'ours', limit } } : measured);
  });
}

interface Figure {
  readonly name: string;
  readonly of: (rounds: readonly Samples[]) => number;
  readonly includes: string;
  readonly isLimited?: boolean;
}

const warmed = (values: readonly number[]): readonly number[] => values.slice(WARM_UP);

const WARMED = `${EDITS} edits after ${WARM_UP} to warm up in each of ${ROUNDS} processes, which take turns with the peer's`;

const FIGURES: readonly Figure[] = [
  {
    name: 'p50',
    of: (rounds) =>
      quantile(
        rounds.flatMap(({ wall }) => warmed(wall)),
        0.5,
      ),
    includes: WARMED,
  },
  {
    name: 'p95',
    of: (rounds) =>
      quantile(
        rounds.flatMap(({ wall }) => warmed(wall)),
        0.95,
      ),
    includes: WARMED,
    isLimited: true,
  },
  {
    name: 'cpu',
    of: (rounds) => median(rounds.map(({ cpu }) => mean(warmed(cpu)))),
    includes: `processor time of an edit instead, of all threads; ${WARMED}`,
  },
  {
    name: 'first',
    of: (rounds) => median(rounds.map(({ wall }) => mean(wall.slice(0, FIRST)))),
    includes: `an edit of the first ${FIRST} of a new process, the median of ${ROUNDS}`,
  },
];

function samplesOf(program: readonly string[], request: EditRequest | ValidateRequest): Samples {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, JSON.stringify(request)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the edits ended with ${status}\n${stderr}`);
  return JSON.parse(stdout) as Samples;
}
