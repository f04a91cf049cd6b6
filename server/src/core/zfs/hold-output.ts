import type { OutputProblem } from './tab-output';
import { parseRows } from './tab-output';

export interface HoldOutput {
  /** Full snapshot name → its tags, sorted. */
  readonly holds: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly OutputProblem[];
}

/** Reads `zfs holds -H …`; its third column, a date for people, is not used. */
export function parseHoldOutput(output: string): HoldOutput {
  const { rows, problems } = parseRows(output, 3);
  const holds = new Map<string, readonly string[]>();
  for (const { fields } of rows) {
    const [snapshot = '', tag = ''] = fields;
    holds.set(snapshot, [...(holds.get(snapshot) ?? []), tag].toSorted());
  }
  return { holds, problems };
}
