import type { Call, Field } from '../runbook/runbook';
import { isKnown, textOf } from '../shell/placed-text';
import { span } from '../text/span';
import type { Span, TextEdit } from '../text/span';

/** Where an ssh command asks for compression. */
export interface SshCompression {
  readonly span: Span;
  /** As written, e.g. `-C`. */
  readonly flag: string;
  /** Takes it out; absent where a variable holds it. */
  readonly edit?: TextEdit;
}

/** Flags of ssh without an argument may stand in one word. */
const GROUP = /^-[1246AaCfGgKkMNnqsTtVvXxYy]*C/;
const OPTION = /^Compression(?:\s*=\s*|\s+)yes$/i;
const VALUED = /^-[A-Za-z0-9]*[BbcDEeFIiJLlmOoPpQRSWw]$/;

/** The first flag that compresses, among those before the remote command. */
export function sshCompression({ name, args }: Call, text: string): SshCompression | undefined {
  if (!/^(?:ssh|autossh)$/.test(name)) return undefined;
  let operands = 0;
  for (let index = 0; index < args.length && operands < 2; index++) {
    const field = args[index];
    if (!field) continue;
    const word = textOf(field.text);
    const next = args[index + 1];
    const before = args[index - 1]?.span.end;
    if (!word.startsWith('-')) operands += isKnown(field.text) || field.arity === 'one' ? 1 : 0;
    else if (GROUP.test(word)) return withoutFlag(field, word, { text, before });
    else if (OPTION.test(word.replace(/^-o\s*/, '')))
      return withoutWords([field], `-o ${word.slice(2)}`, { text, before });
    else if (/^-[A-Za-z]*o$/.test(word) && next && OPTION.test(textOf(next.text))) {
      return withoutWords([field, next], `-o ${textOf(next.text)}`, { text, before });
    } else if (VALUED.test(word)) index += 1;
  }
  return undefined;
}

interface Surroundings {
  readonly text: string;
  /** The end of the word before. */
  readonly before: number | undefined;
}

function withoutFlag(field: Field, word: string, around: Surroundings): SshCompression {
  if (word === '-C') return withoutWords([field], word, around);
  const [run] = field.text;
  const at = field.span.start + word.indexOf('C');
  const isWritten = run?.kind === 'verbatim' && field.text.length === 1 && around.text[at] === 'C';
  if (!isWritten) return { span: field.span, flag: '-C' };
  return { span: span(at, at + 1), flag: '-C', edit: { span: span(at, at + 1), newText: '' } };
}

function withoutWords(fields: readonly Field[], flag: string, { text, before }: Surroundings): SshCompression {
  const [first, last] = [fields[0], fields.at(-1)];
  if (!first || !last) return { span: span(0, 0), flag };
  const isWritten = fields.every((field) => field.text.every((run) => run.kind === 'verbatim'));
  if (!isWritten || last.span.end < first.span.start) return { span: first.span, flag };
  const whole = span(first.span.start, last.span.end);
  const hasGap = before !== undefined && before <= whole.start && /^[ \t]+$/.test(text.slice(before, whole.start));
  const from = hasGap ? before : whole.start - (/[ \t]/.test(text[whole.start - 1] ?? '') ? 1 : 0);
  return { span: whole, flag, edit: { span: span(from, whole.end), newText: '' } };
}
