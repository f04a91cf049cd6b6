import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import { change } from '../tree';
import { destroyDataset } from '../destroy/destroy-dataset';
import { destroySnapshots } from '../destroy/destroy-snapshots';

/** `zfs destroy` of a dataset, of snapshots (ranges and lists too) or of a bookmark. */
export function destroy(state: State, command: Command): Outcome {
  const { flags, operands } = command;
  if (flags['dryRun'] || flags['verbose'] || flags['parsable']) return notModelled('zfs destroy with -n, -v or -p');
  if (flags['dependents']) return notModelled('zfs destroy -R');
  const [operand = ''] = operands;
  if (operand.includes('@')) return destroySnapshots(state, command);
  if (operand.includes('#')) return destroyBookmark(state, command);
  const problem = openProblem(state, operand, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  return destroyDataset(state, operand, flags['recursive'] === true);
}

function destroyBookmark(state: State, { flags, operands }: Command): Outcome {
  const [full = ''] = operands;
  if (flags['defer']) return failed(state, 'defer destroy is not supported with bookmark', 255);
  if (flags['recursive']) return failed(state, 'recursive is not supported with bookmark', 255);
  const [name = '', bookmark] = full.split('#');
  const found = state.datasets.get(name)?.bookmarks.some((each) => each.name === bookmark);
  if (!found) return failed(state, `bookmark '${full}' does not exist.`);
  return done(
    change(state, name, (dataset) => ({
      ...dataset,
      bookmarks: dataset.bookmarks.filter((each) => each.name !== bookmark),
    })),
  );
}
