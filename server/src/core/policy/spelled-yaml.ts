import { readYaml } from '../yaml/read-yaml';
import type { Origin, SpelledKey } from './spell-out';

const MARKS: Readonly<Record<Origin, string>> = { written: '', defaults: ' # from defaults', default: ' # default' };

/** The file that a policy is written in is told once for all of it, not at each line. */
const markOf = ({ origin, file }: SpelledKey): string =>
  origin === 'defaults' && file !== undefined ? `${MARKS.defaults} of ${file}` : MARKS[origin];

/** Lines of YAML, two blanks a level, each that the policy does not say itself marked by a comment. */
export const toYamlLines = (keys: readonly SpelledKey[]): readonly string[] =>
  keys.map((key) => {
    const { path, value, isItem } = key;
    const name = isItem ? '-' : `${yamlText(path.at(-1) ?? '')}:`;
    const written = value === undefined ? '' : ` ${yamlText(value)}`;
    return `${'  '.repeat(path.length - 1)}${name}${written}${markOf(key)}`;
  });

/** A value as YAML on one line: without quotes where it is read the same without. */
export function yamlText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const { root, problems } = readYaml(`key: ${value} # comment`);
  const isPlain = problems.length === 0 && root?.entries.get('key')?.node.value === value && !OTHER_READERS.test(value);
  return isPlain && /^[^\s"'[\]{}&*!|>%@`#]/.test(value) ? value : JSON.stringify(value);
}

/** What other readers of YAML take for truth values. */
const OTHER_READERS = /^(?:y|n|yes|no|on|off)$/i;
