import type { Invocation, Runbook } from '../runbook/runbook';

/**
 * A command that shows how it is written, with `[-R]`, `<snapshot>` or `…` for what is to be filled in, or that asks for its own help: what
 * zfs would refuse about it is no mistake.
 */
export function isUsageText(invocation: Invocation, { text }: Runbook): boolean {
  const { words, span } = invocation;
  if (asksForHelp(invocation)) return true;
  if (words.some(({ shown }) => /^-*[[<]|[\]>]$|\.\.\.|…|^-+$|^\{.*\|/.test(shown))) return true;
  // `-i <snapshot>` is a redirect for the shell, which ends the command there.
  return /^[ \t]*(?:<[A-Za-z][^<>\n]*>|&lt;|\[|…|\.\.\.)/.test(text.slice(span.end, span.end + 40));
}

/** `-h` is a flag of its own for send and receive, and alone it does nothing there but print the usage. */
export function asksForHelp({ words: [, ...rest] }: Invocation): boolean {
  return (
    rest.some(({ shown }) => /^(?:-\?|--?help|--usage)$/.test(shown)) || (rest.length === 1 && rest[0]?.shown === '-h')
  );
}
