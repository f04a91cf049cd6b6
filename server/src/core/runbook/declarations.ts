import { span } from '../text/span';
import type { Declaration } from './runbook';

const DECLARATION = /(?:^|\s)(?:#|<!--|;|\.\.|\/\/)[ \t]*rawsend:[ \t]*(replica|standby|restore)[ \t]+([^\s#<>]+)/gm;

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

/** A name as declarations are found by it: `${DST}` is `$DST`. */
export const declaredName = (dataset: string): string => dataset.replaceAll(/\$\{(\w+)\}/g, '$$$1');

export function indexDeclarations(declarations: readonly Declaration[]): ReadonlyMap<string, readonly Declaration[]> {
  const index = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const name = declaredName(declaration.dataset);
    const known = index.get(name);
    if (known) known.push(declaration);
    else index.set(name, [declaration]);
  }
  return index;
}
