/** Characters that no POSIX shell gives a meaning to, in any place of a word. */
const PLAIN = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/** A first word of this kind would be read as syntax or as an assignment. */
const SYNTAX = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|select|time|coproc)$|=/;

/**
 * The POSIX shell text that stands for `argv`: parsed by any `sh` it gives the same words again, the first one
 * as the program. This is the only function of the project that quotes.
 *
 * A NUL character cannot be passed to a program at all, so one in `argv` is a bug of the caller.
 */
export function quote(argv: readonly string[]): string {
  return argv.map((word, index) => (index === 0 && SYNTAX.test(word) ? inQuotes(word) : quoteWord(word))).join(' ');
}

function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : inQuotes(word);
}

/** Within single quotes only the single quote itself needs care. */
function inQuotes(word: string): string {
  if (word.includes('\0')) throw new Error('an argument holds a NUL character');
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
