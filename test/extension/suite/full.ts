import { commandTests } from './commands.test';
import { hostsTests } from './hosts.test';
import { languageTests } from './language.test';
import { runbookTests } from './runbook.test';
import { labTests } from './lab.test';
import { planChangeTests } from './plan-change.test';
import { runMocha } from './run-mocha';
import { terminalTests } from './terminal.test';

/** Everything that needs no host. */
export const run = (): Promise<void> =>
  runMocha(languageTests, runbookTests, terminalTests, hostsTests, commandTests, planChangeTests, labTests);
