import { randomBytes } from 'node:crypto';

/**
 * What the login shell is asked to run. The script follows as the first line of standard input, so the login shell
 * may be fish or csh, no length limit of an argument applies, and nothing of the script shows in a process list.
 * `read` takes a pipe byte by byte, as POSIX demands, and leaves the rest of it to the script's commands.
 */
export const BOOTSTRAP = `exec sh -c 'IFS= read -r script && eval "$(printf %b "$script")"'`;

/** A login shell without a profile does not look where zfs lives, and messages are matched in English. */
const PROLOGUE = 'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" LC_ALL=C; export PATH LC_ALL';

/** The script as one line of printable ASCII for BOOTSTRAP, newline included. */
export function encodeScript(script: string): string {
  const bytes = [...Buffer.from(`${PROLOGUE}\n${script}`)];
  return `${bytes.map(encodeByte).join('')}\n`;
}

/** A word that no output holds by chance; it frames what Rawsend's own scripts report. */
export const newMarker = (): string => `@rawsend-${randomBytes(12).toString('hex')}`;

/** Reports the script's process id as its first line on standard error, which is how it can be ended later. */
export const reportPid = (marker: string): string => `echo "${marker} pid $$" >&2`;

const BACKSLASH = 0x5c;

/** Ends, on standard output, what the login shell's start-up files may have printed before the script. */
export const reportStart = (marker: string): string => `echo '${marker} out'`;

const encodeByte = (byte: number): string =>
  byte < 0x20 || byte > 0x7e || byte === BACKSLASH
    ? `\\0${byte.toString(8).padStart(3, '0')}`
    : String.fromCharCode(byte);
