import { estimate } from './commands/estimate';
import { explain } from './commands/explain';
import { inventory } from './commands/inventory';
import { lab } from './commands/lab';
import { lint } from './commands/lint';
import { plan } from './commands/plan';
import { policy } from './commands/policy';
import { run } from './commands/run';
import { simulate } from './commands/simulate';
import { verify } from './commands/verify';
import type { Command } from './define-command';

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly Command[] = [
  lint,
  plan,
  estimate,
  run,
  verify,
  simulate,
  inventory,
  explain,
  policy,
  lab,
];
