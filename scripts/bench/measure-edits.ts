import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVER_FLAGS } from '../../client/src/server-flags';
import { bundleScript } from './bundle-script';
import type { EditRequest } from './edit-in-memory';
import type { InstalledServer } from './peers';
import { quantile, toResult } from './result';
import type { BenchResult } from './result';
import type { Samples } from './samples';
import { generateScript } from './script-generator';
import type { Density } from './script-generator';

export interface EditCase {
  readonly lines: number;
  readonly density: Density;
  /** Fewer of the slow peer, so that the whole takes minutes. */
  readonly peerEdits: number;
  /** Milliseconds that 95 of 100 edits must stay below. */
  readonly limit: number;
}

export const EDIT_CASES: readonly EditCase[] = [
  { lines: 1000, density: 'usual', peerEdits: 100, limit: 30 },
  { lines: 1000, density: 'dense', peerEdits: 100, limit: 30 },
  { lines: 10_000, density: 'usual', peerEdits: 40, limit: 150 },
  { lines: 10_000, density: 'dense', peerEdits: 40, limit: 150 },
];

const WARM_UP = 20;
const EDITS = 100;

/** From a keystroke to the diagnostics of the new text: each server alone in a process, with its client. */
export async function measureEdits(
  folder: string,
  { lines, density, peerEdits, limit }: EditCase,
  { name: peerName, folder: peer }: InstalledServer,
): Promise<readonly BenchResult[]> {
  const program = await bundleScript(join(__dirname, 'edit-in-memory.ts'), folder);
  const file = join(folder, `edit-${lines}-${density}.sh`);
  writeFileSync(file, generateScript({ seed: lines, lines, density }));
  const ours = edit(program, { file, edits: WARM_UP + EDITS });
  const theirs = edit(program, { file, edits: WARM_UP + peerEdits, peer });
  return [0.5, 0.95].map((share) =>
    toResult({
      name: `edit-${lines}-${density}-p${share * 100}`,
      includes:
        `a character typed into ${lines} lines until its diagnostics arrived, over streams in memory, protocol ` +
        `included; ${EDITS} edits (${peerEdits} of the peer) after ${WARM_UP} to warm up; ours is the whole analysis with ` +
        'every rule, the peer parses and reports syntax errors, its shellcheck is off',
      ours: quantile(ours, share),
      peer: quantile(theirs, share),
      peerName,
      unit: 'ms',
      ...(share === 0.95 && { target: { of: 'ours', limit } }),
    }),
  );
}

function edit(program: string, request: EditRequest): readonly number[] {
  // Each as its own extension starts it.
  const flags = request.peer === undefined ? SERVER_FLAGS : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program, JSON.stringify(request)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the edits ended with ${status}\n${stderr}`);
  const { wall } = JSON.parse(stdout) as Samples;
  return wall.slice(WARM_UP);
}
