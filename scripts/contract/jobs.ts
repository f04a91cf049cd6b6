import type { ZfsRelease } from '../zfs-lab/recipe';
import { differsByRelease } from './differs-by-release';
import type { Options } from './options';
import { randomSequence } from './random/random-sequence';
import type { Scenario } from './scenario';

/** One scenario to play, with the name that the table counts it under. */
export interface Job {
  readonly subject: string;
  readonly scenario: Scenario;
  /** Drawn, not written: where it differs, it is made smaller. */
  readonly isRandom?: true;
}

/** What one pair of guests has to do. */
export interface Batch {
  readonly release: ZfsRelease;
  readonly jobs: readonly Job[];
}

/** The sequences that are part of every run without arguments. */
const RANDOM_BY_DEFAULT = 40;

/**
 * Without arguments: all on 2.3, what 2.1 does differently on 2.1 as well, and some random sequences on 2.3. NAMEs or `--random`
 * ask for those alone (`--random 0`: for everything but random sequences), and `--release` for the release to play all of it on.
 */
export function batchesOf(options: Options, all: readonly Job[]): readonly Batch[] {
  const { names, releases, random, seed } = options;
  const isRandomOnly = names.length === 0 && random !== undefined && random > 0;
  const chosen = isRandomOnly ? [] : all.filter((job) => isWanted(job, names));
  const count = random ?? (names.length === 0 ? RANDOM_BY_DEFAULT : 0);
  const drawn = (release: ZfsRelease): readonly Job[] =>
    Array.from({ length: count }, (_, number) => ({
      subject: `random, seed ${seed}`,
      scenario: randomSequence(seed, number, release),
      isRandom: true,
    }));
  const batches: readonly Batch[] =
    releases === undefined
      ? [
          { release: '2.3', jobs: [...chosen, ...drawn('2.3')] },
          { release: '2.1', jobs: chosen.filter(({ scenario }) => differsByRelease(scenario)) },
        ]
      : releases.map((release) => ({ release, jobs: [...chosen, ...drawn(release)] }));
  return batches.filter(({ jobs }) => jobs.length > 0);
}

const isWanted = ({ subject, scenario }: Job, names: readonly string[]): boolean =>
  names.length === 0 || names.some((word) => subject === word || scenario.name.includes(word));
