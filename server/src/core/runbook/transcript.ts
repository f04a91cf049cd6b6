import { textOf } from '../shell/placed-text';
import { isUsage, looksLikeCommand } from './command-shape';
import type { ShellRegion } from './extractor';
import { textOfLine } from './listing';
import type { Listing, ListingLine } from './listing';
import { fillPlaceholders, joinLines } from './listing-text';
import { NEW_COMMAND, isOpen, readCommandLine } from './open-command';
import { continuationLength, readPrompt } from './prompts';
import type { Prompt } from './prompts';

/** The commands of a console transcript, each a region: what stands between them is output. */
export function readTranscript(listing: Listing): readonly ShellRegion[] {
  const regions: ShellRegion[] = [];
  const known = new Set<string>();
  let vain = 0;
  for (let index = 0; index < listing.lines.length;) {
    const line = listing.lines[index];
    const prompt = line && promptOf(listing, line, known);
    if (!line || !prompt) {
      index += 1;
      continue;
    }
    known.add(prompt.text);
    const { command, looked } = readCommand(listing, index, { prompt, limit: index < vain ? FEW_LINES : MANY_LINES });
    if (looked > command.length) vain = Math.max(vain, index + looked);
    const text = fillPlaceholders(joinLines(listing.source, command));
    if (!isUsage(textOf(text))) regions.push(toRegion(listing, text, prompt));
    index += command.length;
  }
  return regions;
}

/** A prompt that stood before a command is one wherever it stands; a comment is none. */
function promptOf(listing: Listing, line: ListingLine, known: ReadonlySet<string>): Prompt | undefined {
  const text = textOfLine(listing, line);
  const prompt = readPrompt(text);
  if (!prompt || prompt.length >= text.length) return undefined;
  if (prompt.kind === 'sure') return prompt;
  if (prompt.kind === 'likely' && prompt.text.length > 1 && known.has(prompt.text)) return prompt;
  return looksLikeCommand(text.slice(prompt.length)) ? prompt : undefined;
}

/** Further lines of one command are looked for this far, and less far where that was in vain: so no line is read often. */
const MANY_LINES = 500;
const FEW_LINES = 20;

interface Command {
  readonly command: readonly ListingLine[];
  /** Lines that were looked at. */
  readonly looked: number;
}

/** The lines of one command. One that no line ends is its first line only. */
function readCommand(
  listing: Listing,
  index: number,
  { prompt, limit }: { readonly prompt: Prompt; readonly limit: number },
): Command {
  const first = listing.lines[index];
  if (!first) return { command: [], looked: 0 };
  const start = { from: first.from + prompt.length, to: first.to };
  const lines = [start];
  let state = readCommandLine(NEW_COMMAND, textOfLine(listing, start));
  while (isOpen(state) && lines.length < limit) {
    const next = listing.lines[index + lines.length];
    if (!next) break;
    const text = textOfLine(listing, next);
    // The next command has begun, so this one was over.
    if (state.delimiters.length === 0 && readPrompt(text)?.kind === 'sure') break;
    const line = { from: next.from + continuationLength(text), to: next.to };
    lines.push(line);
    state = readCommandLine(state, textOfLine(listing, line));
  }
  return { command: isOpen(state) ? [start] : lines, looked: lines.length };
}

function toRegion(listing: Listing, text: ShellRegion['text'], { host }: Prompt): ShellRegion {
  return {
    kind: 'shell',
    text,
    dialect: listing.dialect,
    // A person looks at what each command says.
    pipefail: 'unknown',
    setting: { medium: 'transcript' },
    route: host === undefined ? [] : [host],
    session: host ?? '',
  };
}
