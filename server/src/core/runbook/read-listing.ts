import { textOf } from '../shell/placed-text';
import { isUsage, looksLikeCommand } from './command-shape';
import { shebangDialect } from './extract-shell';
import type { ShellRegion } from './extractor';
import { textOfLine } from './listing';
import type { Listing } from './listing';
import { fillPlaceholders, joinLines } from './listing-text';
import { NEW_COMMAND, readCommandLine } from './open-command';
import { readPrompt } from './prompts';
import { readTranscript } from './transcript';

/**
 * The shell text of a listing: of a transcript what stands behind the prompts, of a script all of it, and nothing of what is
 * neither. Listings of one document are typed into one shell for each host.
 */
export function readListing(listing: Listing): readonly ShellRegion[] {
  switch (styleOf(listing)) {
    case 'transcript':
      return readTranscript(listing);
    case 'script':
      return readScript(listing);
    default:
      return [];
  }
}

type Style = 'transcript' | 'script' | 'neither';

interface Evidence {
  /** Prompts that are nothing else, or are followed by a command. */
  readonly prompts: number;
  /** `# command`. */
  readonly hashCommands: number;
  /** `# words`. */
  readonly comments: number;
  /** Commands without anything before them. */
  readonly bare: number;
  /** The first line that is no comment reads like a command. */
  readonly beginsWithCommand: boolean;
}

function styleOf(listing: Listing): Style {
  const { hint } = listing;
  const lines = listing.lines.map((line) => textOfLine(listing, line));
  if (lines.find((line) => line.trim() !== '')?.startsWith('#!')) return hint === 'prompted' ? 'neither' : 'script';
  if (lines.some((line) => DRAWING.test(line))) return 'neither';
  const evidence = gather(lines);
  if (evidence.prompts > 0 || isRootTranscript(hint, evidence)) return 'transcript';
  if (hint === 'script') return 'script';
  return hint !== 'prompted' && evidence.beginsWithCommand ? 'script' : 'neither';
}

/** Arrows, boxes and trees at the beginning of a line. */
const DRAWING = /^\s*[\u2190-\u21FF\u2500-\u25FF]/;

/** `#` begins a comment in a script, so commands without it decide. */
function isRootTranscript(hint: Listing['hint'], { hashCommands, comments, bare }: Evidence): boolean {
  if (hashCommands === 0) return false;
  if (hint === 'console') return true;
  return bare === 0 && (hint === 'none' || comments === 0) && hint !== 'prompted';
}

function gather(lines: readonly string[]): Evidence {
  let [prompts, hashCommands, comments, bare] = [0, 0, 0, 0];
  let beginsWithCommand: boolean | undefined;
  let state = NEW_COMMAND;
  for (const line of lines) {
    if (line.trim() === '') continue;
    // The second line of `# zfs send … |` is no command of its own.
    const goesOn = state.continued;
    if (goesOn) state = readCommandLine(NEW_COMMAND, line);
    if (goesOn) continue;
    const prompt = readPrompt(line);
    const isCommand = looksLikeCommand(prompt ? line.slice(prompt.length) : line);
    if (prompt?.kind === 'hash') {
      if (isCommand) hashCommands += 1;
      else comments += 1;
      if (isCommand) state = readCommandLine(NEW_COMMAND, line.slice(prompt.length));
      continue;
    }
    if (prompt && (isCommand || (prompt.kind === 'sure' && line.length > prompt.length))) prompts += 1;
    else if (isCommand) bare += 1;
    beginsWithCommand ??= !prompt && isCommand;
  }
  return { prompts, hashCommands, comments, bare, beginsWithCommand: beginsWithCommand === true };
}

function readScript({ source, lines, dialect }: Listing): readonly ShellRegion[] {
  // A usage text between commands is no command.
  const shown = lines.filter(({ from, to }) => !isUsage(source.text.slice(from, to)));
  const text = fillPlaceholders(joinLines(source, shown));
  const written = textOf(text).trimStart();
  const shebang = shebangDialect(written);
  if (shebang === 'other') return [];
  const region = { kind: 'shell', text, setting: { medium: 'document' }, route: [] } as const;
  if (shebang || /^set -[a-z]*e/m.test(written)) return [{ ...region, dialect: shebang ?? dialect, pipefail: 'off' }];
  // Whoever types commands sees them fail, so only a script needs pipefail.
  return [{ ...region, dialect, pipefail: 'unknown', session: '' }];
}
