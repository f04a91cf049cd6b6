/** A command of a console transcript. */
export interface TranscriptCommand {
  /** By its prompt; absent where that names none. */
  readonly host?: string;
  /** Its lines, each from behind the prompt on. */
  readonly pieces: readonly { readonly line: number; readonly from: number }[];
}

interface Prompt {
  readonly host?: string;
  readonly length: number;
}

/** `user@host:path$`, `[user@host path]#`, with a virtual environment before it. */
const USER = /^\s*(?:\([\w.-]+\)\s*)?\[?[\w-]+@([\w.-]+)(?:[:\s][^$#%\n]{0,80})?\]?\s?[$#%](?:\s+|$)/;
/** `host#`, `host:~$`, `host%`. */
const HOST = /^\s*([A-Za-z][\w.-]{0,40})(?::[~/][^\s$#%]*)?\s?[$#%]\s+(?=[a-z./~])/;
const BARE = /^\s*(?:\([\w.-]+\)\s*)?[$%]\s+(?=\S)/;
/** A prompt of root, or a comment. */
const ROOT = /^\s*#\s+(?=\S)/;
/** What a line begins with when `#` before it is a prompt. */
const PROGRAM =
  /^(?:zfs|zpool|ssh|sudo|syncoid|sanoid|systemctl|modprobe|apt(?:-get)?|pkg|dnf|service|mount|umount|cat|echo|ls|export|for|while|if|[A-Z]\w*=)(?:\s|$|(?<==))/;

/** Whether a block shows what somebody typed, with its output. In a script `#` is a comment. */
export function looksLikeTranscript(lines: readonly string[], isScript: boolean): boolean {
  if (lines.some((line) => USER.test(line) || BARE.test(line))) return true;
  return !isScript && lines.some((line) => isRootPrompt(line) || HOST.test(line));
}

const isRootPrompt = (line: string): boolean => ROOT.test(line) && PROGRAM.test(line.replace(ROOT, ''));

/** Every command; output is left out. A command goes on behind a backslash, in open quotes, a here-document, or after `> `. */
export function readTranscript(lines: readonly string[]): readonly TranscriptCommand[] {
  const commands: TranscriptCommand[] = [];
  const hasOther = lines.some((line) => USER.test(line) || BARE.test(line));
  for (let index = 0; index < lines.length; index++) {
    const prompt = promptOf(lines[index] ?? '', hasOther);
    if (!prompt) continue;
    const pieces = [{ line: index, from: prompt.length }];
    let text = (lines[index] ?? '').slice(prompt.length);
    while (index + 1 < lines.length && goesOn(text, lines[index + 1] ?? '', hasOther)) {
      index += 1;
      const next = lines[index] ?? '';
      const from = /^\s*>\s/.exec(next)?.[0].length ?? 0;
      pieces.push({ line: index, from });
      text += `\n${next.slice(from)}`;
      if (pieces.length >= MAX_LINES) break;
    }
    commands.push({ ...(prompt.host !== undefined && { host: prompt.host }), pieces });
  }
  return commands;
}

/** No command that people show is longer, and an open quote would take the rest of the block. */
const MAX_LINES = 60;

function promptOf(line: string, hasOther: boolean): Prompt | undefined {
  const user = USER.exec(line);
  if (user?.[1] !== undefined) return { host: user[1], length: user[0].length };
  const bare = BARE.exec(line);
  if (bare) return { length: bare[0].length };
  const root = ROOT.exec(line);
  if (root) return hasOther || !isRootPrompt(line) ? undefined : { length: root[0].length };
  const host = hasOther ? null : HOST.exec(line);
  return host?.[1] === undefined ? undefined : { host: host[1], length: host[0].length };
}

function goesOn(text: string, next: string, hasOther: boolean): boolean {
  const document = /<<-?\s*['"]?(\w+)['"]?/.exec(text)?.[1];
  if (document !== undefined && text.includes('\n')) return !new RegExp(String.raw`\n\s*${document}\s*$`).test(text);
  if (document !== undefined || text.endsWith('\\') || /^\s*>\s/.test(next)) return true;
  if (promptOf(next, hasOther)) return false;
  return /(?:\||&&|\|\|)\s*$/.test(text) || hasOpenQuote(text);
}

function hasOpenQuote(text: string): boolean {
  let open = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\' && open !== "'") i += 1;
    else if (open === '' && /["']/.test(character)) open = character;
    else if (character === open) open = '';
  }
  return open !== '';
}
