import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import { change } from '../tree';

/** `zfs unallow USER[,USER]… [PERMISSION[,…]] DATASET`. */
export function unallow(state: State, { flags, operands }: Command): Outcome {
  if (Object.keys(flags).length > 0 || operands.length < 2) return notModelled('this form of zfs unallow');
  const name = operands.at(-1) ?? '';
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return failed(state, [problem, `Failed to open dataset: ${name}`], 255);
  const taken = operands.length === 3 ? operands[1]?.split(',') : undefined;
  return done(
    change(state, name, (dataset) => {
      const allowed: Record<string, readonly string[]> = { ...dataset.allowed };
      for (const user of operands[0]?.split(',') ?? []) {
        const left = taken === undefined ? [] : (allowed[user] ?? []).filter((word) => !taken.includes(word));
        if (left.length > 0) allowed[user] = left;
        else delete allowed[user];
      }
      return { ...dataset, allowed };
    }),
  );
}
