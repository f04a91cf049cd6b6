import type { Scenario } from '../../../scripts/contract/scenario';
import { chains } from './chains';
import { children } from './children';
import { clonesAndVolumes } from './clones-and-volumes';
import { delegation } from './delegation';
import { destroys } from './destroys';
import { dryRuns } from './dry-runs';
import { firstReceives } from './first-receives';
import { foundAtRandom } from './found-at-random';
import { holds } from './holds';
import { increments } from './increments';
import { keyChanges } from './key-changes';
import { keys } from './keys';
import { looks } from './looks';
import { partialStreams } from './partial-streams';
import { properties } from './properties';
import { receiveOptions } from './receive-options';
import { relays } from './relays';
import { resume } from './resume';
import { setAndInherit } from './set-and-inherit';
import { wrongUse } from './wrong-use';

/** Every scenario of the contract between the model and OpenZFS. */
export const SCENARIOS: readonly Scenario[] = [
  ...firstReceives,
  ...increments,
  ...resume,
  ...partialStreams,
  ...chains,
  ...children,
  ...clonesAndVolumes,
  ...destroys,
  ...holds,
  ...relays,
  ...keys,
  ...keyChanges,
  ...delegation,
  ...properties,
  ...receiveOptions,
  ...setAndInherit,
  ...dryRuns,
  ...looks,
  ...wrongUse,
  ...foundAtRandom,
];
