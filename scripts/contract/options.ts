import { parseArgs } from 'node:util';
import { RELEASES } from '../zfs-lab/recipe';
import type { ZfsRelease } from '../zfs-lab/recipe';

/** What is to be played; `undefined` is not asked for. */
export interface Options {
  /** Words out of the names of scenarios or of their files. */
  readonly names: readonly string[];
  readonly releases?: readonly ZfsRelease[];
  /** How many random sequences. */
  readonly random?: number;
  readonly seed: number;
}

export const USAGE = 'Usage: npm run contract -- [NAME…] [--release 2.3|2.1|both] [--random N] [--seed S]';

/** The words of the command line; throws an error that says what is wrong with them. */
export function parseOptions(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { release: { type: 'string' }, random: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  return {
    names: positionals,
    ...(values.release !== undefined && { releases: releasesOf(values.release) }),
    ...(values.random !== undefined && { random: wholeNumber('random', values.random) }),
    seed: wholeNumber('seed', values.seed),
  };
}

function releasesOf(text: string): readonly ZfsRelease[] {
  if (text === 'both') return RELEASES;
  const release = RELEASES.find((each) => each === text);
  if (release === undefined) throw new Error(`--release takes ${RELEASES.join(', ')} or both, not ${text}`);
  return [release];
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}
