import { createPlacement, derived, placeOf, sliceOf, unknown } from '../shell/placed-text';
import type { PlacedText, Placement, Run } from '../shell/placed-text';
import type { Extractor, Region, ShellRegion } from './extractor';
import { nixStrings } from './nix-strings';
import type { NixString } from './nix-strings';

/** NixOS modules and packages: the strings that are scripts by the name that they are given. */
export const nixExtractor: Extractor = {
  accepts: ({ path, languageId }) => languageId === 'nix' || path.endsWith('.nix'),
  extract({ placement }) {
    return nixStrings(placement.text).flatMap((string) => readString(placement, string, undefined));
  },
};

type Shell = Pick<ShellRegion, 'pipefail' | 'setting'>;

/** `outer` is of the script that the string is put into: an indented string in there is a part of it. */
function readString(placement: Placement, string: NixString, outer: Shell | undefined): readonly Region[] {
  const shell = shellOf(placement.text, string) ?? (string.indented ? outer : undefined);
  const inner = shell && ({ ...shell, pipefail: 'unknown' } as const);
  const parts = string.inner.flatMap((part) => readString(placement, part, inner));
  if (!shell) return parts;
  const text = string.indented ? readIndented(placement, string) : readQuoted(placement, string);
  return [{ kind: 'shell', text, route: [], dialect: 'bash', ...shell }, ...parts];
}

/** Attributes that hold shell text in NixOS and nixpkgs. */
const SCRIPT =
  /(?:^|[\s.{;])(?:script|preStart|postStart|preStop|postStop|reload|shellHook|(?:pre|post)[A-Z]\w*|[a-z]\w*(?:Commands|Script))\s*=\s*(?:lib\.mk\w+\s*)?$/;
const EXEC = /(?:^|[\s.{;])Exec[A-Z]\w*\s*=\s*(?:\[\s*)?$/;
const WRITER = /\bwrite(?:Shell|Bash|Dash)(?:Script|ScriptBin|Bin)?\s+(?:"[^"\n]*"|\S+)\s*$/;
const TEXT = /(?:^|[\s.{;])text\s*=\s*$/;

/** How far back the name of a string is looked for. */
const REACH = 300;

function shellOf(text: string, { before }: NixString): Shell | undefined {
  const head = text.slice(Math.max(0, before - REACH), before);
  const setting = { medium: 'nix' } as const;
  if (SCRIPT.test(head) || EXEC.test(head) || WRITER.test(head)) return { pipefail: 'off', setting };
  if (!TEXT.test(head)) return undefined;
  if (head.includes('writeShellApplication')) return { pipefail: 'on', setting };
  return /activationScripts/.test(head) ? { pipefail: 'off', setting: { medium: 'nix', trigger: 'boot' } } : undefined;
}

/** Without the indentation that Nix takes away, so that a here-document ends where it should. */
function readIndented(placement: Placement, { start, end, antiquotes }: NixString): PlacedText {
  const { text } = placement;
  const lines = text.slice(start, end).split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  // What stands behind the opening quotes has no indentation of its own.
  const indent = (lines[0] ?? '').trim() === '' ? indents.reduce((least, own) => Math.min(least, own), 1000) : 0;
  const result: Run[] = [];
  let at = start;
  for (const line of lines) {
    const from = at + Math.min(indent, line.length - line.trimStart().length);
    const lineEnd = at + line.length;
    // To a shell a carriage return is a letter.
    result.push(...sliceOf(placement, from, line.endsWith('\r') ? Math.max(from, lineEnd - 1) : lineEnd));
    result.push(...sliceOf(placement, lineEnd, Math.min(lineEnd + 1, end)));
    at += line.length + 1;
  }
  const inner = createPlacement(result);
  return decode(inner, {
    antiquotes,
    escape: /''(?:\$|'|\\[nrt\\]?)/g,
    unescape: (written) => INDENTED[written] ?? written.slice(3),
  });
}

const INDENTED: Readonly<Record<string, string>> = {
  "''$": '$',
  "'''": "''",
  "''\\n": '\n',
  "''\\r": '\r',
  "''\\t": '\t',
};

function readQuoted(placement: Placement, { start, end, antiquotes }: NixString): PlacedText {
  const inner = createPlacement(sliceOf(placement, start, end));
  return decode(inner, {
    antiquotes,
    escape: /\\[^]/g,
    unescape: (written) => ({ n: '\n', r: '\r', t: '\t' })[written.charAt(1)] ?? written.charAt(1),
  });
}

interface Escapes {
  readonly antiquotes: readonly string[];
  readonly escape: RegExp;
  readonly unescape: (written: string) => string;
}

/** Escapes become what they stand for, `${…}` an unknown value; of a package it is the path of that package. */
function decode(placement: Placement, { antiquotes, escape, unescape }: Escapes): PlacedText {
  const { text } = placement;
  const result: Run[] = [];
  const marks = [...text.matchAll(escape)].map((match) => ({ index: match.index, written: match[0] }));
  let [plain, next, from] = [0, 0, 0];
  for (const expression of antiquotes) {
    const at = text.indexOf(expression, from);
    if (at === -1) continue;
    from = at + expression.length;
    for (; (marks[next]?.index ?? Infinity) < at; next++) plain = pushEscape(marks[next]);
    while ((marks[next]?.index ?? Infinity) < from) next += 1;
    result.push(...sliceOf(placement, plain, at), antiquote(placement, at, expression));
    plain = from;
  }
  for (; next < marks.length; next++) plain = pushEscape(marks[next]);
  return [...result, ...sliceOf(placement, plain, text.length)];

  function pushEscape(mark: { readonly index: number; readonly written: string } | undefined): number {
    if (!mark || mark.index < plain) return plain;
    const end = mark.index + mark.written.length;
    result.push(
      ...sliceOf(placement, plain, mark.index),
      derived(unescape(mark.written), placeOf(placement, mark.index, end)),
    );
    return end;
  }
}

function antiquote(placement: Placement, at: number, written: string): Run {
  const place = placeOf(placement, at, at + written.length);
  const name = /^\$\{\s*(?:[\w-]+\.)*([\w-]+)\s*\}$/.exec(written)?.[1];
  const isPackage =
    name !== undefined && /^\/s?bin\//.test(placement.text.slice(at + written.length, at + written.length + 6));
  return isPackage ? derived(`/nix/${name}`, place) : unknown(written, `nix:${written.replaceAll(/\s+/g, '')}`, place);
}
