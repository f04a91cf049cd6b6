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
}

/** Every string outside of comments and of other strings. One that never ends is left out. */
export function nixStrings(text: string): readonly NixString[] {
  const strings: NixString[] = [];
  const start = /#[^\n]*|\/\*[^]*?(?:\*\/|$)|''|"/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    if (match[0] !== '"' && match[0] !== "''") continue;
    const string = readString(text, match.index, match[0] === "''");
    if (!string) return strings;
    strings.push(string);
    start.lastIndex = string.end + (string.indented ? 2 : 1);
  }
  return strings;
}

const ENDS = { indented: /''(?:\$|'|\\)|''|\$\{|\$\$/g, quoted: /\\[^]|"|\$\{|\$\$/g } as const;

function readString(text: string, before: number, indented: boolean): NixString | undefined {
  const start = before + (indented ? 2 : 1);
  const antiquotes: string[] = [];
  const piece = new RegExp(indented ? ENDS.indented : ENDS.quoted);
  piece.lastIndex = start;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    if (match[0] === "''" || match[0] === '"') return { before, start, end: match.index, indented, antiquotes };
    if (match[0] !== '${') continue;
    const end = endOfAntiquote(text, match.index + 2);
    if (end === undefined) return undefined;
    antiquotes.push(text.slice(match.index, end));
    piece.lastIndex = end;
  }
  return undefined;
}

/** Longer ones hold strings that are scripts of their own, and no name. */
const MAX_ANTIQUOTE = 2000;

function endOfAntiquote(text: string, from: number): number | undefined {
  let depth = 1;
  for (let i = from; i < Math.min(text.length, from + MAX_ANTIQUOTE); i++) {
    if (text[i] === '{') depth += 1;
    else if (text[i] === '}') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return undefined;
}
