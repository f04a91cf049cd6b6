import type { Invocation, Runbook } from '../runbook/runbook';

/**
 * A command that shows how it is written, with `[-R]`, `<snapshot>` or `…` for what is to be filled in, or that asks for its own help: what
 * zfs would refuse about it is no mistake.
 */
export function isUsageText({ words, span }: Invocation, { text }: Runbook): boolean {
  const [, ...rest] = words;
  const asksForHelp = rest.some(({ shown }) => /^(?:-\?|--?help|--usage)$/.test(shown));
  if (asksForHelp || (rest.length === 1 && rest[0]?.shown === '-h')) return true;
  if (words.some(({ shown }) => /^-*[[<]|[\]>]$|\.\.\.|…|^-+$|^\{.*\|/.test(shown))) return true;
  // `-i <snapshot>` is a redirect for the shell, which ends the command there.
  return /^[ \t]*(?:<[A-Za-z][^<>\n]*>|&lt;|\[|…|\.\.\.)/.test(text.slice(span.end, span.end + 40));
}
