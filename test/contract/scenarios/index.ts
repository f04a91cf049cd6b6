import type { Scenario } from '../../../scripts/contract/scenario';
import { chains } from './chains';
import { children } from './children';
import { clonesAndVolumes } from './clones-and-volumes';
import { delegation } from './delegation';
import { destroys } from './destroys';
import { dryRuns } from './dry-runs';
import { firstReceives } from './first-receives';
import { increments } from './increments';
import { looks } from './looks';
import { properties } from './properties';
import { receiveOptions } from './receive-options';
import { setAndInherit } from './set-and-inherit';
import { wrongUse } from './wrong-use';

/** Every scenario of the contract between the model and OpenZFS. */
export const SCENARIOS: readonly Scenario[] = [
  ...firstReceives,
  ...increments,
  ...chains,
  ...children,
  ...clonesAndVolumes,
  ...destroys,
  ...delegation,
  ...properties,
  ...receiveOptions,
  ...setAndInherit,
  ...dryRuns,
  ...looks,
  ...wrongUse,
];
