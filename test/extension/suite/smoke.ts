import { hostsTests } from './hosts.test';
import { languageTests } from './language.test';
import { runbookTests } from './runbook.test';
import { runMocha } from './run-mocha';

/** What must work in the oldest VS Code that is supported. */
export const run = (): Promise<void> => runMocha(languageTests, runbookTests, hostsTests);
