import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SCENARIOS } from '../../test/contract/scenarios';
import type { Job } from './jobs';
import type { Scenario } from './scenario';

const FOLDER = join(__dirname, '../../test/contract/scenarios');

/** Every scenario under the name of the file that it stands in. */
export async function scenarioJobs(): Promise<readonly Job[]> {
  const subjects = new Map<string, string>();
  for (const file of readdirSync(FOLDER).filter((name) => name !== 'index.ts')) {
    const lists = (await import(join(FOLDER, file))) as Readonly<Record<string, readonly Scenario[]>>;
    for (const scenario of Object.values(lists).filter(Array.isArray).flat() as readonly Scenario[])
      subjects.set(scenario.name, basename(file, '.ts'));
  }
  return SCENARIOS.map((scenario) => ({ subject: subjects.get(scenario.name) ?? 'scenarios', scenario }));
}
