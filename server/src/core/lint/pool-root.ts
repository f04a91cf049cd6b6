import type { Invocation } from '../runbook/runbook';

/**
 * The pool whose root dataset a receive names as its target. With `-d` and `-e` the operand is where the target goes
 * below, and an unknown value may hold a whole path.
 */
export function poolRootTarget({ operands, flags }: Invocation): string | undefined {
  const [operand] = operands;
  if (!operand?.known || flags['discardPool'] || flags['lastName']) return undefined;
  const name = operand.shown.replace(/@.*/, '');
  return name === '' || name.includes('/') ? undefined : name;
}
