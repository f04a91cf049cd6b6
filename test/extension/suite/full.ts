import { commandTests } from './commands.test';
import { hostsTests } from './hosts.test';
import { languageTests } from './language.test';
import { runMocha } from './run-mocha';
import { runbookTests } from './runbook.test';

/** Everything that needs no host. */
export const run = (): Promise<void> => runMocha(languageTests, runbookTests, hostsTests, commandTests);
