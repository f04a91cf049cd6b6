import { NotModelled } from '../../server/src/core/model/outcome';
import { compare } from './compare';
import { playOnModel } from './play-on-model';
import type { Scenario } from './scenario';

/** Whether 2.1 does something else in this scenario: by its own mark, or by what the model says of both releases. */
export function differsByRelease(scenario: Scenario): boolean {
  if (scenario.alsoOn21 !== undefined) return true;
  try {
    return compare(playOnModel(scenario, '2.1'), playOnModel(scenario, '2.3')) !== undefined;
  } catch (error) {
    if (error instanceof NotModelled) return false;
    throw error;
  }
}
