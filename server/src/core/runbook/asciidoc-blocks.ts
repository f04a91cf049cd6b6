import { dedentLines } from './indentation';
import { linesOf } from './listing';
import type { ListingLine } from './listing';
import type { CodeBlock } from './read-block';

/**
 * What stands between `----`, `....` or fences, and paragraphs that begin with a blank. `[source,bash]` above it is the tag;
 * comments, quotations and tables are none of it.
 */
export function asciidocBlocks(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let [tag, afterBlank, afterText] = ['', true, false];
  let open: Open | undefined;
  for (const line of linesOf(text)) {
    const written = text.slice(line.from, line.to).trimEnd();
    if (open) {
      if (written !== open.end) open.lines.push(withoutCallout(text, line));
      if (written !== open.end) continue;
      push(blocks, text, open);
      [open, afterBlank, afterText, tag] = [undefined, true, false, ''];
      continue;
    }
    const opened = openedBy(written, tag, { afterBlank, afterText });
    if (opened) {
      open = opened;
      if (opened.end === '') opened.lines.push(withoutCallout(text, line));
      continue;
    }
    const attributes = /^\[([^\]]*)\]$/.exec(written)?.[1];
    if (attributes !== undefined) tag = tagOf(attributes);
    // A title may stand between.
    else if (!/^\.[^\s.]/.test(written)) tag = '';
    afterBlank = written === '' || attributes !== undefined;
    afterText = !afterBlank && !/^(?:\+|\.[^\s.].*)$/.test(written);
  }
  if (open) push(blocks, text, open);
  return blocks;
}

interface Open {
  /** The line that closes it; an empty one for a paragraph. */
  readonly end: string;
  /** Undefined for what is no code. */
  readonly tag: string | undefined;
  readonly lines: ListingLine[];
}

interface Before {
  readonly afterBlank: boolean;
  readonly afterText: boolean;
}

function openedBy(line: string, tag: string, { afterBlank, afterText }: Before): Open | undefined {
  // Below text a row of dashes makes it a heading.
  if (/^(?:-{4,}|\.{4,})$/.test(line) && !afterText) return { end: line, tag: tag, lines: [] };
  if (/^(?:\/{4,}|\+{4,}|\|={3,})$/.test(line)) return { end: line, tag: undefined, lines: [] };
  const fence = /^```([\w-]*)/.exec(line);
  if (fence) return { end: '```', tag: fence[1] ?? '', lines: [] };
  return afterBlank && /^[ \t]+\S/.test(line) ? { end: '', tag: tag, lines: [] } : undefined;
}

/** The language of `source,bash`, `,bash` and `source%linenums,bash`; empty for a listing of nothing that is named. */
function tagOf(attributes: string): string {
  const [style = '', language = ''] = attributes.split(',').map((part) => part.trim());
  return /^(?:source\b.*)?$/.test(style) ? language.replace(/^lang(?:uage)?=/, '') : '';
}

/** `<1>` at the end of a line points to an explanation below. */
function withoutCallout(text: string, { from, to }: ListingLine): ListingLine {
  const callouts = /(?:\s+(?:#\s*|\/\/\s*)?(?:<(?:\d+|\.)>\s*)+)$/.exec(text.slice(from, to))?.[0].length ?? 0;
  return { from, to: to - callouts };
}

function push(blocks: CodeBlock[], text: string, { tag, lines }: Open): void {
  if (tag !== undefined) blocks.push({ tag, lines: dedentLines(text, lines, 8) });
}
