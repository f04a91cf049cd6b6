import { planChangeTests } from './plan-change.test';
import { runMocha } from './run-mocha';
import { untrustedTests } from './untrusted.test';

/** In a workspace that is not trusted. */
export const run = (): Promise<void> => runMocha(untrustedTests, planChangeTests);
