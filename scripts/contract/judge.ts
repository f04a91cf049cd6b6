import type { Release } from '../../server/src/core/model/state';
import { compare } from './compare';
import type { Difference } from './compare';
import { playOnGuest } from './play-on-guest';
import type { Guest } from './play-on-guest';
import type { Played } from './played';
import { playOnModel } from './play-on-model';
import type { Scenario } from './scenario';

/** Plays a scenario on both sides; undefined when they agree. A model that gives up differs from whatever OpenZFS does. */
export async function judge(scenario: Scenario, guest: Guest, release: Release): Promise<Difference | undefined> {
  let model: readonly Played[];
  try {
    model = playOnModel(scenario, release);
  } catch (error) {
    return { line: '', what: 'stdout', model: messageOf(error), real: 'not played' };
  }
  try {
    return compare(model, await playOnGuest(guest, scenario));
  } catch (error) {
    return { line: '', what: 'stdout', model: 'played to its end', real: messageOf(error) };
  }
}

/**
 * Whether a part of a scenario can differ where the whole does: the model has to take that line as it did, or the part lacks what the
 * line needs, such as the stream that it reads. This saves most of the seconds that a part costs on a guest.
 */
export function isWorthPlaying(part: Scenario, whole: Scenario, { line }: Difference, release: Release): boolean {
  const codes = (scenario: Scenario): string | undefined =>
    playOnModel(scenario, release)
      .findLast((played) => played.line === line)
      ?.exitCodes.join(' ');
  if (line === '') return true;
  if (lacksStream(part)) return false;
  try {
    return codes(part) === codes(whole);
  } catch {
    return false;
  }
}

/** Whether a line reads a stream that no earlier one wrote. */
const lacksStream = ({ lines }: Scenario): boolean =>
  lines.some((line, index) => {
    const read = / < (?!\/)(\S+)/.exec(line)?.[1];
    return read !== undefined && !lines.slice(0, index).some((earlier) => earlier.endsWith(` > ${read}`));
  });

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
