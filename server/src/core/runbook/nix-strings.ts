/** A string of a Nix expression. */
export interface NixString {
  /** Where the opening quotes stand. */
  readonly before: number;
  /** Between the quotes. */
  readonly start: number;
  readonly end: number;
  /** In `''`. */
  readonly indented: boolean;
  /** Each `${…}` as written, in order. */
  readonly antiquotes: readonly string[];
  /** The strings inside of those. */
  readonly inner: readonly NixString[];
}

/** Every string outside of comments and of other strings. One that never ends is left out. */
export function nixStrings(text: string, depth = 0): readonly NixString[] {
  const strings: NixString[] = [];
  const start = /#[^\n]*|\/\*[^]*?(?:\*\/|$)|''|"/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    if (match[0] !== '"' && match[0] !== "''") continue;
    const string = readString(text, match.index, { indented: match[0] === "''", depth });
    if (!string) return strings;
    strings.push(string);
    start.lastIndex = string.end + (string.indented ? 2 : 1);
  }
  return strings;
}

function within(text: string, from: number, to: number, depth: number): readonly NixString[] {
  return nixStrings(text.slice(from, to), depth).map((string) => shift(string, from));
}

const shift = (string: NixString, by: number): NixString => ({
  ...string,
  before: string.before + by,
  start: string.start + by,
  end: string.end + by,
  inner: string.inner.map((part) => shift(part, by)),
});

const ENDS = { indented: /''(?:\$|'|\\)|''|\$\{|\$\$/g, quoted: /\\[^]|"|\$\{|\$\$/g } as const;

/** Deeper ones are values of values. */
const MAX_DEPTH = 3;

function readString(
  text: string,
  before: number,
  { indented, depth }: { readonly indented: boolean; readonly depth: number },
): NixString | undefined {
  const start = before + (indented ? 2 : 1);
  const antiquotes: string[] = [];
  const inner: NixString[] = [];
  const piece = new RegExp(indented ? ENDS.indented : ENDS.quoted);
  piece.lastIndex = start;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    if (match[0] === "''" || match[0] === '"') return { before, start, end: match.index, indented, antiquotes, inner };
    if (match[0] !== '${') continue;
    const end = endOfAntiquote(text, match.index + 2);
    if (end === undefined) return undefined;
    antiquotes.push(text.slice(match.index, end));
    if (depth < MAX_DEPTH) inner.push(...within(text, match.index + 2, end - 1, depth + 1));
    piece.lastIndex = end;
  }
  return undefined;
}

function endOfAntiquote(text: string, from: number): number | undefined {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth += 1;
    else if (text[i] === '}') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return undefined;
}
