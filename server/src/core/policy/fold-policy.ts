import type { Span } from '../text/span';
import { span } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { entrySpan, ownEntries } from './own-entries';

export interface Fold {
  /** From the line that stays in sight to the last one that is hidden. */
  readonly span: Span;
  readonly kind: 'section' | 'comment';
}

/** What can be folded: everything below a key, and comments of more than one line. */
export function foldPolicy(text: string): readonly Fold[] {
  const sections = sectionSpans(readYaml(text).root).map((place): Fold => ({
    span: withoutClosing(text, place),
    kind: 'section',
  }));
  const comments = [...text.matchAll(COMMENTS)].map(({ index, 0: lines }): Fold => {
    const start = index + (lines.length - lines.trimStart().length);
    return { span: span(start, index + lines.length), kind: 'comment' };
  });
  const all = [...sections, ...comments].filter((fold) => /[\r\n]/.test(text.slice(fold.span.start, fold.span.end)));
  return all.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

const COMMENTS = /^[ \t]*#[^\r\n]*(?:(?:\r\n|\r|\n)[ \t]*#[^\r\n]*)+/gm;

function sectionSpans(node: YamlNode | undefined): Span[] {
  return ownEntries(node).flatMap(([, entry]) =>
    entry.node.kind === 'scalar' ? [] : [entrySpan(entry), ...sectionSpans(entry.node)],
  );
}

/** A bracket that closes alone on its line stays in sight. */
function withoutClosing(text: string, { start, end }: Span): Span {
  const [closing] = /(?:\r\n|\r|\n)[ \t]*[\]}]+$/.exec(text.slice(start, end)) ?? [];
  return span(start, end - (closing?.length ?? 0));
}
