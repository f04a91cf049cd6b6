import type { ScenarioLine } from '../scenario';

/** Lines that are typed on one host. */
export const on = (host: 'source' | 'target', text: string): readonly ScenarioLine[] =>
  text
    .trim()
    .split('\n')
    .map((line) => ({ host, type: line.trim() }));
