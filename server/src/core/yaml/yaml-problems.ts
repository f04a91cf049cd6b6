import { isScalar, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Span } from '../text/span';
import { span } from '../text/span';
import type { Problem, ProblemFix } from './problem';
import { problem } from './problem';

type YamlErrorCode = YAMLError['code'];

/** What the YAML library calls an error, as something to do about it. The rest keeps the library's words. */
const MESSAGES: Partial<Record<YamlErrorCode, string>> = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag: remove it',
  BAD_DIRECTIVE: 'YAML does not know this directive: remove the line',
  BAD_DQ_ESCAPE: 'YAML does not know this escape: double the backslash, or use single quotes',
  BAD_INDENT:
    'this is not indented as what it belongs to: give all keys of one section the same indentation, and close `{` and `[`',
  BAD_SCALAR_START: 'YAML keeps this character for itself: put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a value and further keys cannot both follow a key: check the indentation, and put a value that holds `: ` in quotes',
  BLOCK_IN_FLOW: 'a `{ … }` or `[ … ]` that is not closed runs into this line: close it',
  KEY_OVER_1024_CHARS: 'this key is longer than YAML allows',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line and is followed by a colon',
  MULTIPLE_DOCS: 'this file is one YAML document: remove `---` and what follows, or move it to its own file',
  RESOURCE_EXHAUSTION: 'this is too much to read: write it more simply',
  TAB_AS_INDENT: 'YAML does not allow tabs as indentation: use spaces',
  TAG_RESOLVE_FAILED: 'tags mean nothing here: remove it',
};

const MAX_PROBLEMS = 20;

/**
 * The problems of one document: the first of each line, because the others of a line follow from it.
 * `second` is the offset of a further document.
 */
export function syntaxProblems(text: string, document: Document.Parsed, second: number | undefined) {
  const problems: Problem[] = [];
  const damage: Span[] = [];
  let previousLineEnd = -1;
  let isColonMissing = false;
  for (const { code, pos, message } of sortedErrors(document, second)) {
    const place = clamp(text, pos);
    damage.push(place);
    if (place.start <= previousLineEnd || problems.length >= MAX_PROBLEMS) continue;
    if (isColonMissing && OF_A_MISSING_COLON.has(code)) continue;
    isColonMissing ||= code === 'MULTILINE_IMPLICIT_KEY';
    const end = lineEnd(text, place.start);
    previousLineEnd = isLost(message) ? text.length : end;
    const quote = code === 'MISSING_CHAR' ? openQuote(text, document, place.start) : undefined;
    if (quote !== undefined) {
      problems.push(problem(quote, 'this quote is never closed, so everything after it is read as text: close it'));
    } else {
      const fixes = code === 'TAB_AS_INDENT' ? [spacesForTabs(text)] : [];
      const onLine = span(place.start, Math.min(place.end, Math.max(end, place.start + 1)));
      problems.push(
        problem(
          onLine,
          plainMistake(code, text.slice(onLine.start, onLine.end)) ?? MESSAGES[code] ?? sentence(message),
          { fixes },
        ),
      );
    }
  }
  return { problems, damage };
}

/** The next key is taken for a part of the one that lacks its colon, and all after it for something that is indented too far. */
const OF_A_MISSING_COLON: ReadonlySet<YamlErrorCode> = new Set([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
]);

/** The parser does not find back after such an error, and calls every word of the rest one. */
const isLost = (message: string): boolean => message.includes('token in YAML stream');

/** What the text itself says better than the library's error. */
function plainMistake(code: YamlErrorCode, written: string): string | undefined {
  if (/^[}\]]$/.test(written)) return `this \`${written}\` closes nothing, and what follows is not read: remove it`;
  const isGlued = code === 'MULTILINE_IMPLICIT_KEY' && /^\w[\w.-]*:[^\s:]+$/.test(written);
  return isGlued ? 'this is read as one word, not as a key and its value: write a space after the colon' : undefined;
}

function sortedErrors(document: Document.Parsed, second: number | undefined) {
  const found: Pick<YAMLError, 'code' | 'pos' | 'message'>[] = [...document.errors, ...document.warnings];
  if (second !== undefined) found.push({ code: 'MULTIPLE_DOCS', pos: [second, second + 1], message: '' });
  return found.toSorted((a, b) => a.pos[0] - b.pos[0]);
}

/** A span inside the text, never empty where there is any text: the library points behind the end. */
function clamp(text: string, [from, to]: readonly [number, number]): Span {
  const start = Math.max(0, Math.min(from, text.length - 1));
  return span(start, Math.max(Math.min(to, text.length), Math.min(start + 1, text.length)));
}

/** The unclosed quote that ends at `end`, up to the end of its line. */
function openQuote(text: string, document: Document.Parsed, end: number): Span | undefined {
  let found: Span | undefined;
  visit(document, {
    Node(_, node) {
      // Only parsed nodes have a range, and only quoted ones can lack a quote.
      if (!isScalar(node) || !node.type?.startsWith('QUOTE') || !node.range) return;
      const [start, valueEnd] = node.range;
      if (start <= end && end <= valueEnd) found = span(start, Math.min(lineEnd(text, start), valueEnd));
    },
  });
  return found;
}

function spacesForTabs(text: string): ProblemFix {
  const edits = [...text.matchAll(/^[ \t]+/gm)]
    .filter(([indent]) => indent.includes('\t'))
    .map(({ 0: indent, index }) => ({
      span: span(index, index + indent.length),
      newText: indent.replaceAll('\t', '  '),
    }));
  return { title: 'Indent with spaces', safety: 'unsafe', edits };
}

function lineEnd(text: string, from: number): number {
  const newline = text.slice(from).search(/[\r\n]/);
  return newline < 0 ? text.length : from + newline;
}

/** The library quotes the text, which may hold anything. */
const sentence = (message: string): string =>
  message.charAt(0).toLowerCase() +
  message
    .slice(1)
    .replaceAll(/\p{Cc}/gu, '\ufffd')
    .replace(/\.$/, '');
