import type { LabScenario } from '../scenario';
import { TREE } from './tree';

export const SCENARIOS: readonly LabScenario[] = [
  { name: 'fresh', summary: 'An encrypted tree at the source, an empty pool at the target.', lines: TREE },
];
