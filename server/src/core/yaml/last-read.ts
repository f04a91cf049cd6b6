/**
 * Remembers one answer: an editor asks a dozen things about one text after each keystroke, and each begins by reading it.
 * Nobody can tell the answer from one that was made again, as long as `read` depends on its text alone and what it
 * returns is not changed.
 */
export function lastRead<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly answer: T } | undefined;
  return (text) => {
    if (!isWorthKeeping(text)) return read(text);
    if (last?.text !== text) last = { text, answer: read(text) };
    return last.answer;
  };
}

/** Of short texts, such as one value, there are many between two questions about a file; what is long takes memory. */
export const isWorthKeeping = ({ length }: string): boolean => length >= SHORTEST && length <= LONGEST;

const SHORTEST = 500;
const LONGEST = 250_000;
