import { printCommand } from '../zfs/print-command';
import type { FlagValue } from '../zfs/command';
import type { CommandStep, Expectation, Step, StreamStep } from './plan';
import type { Pair } from './situation';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A step before the plan numbers it. */
export type StepDraft = WithoutId<Step>;
export type StreamDraft = WithoutId<StreamStep>;
export type CommandDraft = WithoutId<CommandStep>;

/** What is done for a policy, before it is a job. */
export interface Decision {
  readonly drafts: readonly StepDraft[];
  readonly continues: boolean;
  readonly expect: readonly Expectation[];
  readonly notes?: readonly string[];
}

/** A snapshot of each source dataset, as `dataset@snapshot`. */
export const fullNames = (pairs: readonly Pair[], snapshot: string): readonly string[] =>
  pairs.map(({ source }) => `${source.name}@${snapshot}`);

/** The argv of a zfs command. */
export function zfs(
  subcommand: string,
  flags: Readonly<Record<string, FlagValue>>,
  operands: readonly string[],
): readonly string[] {
  return printCommand({ program: 'zfs', subcommand, flags, operands });
}

/** Ids are stable within the plan and in the order of execution: `s1`, `s2`, … */
export function numberSteps(drafts: readonly StepDraft[]): readonly Step[] {
  return drafts.map((draft, index) => ({ ...draft, id: `s${index + 1}` }));
}

/**
 * A remote shell takes at most 128 KiB as one argument (MAX_ARG_STRLEN on Linux), so long lists of operands are
 * cut into several commands.
 */
export function inChunks(operands: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let size = Infinity;
  for (const operand of operands) {
    size += operand.length + 3;
    if (size > 60_000) {
      chunks.push([]);
      size = operand.length + 3;
    }
    chunks.at(-1)?.push(operand);
  }
  return chunks;
}
