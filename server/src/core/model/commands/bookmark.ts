import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed } from '../outcome';
import type { Outcome } from '../outcome';
import type { Bookmark, State } from '../state';
import { change, findSnapshot } from '../tree';
import { usageError } from '../usage';

/** `zfs bookmark`, of a snapshot or of another bookmark; the dataset may be left out on one side. */
export function bookmark(state: State, { operands }: Command): Outcome {
  const [from = '', to = ''] = operands;
  if (!/[@#]/.test(from))
    return usageError(state, 'bookmark', `invalid source name '${from}': must contain a '@' or '#'`);
  if (!to.includes('#')) return usageError(state, 'bookmark', `invalid bookmark name '${to}': must contain a '#'`);
  if (/^[@#]/.test(from) && to.startsWith('#')) {
    const problem = 'either source or bookmark must be specified as full dataset paths';
    return usageError(state, 'bookmark', problem);
  }
  const source = /^[@#]/.test(from) ? datasetOf(to) + from : from;
  const target = to.startsWith('#') ? datasetOf(from) + to : to;
  const isBookmark = source.includes('#');
  const missing = openProblem(state, source, isBookmark ? 'bookmark' : 'snapshot');
  const problem = isBookmark ? missing?.replace(/dataset does not exist$/, 'no such pool or dataset') : missing;
  if (problem !== undefined) return usageError(state, 'bookmark', problem);
  const refuse = (why: string): Outcome => failed(state, `cannot create bookmark '${target}': ${why}`);
  const [dataset = '', name = ''] = target.split('#');
  const holder = state.datasets.get(dataset);
  if (holder === undefined) return refuse('dataset does not exist');
  if (dataset !== datasetOf(source)) return refuse("source is not an ancestor of the new bookmark's dataset");
  if (holder.bookmarks.some((each) => each.name === name)) return refuse('bookmark exists');
  const version = findSnapshot(state, source) ?? holder.bookmarks.find((each) => each.name === source.split('#')[1]);
  if (version === undefined) return refuse('dataset does not exist');
  const { guid, ivsetguid, createtxg, creation, referenced } = version;
  const made: Bookmark = { name, guid, ...(ivsetguid && { ivsetguid }), createtxg, creation, referenced };
  return done(change(state, dataset, (each) => ({ ...each, bookmarks: [...each.bookmarks, made] })));
}

const datasetOf = (name: string): string => name.split(/[@#]/, 1)[0] ?? '';
