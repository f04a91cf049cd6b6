import { derived, verbatim } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import { span } from '../text/span';

/** Words that a document gives to a program without a shell, as shell text: each in quotes that nobody wrote. */
export function quotedWords(words: readonly PlacedText[]): PlacedText {
  return words.flatMap((word, index) => [...(index === 0 ? [] : [mark(' ', word)]), ...quotedWord(word)]);
}

/** In single quotes; a quote within leaves them and comes back. */
export function quotedWord(word: PlacedText): PlacedText {
  const inner = word.flatMap((run): readonly Run[] => {
    if (run.kind === 'unknown' || !run.text.includes("'")) return [run];
    let start = run.span.start;
    return run.text.split(/(')/).flatMap((part): readonly Run[] => {
      const at = run.kind === 'verbatim' ? span(start, start + part.length) : run.span;
      start += part.length;
      if (part === '') return [];
      if (part === "'") return [derived(String.raw`'\''`, at)];
      return run.kind === 'verbatim' ? [verbatim(part, at.start)] : [derived(part, at)];
    });
  });
  return [mark("'", word), ...inner, endMark("'", word)];
}

function mark(text: string, word: PlacedText): Run {
  const start = word[0]?.span.start ?? 0;
  return derived(text, span(start, start));
}

function endMark(text: string, word: PlacedText): Run {
  const end = word.at(-1)?.span.end ?? 0;
  return derived(text, span(end, end));
}
