import type { Command } from '../../zfs/command';
import { isWithin } from '../../zfs/names';
import { nameProblem, openProblem } from '../names';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import { assignmentsOf } from '../property-edits';
import { withSnapshot } from '../snapshot-make';
import type { Dataset, State } from '../state';
import { findSnapshot, nextTxg, subtree, withDatasets } from '../tree';
import { usageError } from '../usage';

/** The exit code of a program that read where nothing is. */
const SIGSEGV = 139;

/** What a cut stream has begun is passed over, with all that is below it (zfs_snapshot_cb of zfs_main.c). */
function reachedFrom(state: State, root: string): readonly Dataset[] {
  const all = subtree(state, root);
  const partial = all.filter(({ inconsistent }) => inconsistent);
  return all.filter(({ name }) => !partial.some((each) => isWithin(name, each.name)));
}

/** `zfs snapshot`: all or none, in one transaction group. */
export function snapshot(state: State, { flags, operands }: Command): Outcome {
  const local = Object.fromEntries(assignmentsOf(flags['set']).map(({ name, value }) => [name, value]));
  const wanted: { readonly dataset: Dataset; readonly name: string }[] = [];
  for (const operand of operands) {
    const at = operand.indexOf('@');
    if (at < 0) return usageError(state, 'snapshot');
    const [root, name] = [operand.slice(0, at), operand.slice(at + 1)];
    const problem = openProblem(state, root, 'dataset');
    if (problem !== undefined) return usageError(state, 'snapshot', problem);
    const datasets = flags['recursive']
      ? reachedFrom(state, root)
      : [state.datasets.get(root)].filter((each) => each !== undefined);
    wanted.push(...datasets.map((dataset) => ({ dataset, name })));
  }
  // 2.1 dies of it.
  if (wanted.length === 0)
    return state.release === '2.1' ? failed(state, [], SIGSEGV) : failed(state, 'no snapshots were created');
  const refused = wanted
    .map(({ dataset, name }) => `${dataset.name}@${name}`)
    .find((full) => nameProblem(full, 'snapshot'));
  if (refused !== undefined)
    return failed(state, `cannot create snapshot '${refused}': ${nameProblem(refused, 'snapshot') ?? ''}`);
  const problems = wanted.flatMap(({ dataset, name }) => {
    const full = `${dataset.name}@${name}`;
    const why = findSnapshot(state, full) ? 'dataset already exists' : dataset.inconsistent && 'dataset is busy';
    return why ? [`cannot create snapshot '${full}': ${why}`] : [];
  });
  if (problems.length > 0) {
    const isMany = flags['recursive'] === true || operands.length > 1;
    return failed(state, isMany ? [...problems, 'no snapshots were created'] : problems);
  }
  const [txg, stepped] = nextTxg(state, operands[0] ?? '');
  let next = stepped;
  const made = new Map<string, Dataset>();
  for (const { dataset, name } of wanted) {
    const before = made.get(dataset.name) ?? dataset;
    const [after, drawn] = withSnapshot(next, before, { name, txg, local });
    made.set(dataset.name, after);
    next = drawn;
  }
  return done(withDatasets(next, [...made.values()]));
}
