import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { textOf } from '../outcome';
import type { Outcome } from '../outcome';
import { formatTime } from '../show/format-value';
import type { State } from '../state';
import { byName, findSnapshot } from '../tree';
import { usageError } from '../usage';
import { namesOf } from './hold';

/** `zfs holds`, with `-H`, `-p` (2.3) and `-r`. */
export function holds(state: State, { flags, operands }: Command): Outcome {
  if (flags['exact'] && state.release === '2.1') return usageError(state, 'holds', "invalid option 'p'");
  const problems: string[] = [];
  const shown: string[] = [];
  for (const operand of operands) {
    const [root = '', name] = operand.split('@');
    const opened = flags['recursive'] ? openProblem(state, root, 'dataset') : openProblem(state, operand, 'snapshot');
    if (name === undefined) problems.push(`'${operand}' is not a snapshot`);
    else if (opened !== undefined) problems.push(opened);
    else shown.push(...namesOf(state, root, name, flags['recursive'] === true));
  }
  const rows = shown.flatMap((name) =>
    Object.entries(findSnapshot(state, name)?.holds ?? {})
      .toSorted(([a], [b]) => byName(a, b))
      .map(([tag, time]) => [name, tag, flags['exact'] ? String(time) : formatTime(time)] as const),
  );
  const none = shown.length === 0 ? ['no datasets available'] : [];
  return {
    state,
    stdout: flags['scripted'] ? rows.map((row) => `${row.join('\t')}\n`).join('') : inColumns(shown, rows),
    stderr: textOf([...problems, ...none]),
    exitCode: problems.length > 0 ? 1 : 0,
  };
}

/** The headings do not widen their columns: that is how zfs prints it. */
function inColumns(shown: readonly string[], rows: readonly (readonly [string, string, string])[]): string {
  const nameWidth = Math.max(0, ...shown.map((name) => name.length));
  const tagWidth = Math.max(0, ...rows.map(([, tag]) => tag.length));
  return [['NAME', 'TAG', 'TIMESTAMP'] as const, ...rows]
    .map(([name, tag, time]) => `${name.padEnd(nameWidth)}  ${tag.padEnd(tagWidth)}  ${time}\n`)
    .join('');
}
