import { setFlagsFromString } from 'node:v8';

/** In bytecodes that a function runs; fifteen times the usual. */
const BUDGET = 1_000_000;

/**
 * Has V8 optimise only what a long run keeps repeating. Most runs last less than a second, and it would spend half of
 * that on optimising what is soon over, on processors that other threads could use. Linting a hundred scripts takes a
 * quarter less time by it, and a thousand take no longer. For the whole process, threads included.
 */
export function optimiseLate(): void {
  // Other engines count differently, and the flag is none of Node's own.
  if (/^1[12]\./.test(process.versions.v8)) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
