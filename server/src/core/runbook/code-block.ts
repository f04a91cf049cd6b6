import { createPlacement, placeOf, sliceOf, textOf, unknown } from '../shell/placed-text';
import type { PlacedText, Placement, Run } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { Region, ShellRegion } from './extractor';
import type { Dialect } from './runbook';
import { looksLikeTranscript, readTranscript } from './transcript';

/** A block of code in a text that people read. */
export interface CodeBlock {
  /** Its tag in lower case; absent where it has none, so that its lines decide. */
  readonly language?: string;
  /** Each line without what the document puts before it, and without its end. */
  readonly lines: readonly Span[];
}

/** The regions of one block: a transcript's commands, a script, or a file of another kind. */
export function readBlock(placement: Placement, block: CodeBlock): readonly Region[] {
  const { language = '', lines } = block;
  const path = FILES.get(language);
  if (path !== undefined)
    return [{ kind: 'file', path: fileOf(placement.text, lines, path), text: join(placement, lines) }];
  const dialect = SHELLS.get(language);
  if (dialect === undefined && language !== '') return [];
  const texts = lines.map(({ start, end }) => placement.text.slice(start, end));
  const isScript = SCRIPTS.has(language);
  if (looksLikeTranscript(texts, isScript)) {
    return readTranscript(texts).map((command) => ({
      ...shell,
      text: withPlaceholders(
        join(
          placement,
          command.pieces.map((piece) => pieceOf(lines, piece)),
        ),
      ),
      dialect: dialect ?? 'unknown',
      setting: { medium: 'transcript' },
      route: command.host === undefined ? [] : [command.host],
      session: `transcript ${command.host ?? ''}`,
    }));
  }
  const code = lines.filter((_, index) => !USAGE.test(texts[index] ?? ''));
  if (!isScript && !texts.some((text) => COMMAND.test(text))) return [];
  const text = withPlaceholders(join(placement, code));
  return [
    { ...shell, text, dialect: dialect ?? 'sh', setting: { medium: 'document' }, route: [], session: 'document' },
  ];
}

const shell = { kind: 'shell', pipefail: 'off' } as const satisfies Partial<ShellRegion>;

/** Tags of shell text; of those not in `SCRIPTS` the prompts show what is a command. */
const SHELLS: ReadonlyMap<string, Dialect> = new Map([
  ['sh', 'sh'],
  ['bash', 'bash'],
  ['shell', 'unknown'],
  ['zsh', 'zsh'],
  ['ksh', 'ksh'],
  ['console', 'unknown'],
  ['terminal', 'unknown'],
  ['shell-session', 'unknown'],
  ['shellsession', 'unknown'],
  ['sh-session', 'unknown'],
  ['bash-session', 'unknown'],
]);

const SCRIPTS: ReadonlySet<string> = new Set(['sh', 'bash', 'shell', 'zsh', 'ksh']);

/** Tags of other documents that hold shell text. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['yaml', 'block.yml'],
  ['yml', 'block.yml'],
  ['nix', 'block.nix'],
  ['systemd', 'block.service'],
  ['service', 'block.service'],
  ['ini', 'block.ini'],
  ['crontab', 'crontab'],
  ['cron', 'crontab'],
]);

const fileOf = (text: string, lines: readonly Span[], path: string): string =>
  path === 'block.ini' && lines.some(({ start, end }) => /^\[(?:Service|Timer)\]/.test(text.slice(start, end)))
    ? 'block.service'
    : path;

/** How a block without a tag begins when it holds commands. */
const COMMAND = /^\s*(?:(?:sudo|doas)\s+)?(?:zfs|zpool|syncoid|ssh)\s+[-\w]/;

/** A synopsis, which nobody runs. */
const USAGE = /\[-\w|\[--\w|\[<|\|\s*-\w+\s*\]|\w\s*\]\s*\.\.\.|<\w[^>]*>\s*\.\.\./;

interface Piece {
  readonly line: number;
  readonly from: number;
}

function pieceOf(lines: readonly Span[], { line, from }: Piece): Span {
  const { start, end } = lines[line] ?? { start: 0, end: 0 };
  return { start: Math.min(start + from, end), end };
}

/** Lines with their ends: what stands between two is no part of the code. */
function join(placement: Placement, lines: readonly Span[]): PlacedText {
  return lines.flatMap(({ start, end }): PlacedText => {
    const next = Math.min(end + 1, placement.text.length);
    return [...sliceOf(placement, start, end), { kind: 'derived', text: '\n', span: placeOf(placement, end, next) }];
  });
}

/** `<pool>` stands for what the reader puts there. */
const PLACEHOLDER = /(?<![<\w])<[A-Za-z][\w .-]{0,30}>/g;

function withPlaceholders(text: PlacedText): PlacedText {
  const written = textOf(text);
  if (!written.includes('<')) return text;
  const placement = createPlacement(text);
  const result: Run[] = [];
  let plain = 0;
  for (const match of written.matchAll(PLACEHOLDER)) {
    const end = match.index + match[0].length;
    const place = placeOf(placement, match.index, end);
    result.push(...sliceOf(placement, plain, match.index), unknown(match[0], `placeholder:${match[0]}`, place));
    plain = end;
  }
  return [...result, ...sliceOf(placement, plain, written.length)];
}
