import { span } from '../text/span';
import type { Declaration } from './runbook';

const DECLARATION = /(?:^|\s)(?:#|<!--|;|\.\.)[ \t]*rawsend:[ \t]*(replica|standby|restore)[ \t]+([^\s#<>]+)/gm;

/** The comments by which an author says what a dataset is for. */
export function readDeclarations(text: string): readonly Declaration[] {
  return [...text.matchAll(DECLARATION)].flatMap((match): readonly Declaration[] => {
    const [whole, kind, dataset] = match;
    if (dataset === undefined || (kind !== 'replica' && kind !== 'standby' && kind !== 'restore')) return [];
    const end = match.index + whole.length;
    return [{ kind, dataset, span: span(end - dataset.length, end) }];
  });
}

/** True for the dataset itself and everything below it. */
export const isWithin = (dataset: string, ancestor: string): boolean =>
  dataset === ancestor || dataset.startsWith(`${ancestor}/`);
