/** Completion of the paths of policy files, and what an editor shows of an item of `include`. */
import { span } from '../text/span';
import { countOf } from '../text/count-of';
import { isPlain, show } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import type { CompletionEntry } from './complete-policy';
import type { KnownPlace } from './complete-known';
import { cursorPlace } from './cursor-place';
import type { Inclusion } from './inclusion';
import { includesOf } from './include-graph';

/** Whether a path of `include` is being typed, for whoever has to look for candidates. */
export const isIncludePlace = (text: string, offset: number): boolean => isInclude(cursorPlace(text, offset)?.path);

const isInclude = (path: readonly string[] = []): boolean => path[0] === 'include' && path.length <= 2;

/** A cheap look at what may be included: most YAML is no policy. */
export const maybePolicy = (text: string): boolean =>
  /^version[ \t]*:/m.test(text) && /^(?:hosts|policies|defaults|include)[ \t]*:/m.test(text);

/** Files that are not included yet. A path that is no plain word is written in quotes. */
export function pathEntries({ text, offset, cursor, known: { paths = [] } }: KnownPlace): CompletionEntry[] {
  if (!isInclude(cursor.path) || cursor.kind !== 'value') return [];
  const before = text.slice(0, offset - cursor.prefix.length);
  const quote = /["']$/.exec(before)?.[0] ?? '';
  const [rest = ''] = PATH.exec(text.slice(offset, offset + 512)) ?? [];
  const word = span(offset - cursor.prefix.length, offset + rest.length);
  const present = new Set(
    includesOf(text)
      .filter((item) => item.span.end < word.start || item.span.start > word.end)
      .map(({ written }) => written),
  );
  return paths
    .filter((path) => !present.has(path))
    .map((path): CompletionEntry => {
      const written =
        quote !== '' || (isPlain(path) && typeof readPlain(path) === 'string') ? path : JSON.stringify(path);
      const newText = cursor.path.length === 1 ? `[${written}]` : written;
      return { label: path, kind: 'file', documentation: '', edit: { span: word, newText } };
    });
}

const PATH = /^[\w./-]*/;

const readPlain = (path: string): unknown => readYaml(`x: ${path}`).root?.entries.get('x')?.node.value;

/** Markdown about an item: what its file brings, as far as that can be used. */
export function describeInclusion({ brought }: Inclusion): string | undefined {
  if (brought?.file === undefined) return undefined;
  const parts = [
    named('host', Object.keys(brought.file.hosts)),
    named('policy', Object.keys(brought.file.policies)),
    named('default', [...(brought.defaults?.entries.keys() ?? [])]),
  ];
  return `Brings:\n${parts.map((part) => `\n- ${part}`).join('')}`;
}

const MOST_NAMES = 12;

function named(kind: 'host' | 'policy' | 'default', names: readonly string[]): string {
  const count = kind === 'policy' && names.length !== 1 ? `${names.length} policies` : countOf(names.length, kind);
  if (names.length === 0) return `no ${kind === 'policy' ? 'policies' : `${kind}s`}`;
  const more = names.length > MOST_NAMES ? ', …' : '';
  return `${count}: ${names.slice(0, MOST_NAMES).map(show).join(', ')}${more}`;
}
