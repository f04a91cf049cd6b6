import type { Random } from './random';
import { NESTS, NOISE, ODD, WORDS } from './vocabulary';

/** One way to spoil a text; `other` is another text of the corpus, for what is carried over from it. */
export type Mutation = (text: string, random: Random, other: string) => string;

/** The common ones stand several times, so that most texts stay near something that a person could have written. */
export function mutate(text: string, random: Random, other: string): string {
  return random.pick(MUTATIONS)(text, random, other);
}

const deleteCharacters: Mutation = (text, random) => {
  const [start, end] = shortRange(text, random);
  return text.slice(0, start) + text.slice(end);
};

const insertNoise: Mutation = (text, random) => insert(text, random, random.pick(NOISE));

const insertWord: Mutation = (text, random) => insert(text, random, ` ${random.pick(WORDS)} `);

const insertOddCharacter: Mutation = (text, random) => insert(text, random, random.pick(ODD));

const swapCharacters: Mutation = (text, random) => {
  const at = random.between(0, Math.max(0, text.length - 2));
  return (
    text.slice(0, at) +
    text
      .slice(at, at + 2)
      .split('')
      .toReversed()
      .join('') +
    text.slice(at + 2)
  );
};

const replaceWord: Mutation = (text, random) => {
  const words = [...text.matchAll(/[\w@/.=-]+/g)];
  if (words.length === 0) return text;
  const word = random.pick(words);
  return text.slice(0, word.index) + random.pick(WORDS) + text.slice(word.index + word[0].length);
};

const dropLine: Mutation = (text, random) => editLines(text, (lines) => lines.splice(lineOf(lines, random), 1));

const repeatLine: Mutation = (text, random) =>
  editLines(text, (lines) => {
    const at = lineOf(lines, random);
    lines.splice(at, 0, lines[at] ?? '');
  });

const swapLines: Mutation = (text, random) =>
  editLines(text, (lines) => {
    const [a, b] = [lineOf(lines, random), lineOf(lines, random)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  });

const joinLines: Mutation = (text, random) =>
  editLines(text, (lines) => {
    const at = lineOf(lines, random);
    lines.splice(at, 2, lines.slice(at, at + 2).join(random.pick([' ', '; ', ' | ', ' && ', ''])));
  });

const indentLine: Mutation = (text, random) =>
  editLines(text, (lines) => {
    const at = lineOf(lines, random);
    lines[at] = random.chance(0.5) ? (lines[at] ?? '').trimStart() : random.pick([' ', '  ', '\t']) + lines[at];
  });

const spliceLines: Mutation = (text, random, other) => {
  const lines = other.split('\n');
  const from = lineOf(lines, random);
  const taken = lines.slice(from, from + random.between(1, 6));
  return editLines(text, (own) => own.splice(lineOf(own, random), random.between(0, 2), ...taken));
};

const truncate: Mutation = (text, random) => {
  const at = random.between(0, text.length);
  return random.chance(0.7) ? text.slice(0, at) : text.slice(at);
};

const carriageReturns: Mutation = (text, random) => {
  const all = random.chance(0.5);
  const end = random.pick(['\r\n', '\r\n', '\r\n', '\r']);
  return text.replace(/\n/g, (newline) => (all || random.chance(0.3) ? end : newline));
};

/** Wraps some of the text in one construct, many times over. */
const nest: Mutation = (text, random) => {
  const [start, end] = shortRange(text, random);
  const [open, close] = random.pick(NESTS);
  const depth = random.pick([1, 2, 5, 12, 30]);
  return text.slice(0, start) + open.repeat(depth) + text.slice(start, end) + close.repeat(depth) + text.slice(end);
};

/** Quotes a line as the text of another shell, as often as it is repeated. */
const quoteLine: Mutation = (text, random) =>
  editLines(text, (lines) => {
    const at = lineOf(lines, random);
    const command = random.pick(['ssh vault', 'bash -c', 'eval', 'sudo sh -c', 'echo']);
    const quoted = random.chance(0.5)
      ? `'${(lines[at] ?? '').replaceAll("'", String.raw`'\''`)}'`
      : `"${(lines[at] ?? '').replaceAll(/["\\$`]/g, String.raw`\$&`)}"`;
    lines[at] = `${command} ${quoted}`;
  });

const MUTATIONS: readonly Mutation[] = [
  deleteCharacters,
  deleteCharacters,
  insertNoise,
  insertNoise,
  insertWord,
  replaceWord,
  replaceWord,
  dropLine,
  repeatLine,
  swapLines,
  joinLines,
  spliceLines,
  spliceLines,
  quoteLine,
  nest,
  indentLine,
  swapCharacters,
  insertOddCharacter,
  truncate,
  carriageReturns,
];

function insert(text: string, random: Random, what: string): string {
  const at = random.between(0, text.length);
  return text.slice(0, at) + what + text.slice(at);
}

function shortRange(text: string, random: Random): readonly [number, number] {
  const start = random.between(0, text.length);
  return [start, Math.min(text.length, start + random.pick([1, 1, 2, 5, 20, 60]))];
}

const lineOf = (lines: readonly string[], random: Random): number => random.between(0, Math.max(0, lines.length - 1));

function editLines(text: string, edit: (lines: string[]) => void): string {
  const lines = text.split('\n');
  edit(lines);
  return lines.join('\n');
}
