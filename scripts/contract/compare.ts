import { normaliser } from './normalise';
import { SIGPIPE } from './played';
import type { Played } from './played';

export interface Difference {
  readonly line: string;
  readonly what: 'exit codes' | 'stdout' | 'stderr';
  readonly model: string;
  readonly real: string;
}

/** The first line that differs: what follows it follows from it. */
export function compare(model: readonly Played[], real: readonly Played[]): Difference | undefined {
  const [ofModel, ofReal] = [normaliser(), normaliser()];
  for (const [index, ours] of model.entries()) {
    const theirs = real[index];
    if (theirs === undefined) return { line: ours.line, what: 'stdout', model: ours.stdout, real: 'nothing' };
    for (const [what, a, b] of [
      ['exit codes', codes(ours), codes(theirs, ours.racing)],
      ['stderr', ofModel(ours.stderr), ofReal(theirs.stderr)],
      ['stdout', ofModel(ours.stdout), ofReal(theirs.stdout)],
    ] as const) {
      if (a !== b && !isReordered(ours.line, a, b)) return { line: ours.line, what, model: a, real: b };
    }
  }
  return undefined;
}

const codes = ({ exitCodes }: Played, racing: readonly number[] = []): string =>
  exitCodes.map((code, index) => (code === SIGPIPE && racing.includes(index) ? 0 : code)).join(' ');

const sorted = (text: string): string => text.split('\n').toSorted().join('\n');

/** Siblings are sent, and the tags of a snapshot told, in the order of a hash table, which is another one on every pool. */
function isReordered(line: string, a: string, b: string): boolean {
  if (!/\bsend\b|\breceive\b|\bholds\b/.test(line)) return false;
  return sorted(a) === sorted(b);
}
