import type { Placement } from '../shell/placed-text';
import { documentText } from './document-text';
import type { Extractor, Region } from './extractor';
import { dedentLines, indentOf } from './indentation';
import { looksLikeCommand } from './command-shape';
import { linesOf } from './listing';
import type { ListingLine } from './listing';
import { readPrompt } from './prompts';
import { readBlock } from './read-block';
import { readListing } from './read-listing';

/** Plain text is prose: commands are what is indented and reads like them, and what stands behind prompts. */
export const textExtractor: Extractor = {
  accepts: ({ path, languageId }) => NAME.test(path) || (languageId === 'plaintext' && path.startsWith('untitled:')),
  extract(document) {
    const source = documentText(document.placement);
    return stretches(source.text).flatMap((stretch) => readStretch(source, stretch));
  },
};

const NAME = /\.(?:txt|text)$|(?:^|[/\\])(?:README|INSTALL|HOWTO|NOTES|RUNBOOK)$/i;

interface Stretch {
  readonly indented: boolean;
  readonly lines: ListingLine[];
  /** Of its first line. */
  readonly indent: number;
  readonly isCode: boolean;
}

/** An empty line within code ends nothing; between indented paragraphs of text it does. */
const goesOn = ({ isCode, indent: own }: Stretch, indent: number): boolean => isCode && indent >= own;

const beginsCode = (line: string): boolean => readPrompt(line) !== undefined || looksLikeCommand(line);

const TAB_STOP = 8;

/** Indented lines after an empty one, and the lines between such blocks. */
function stretches(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let afterBlank = true;
  for (const line of linesOf(text)) {
    const written = text.slice(line.from, line.to);
    const isBlank = written.trim() === '';
    const last = found.at(-1);
    const indent = indentOf(written, TAB_STOP);
    const isIndented = !isBlank && indent >= 2 && (afterBlank || last?.indented === true);
    const isNext = afterBlank && isIndented && last?.indented === true && !goesOn(last, indent);
    if (last && !isNext && (isBlank || last.indented === isIndented)) last.lines.push(line);
    else found.push({ indented: isIndented, lines: [line], indent, isCode: isIndented && beginsCode(written) });
    afterBlank = isBlank;
  }
  return found;
}

function readStretch(source: Placement, { indented, lines }: Stretch): readonly Region[] {
  if (!indented) return readListing({ source, lines, hint: 'prompted', dialect: 'unknown' });
  return readBlock(source, { tag: '', lines: dedentLines(source.text, lines, TAB_STOP) });
}
