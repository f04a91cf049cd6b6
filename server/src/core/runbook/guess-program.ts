import { derived, describe, textOf } from '../shell/placed-text';
import { findSubcommand } from '../zfs/tables';
import type { Field } from './runbook';

/** `$ZFS send`, `$SUDO zfs send` and `$SSH host`, where the document does not say what the variable holds. */
export function guessProgram(fields: readonly Field[]): readonly Field[] | undefined {
  const [first, second] = fields;
  if (!first || !second || first.text.length !== 1 || first.arity === 'list') return undefined;
  const [name, next] = [describe(first.text), textOf(second.text)];
  const called = (program: string): Field => ({ ...first, text: [derived(program, first.span)] });
  if (/zfs/i.test(name) && findSubcommand('zfs', next)) return [called('zfs'), ...fields.slice(1)];
  const isProgram = /^(?:.*\/)?(?:zfs|zpool|sudo|doas|ssh)$/.test(next);
  if (!/ssh|remote|rsh/i.test(name)) return isProgram ? fields.slice(1) : undefined;
  // What follows is the command when the variable holds the host as well.
  const holdsHost = isProgram || /\s/.test(next);
  if (holdsHost) return [called('ssh'), { ...first, arity: 'one' }, ...fields.slice(1)];
  return /ssh(?:_?(?:cmd|command|bin|prog(?:ram)?))?\}?$/i.test(name) ? [called('ssh'), ...fields.slice(1)] : undefined;
}
