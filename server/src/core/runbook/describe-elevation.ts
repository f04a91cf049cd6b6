import type { Invocation } from './runbook';

/** What gives a command its rights, by the words before it in its line. */
export function elevationOf({ programSpan }: Invocation, text: string): 'sudo' | 'doas' | undefined {
  const lineStart = text.lastIndexOf('\n', programSpan.start - 1) + 1;
  // The beginning of a huge line is not worth reading.
  const before = text.slice(Math.max(lineStart, programSpan.start - 200), programSpan.start);
  const command = /[^|;&()]*$/.exec(before)?.[0] ?? '';
  return /\bsudo\b/.test(command) ? 'sudo' : /\bdoas\b/.test(command) ? 'doas' : undefined;
}
