import type { Scenario } from '../../../scripts/contract/scenario';
import { delegation } from './delegation';
import { firstReceives } from './first-receives';
import { increments } from './increments';
import { looks } from './looks';
import { properties } from './properties';
import { structure } from './structure';

/** Every scenario of the contract between the model and OpenZFS. */
export const SCENARIOS: readonly Scenario[] = [
  ...firstReceives,
  ...increments,
  ...delegation,
  ...looks,
  ...properties,
  ...structure,
];
