import { span } from '../text/span';
import type { Span, TextEdit } from '../text/span';
import type { ArgumentWord, FlagSite, Invocation } from '../runbook/runbook';

/** Writes ` -w` after the subcommand; undefined where the document does not hold the command itself. */
export function insertFlag(invocation: Invocation, flag: string): readonly TextEdit[] | undefined {
  const [verb, next] = invocation.words;
  if (!verb) return undefined;
  // `$CMD` may hold the operands too, so only a variable that ends in the subcommand can be followed by a flag.
  if (!verb.written && next && next.span.start < verb.span.end) return undefined;
  return [{ span: span(verb.span.end, verb.span.end), newText: ` ${flag}` }];
}

/** Takes a flag out, wherever it is repeated; undefined where it comes out of a variable. */
export function removeFlag(text: string, invocation: Invocation, name: string): readonly TextEdit[] | undefined {
  const sites = invocation.flags[name] ?? [];
  if (sites.length === 0 || sites.some((site) => !site.word.written)) return undefined;
  // A word that is passed on twice (`"$@" "$@"`) is two uses in one place.
  const edits = new Map(sites.map((site) => [site.span.start, removeWord(text, invocation, site)]));
  return [...edits.values()];
}

/** Takes out one use of a flag, with its argument where it has one. */
export function removeSite(text: string, invocation: Invocation, site: FlagSite): readonly TextEdit[] | undefined {
  const { value, word } = site;
  if (!word.written || (value && !value.word.written)) return undefined;
  // `-omountpoint=none`, or the last letter of a group with its argument attached.
  if (value && value.word === word) {
    if (site.grouped && site.span.start > word.span.start + 1) {
      return [{ span: span(site.span.start, value.span.end), newText: '' }];
    }
    return [{ span: span(gapBefore(text, invocation, word), word.span.end), newText: '' }];
  }
  const flag = removeWord(text, invocation, site);
  return value
    ? [flag, { span: span(gapBefore(text, invocation, value.word), value.word.span.end), newText: '' }]
    : [flag];
}

function removeWord(text: string, invocation: Invocation, site: FlagSite): TextEdit {
  if (site.grouped) return { span: site.span, newText: '' };
  return { span: span(gapBefore(text, invocation, site.word), site.word.span.end), newText: '' };
}

/** The flag as people see it: its letter in a group, else the whole word. */
export const flagSpan = (site: FlagSite): Span => (site.grouped ? site.span : site.word.span);

/** Where the blanks before a word begin, line continuations included. */
function gapBefore(text: string, invocation: Invocation, word: ArgumentWord): number {
  const index = invocation.words.indexOf(word);
  const before = invocation.words[index - 1]?.span.end ?? word.span.start;
  return /^(?:[ \t\r\n]|\\\r?\n)+$/.test(text.slice(before, word.span.start)) ? before : word.span.start;
}

/** `zfs send`, or the variable that holds it: where a missing flag is reported. */
export function commandName(invocation: Invocation): Span {
  const [verb] = invocation.words;
  const { programSpan } = invocation;
  return verb && verb.span.start >= programSpan.end ? span(programSpan.start, verb.span.end) : programSpan;
}
