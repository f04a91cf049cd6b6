import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOSTS } from '../zfs-lab/hosts';
import { startLab, stopLab } from '../zfs-lab/lab';
import { guardGuests } from '../zfs-lab/process';
import type { ZfsRelease } from '../zfs-lab/recipe';
import { shareConnection } from '../zfs-lab/ssh';
import { formatDifference, formatScenario } from './format-difference';
import type { Verdict } from './format-table';
import type { Batch, Job } from './jobs';
import { isWorthPlaying, judge } from './judge';
import type { Guest } from './play-on-guest';
import { releaseOf } from './release-of';
import { shrinkScenario } from './shrink-scenario';

/** Plays a batch on a fresh pair of guests, and prints what differs as it is found. */
export async function playBatch({ release, jobs }: Batch): Promise<readonly Verdict[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rawsend-contract-'));
  try {
    const { sshConfig } = await startLab(directory, console.error, release);
    const leave = guardGuests(directory);
    const shared = HOSTS.map((host) => shareConnection(sshConfig, host));
    const guests = HOSTS.map((host): Guest => ({ sshConfig, host }));
    const name = await releaseOf({ sshConfig, host: 'source' });
    const verdicts = await playJobs(jobs, guests, { release, name });
    for (const connection of shared) connection.kill();
    leave();
    return verdicts;
  } finally {
    await stopLab(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The release that the model plays, and what the guest says of itself. */
interface Opponent {
  readonly release: ZfsRelease;
  readonly name: string;
}

const PROGRESS_EVERY = 20;

/** Every guest takes the next scenario when it is free. */
async function playJobs(
  jobs: readonly Job[],
  guests: readonly Guest[],
  against: Opponent,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  let next = 0;
  let done = 0;
  const work = async (guest: Guest): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job) verdicts[index] = await playJob(job, guest, against);
      if (++done % PROGRESS_EVERY === 0) console.error(`OpenZFS ${against.name}: ${done} of ${jobs.length} played`);
    }
  };
  await Promise.all(guests.map(work));
  return verdicts;
}

async function playJob({ subject, scenario, isRandom }: Job, guest: Guest, against: Opponent): Promise<Verdict> {
  const { release, name } = against;
  const difference = await judge(scenario, guest, release);
  if (difference) console.log(`OpenZFS ${name} ${formatDifference(scenario, difference)}`);
  if (difference && isRandom) {
    const shrunk = await shrinkScenario(scenario, difference, async (part) =>
      isWorthPlaying(part, scenario, difference, release) ? judge(part, guest, release) : undefined,
    );
    console.log(`the smallest that still differs there\n${formatScenario(shrunk)}`);
  }
  return { release: name, subject, agreed: difference === undefined };
}
