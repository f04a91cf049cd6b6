/**
 * `npm run contract [-- NAME…]`: plays the scenarios on the model and on real OpenZFS, in two virtual machines at a time, and
 * prints what differs. Ends with 1 when something does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCENARIOS } from '../../test/contract/scenarios';
import { startLab, stopLab } from '../zfs-lab/lab';
import { compare } from './compare';
import type { Difference } from './compare';
import { playOnGuest } from './play-on-guest';
import type { Guest } from './play-on-guest';
import type { Played } from './played';
import { playOnModel } from './play-on-model';
import type { Scenario } from './scenario';

export interface Judged {
  readonly scenario: Scenario;
  readonly difference?: Difference;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = SCENARIOS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  const directory = mkdtempSync(join(tmpdir(), 'rawsend-contract-'));
  try {
    const { sshConfig } = await startLab(directory, console.error);
    const judged = await playAll(chosen, [
      { sshConfig, host: 'source' },
      { sshConfig, host: 'target' },
    ]);
    const differing = judged.filter((each) => each.difference).length;
    console.log(
      `OpenZFS 2.3.2: ${judged.length} scenarios, ${judged.length - differing} agreed, ${differing} differing`,
    );
    process.exitCode = differing > 0 ? 1 : 0;
  } finally {
    await stopLab(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Every guest takes the next scenario when it is free. */
async function playAll(scenarios: readonly Scenario[], guests: readonly Guest[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  let next = 0;
  const work = async (guest: Guest): Promise<void> => {
    for (;;) {
      const index = next++;
      const scenario = scenarios[index];
      if (scenario === undefined) return;
      const each = await judge(scenario, guest);
      if (each.difference) console.log(formatDifference(each));
      judged[index] = each;
    }
  };
  await Promise.all(guests.map(work));
  return judged;
}

async function judge(scenario: Scenario, guest: Guest): Promise<Judged> {
  let real: readonly Played[] = [];
  try {
    real = await playOnGuest(guest, scenario);
    const difference = compare(playOnModel(scenario, '2.3'), real);
    return { scenario, ...(difference && { difference }) };
  } catch (error) {
    const model = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { scenario, difference: { line: '', what: 'stdout', model, real: JSON.stringify(real.at(-1)) } };
  }
}

const indented = (text: string): string => text.replaceAll(/^/gm, '      ');

function formatDifference({ scenario, difference }: Judged): string {
  if (difference === undefined) return '';
  const { line, what, model, real } = difference;
  return `differs: ${scenario.name}\n  ${line}\n  ${what}\n    model\n${indented(model)}\n    OpenZFS\n${indented(real)}\n`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 3;
});
