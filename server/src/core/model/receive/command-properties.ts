/** `-o` and `-x` against what a stream brings (zfs_setup_cmdline_props of libzfs_sendrecv.c). */
import { omit } from '../omit';
import { effective } from '../properties';
import { checkedValue, unfitLocation } from '../property-edits';
import { notModelled } from '../outcome';
import { findProperty, isUserProperty } from '../property-table';
import type { PropertyRule } from '../property-table';
import type { Dataset, State, Values } from '../state';
import type { Assignment } from '../property-edits';
import type { ReceiveOptions } from './session';

export interface CommandProperties {
  readonly set: Values;
  /** Set to come from above. */
  readonly inherited: readonly string[];
  /** What the stream brings, without what `-x` took out of it. */
  readonly received: Values | undefined;
  readonly warnings: readonly string[];
  /** Of a stream that is not raw: the key that `-o` gives it, or that `-x encryption` lets it take from its parent. */
  readonly keys: readonly Assignment[];
  readonly isEncryptionNamed: boolean;
}

export interface Receiver {
  readonly name: string;
  readonly kind: Dataset['kind'];
  readonly isRaw: boolean;
  readonly isRecursive: boolean;
  readonly isNew: boolean;
  readonly isTop: boolean;
}

const KEY_PARAMETERS = new Set(['encryption', 'keyformat', 'pbkdf2iters']);

export function commandProperties(
  state: State,
  { set, ignored }: ReceiveOptions,
  receiver: Receiver,
  received: Values | undefined,
): CommandProperties | { readonly problem: string; readonly isInvalid?: true } {
  const dataset = state.datasets.get(receiver.name);
  const values: Record<string, string> = {};
  const inherited: string[] = [];
  const warnings: string[] = [];
  let kept = received;
  const keys: Assignment[] = [];
  const isEncryptionNamed = ignored.includes('encryption') || set.some(({ name }) => name === 'encryption');
  for (const name of ignored) {
    // An increment that is not raw has no key to leave out, and may be told so.
    const refused = receiver.isRaw ? keyProblem(name, receiver) : undefined;
    if (refused !== undefined) return { problem: refused };
    if (KEY_PARAMETERS.has(name)) continue;
    const rule = findProperty(name);
    if (!appliesTo(rule, name, receiver.kind)) {
      warnings.push(`Warning: ${receiver.name}: property '${name}' does not apply to datasets of this type`);
      continue;
    }
    const source = dataset && effective(state, dataset, name)?.source;
    // A value that is set here, or comes from above already, stays.
    if (source === 'local' || source === 'inherited') continue;
    if (isUserProperty(name) || rule?.inherits) inherited.push(name);
    else if (kept && name in kept) kept = omit(kept, name);
  }
  for (const { name, value } of set) {
    const refused = keyProblem(name, receiver);
    if (refused !== undefined) return { problem: refused };
    if (name === 'keylocation' && !receiver.isRaw && dataset?.inconsistent)
      return notModelled('zfs receive -o keylocation of the rest of a clear stream');
    if (KEY_PARAMETERS.has(name) || (name === 'keylocation' && !receiver.isRaw)) keys.push({ name, value });
    if (KEY_PARAMETERS.has(name)) continue;
    if (!appliesTo(findProperty(name), name, receiver.kind)) {
      if (receiver.isRecursive) continue;
      return { problem: `property '${name}' does not apply to datasets of this type` };
    }
    values[name] = value;
  }
  const common = { received: kept, warnings, isEncryptionNamed };
  if (!receiver.isTop) {
    // Only what can be inherited is made to be; the rest of `-o` is for the top alone.
    const pushed = Object.keys(values).filter((name) => isUserProperty(name) || findProperty(name)?.inherits);
    return { ...common, set: {}, keys: [], inherited: [...inherited, ...pushed] };
  }
  const checked = checkValues(state, receiver, values);
  return 'problem' in checked ? checked : { ...common, set: checked.values, keys, inherited };
}

function keyProblem(name: string, { isRaw, isNew, isRecursive }: Receiver): string | undefined {
  if (!KEY_PARAMETERS.has(name)) return undefined;
  if (isRaw) return `encryption property '${name}' cannot be set or excluded for raw streams.`;
  return !isNew && !isRecursive ? `encryption property '${name}' cannot be set for incremental streams.` : undefined;
}

const appliesTo = (rule: PropertyRule | undefined, name: string, kind: Dataset['kind']): boolean =>
  isUserProperty(name) || (rule?.on.includes(kind) ?? false);

function checkValues(
  { release, datasets }: State,
  { kind, name, isRaw }: Receiver,
  values: Values,
): { readonly values: Values } | { readonly problem: string; readonly isInvalid: true } {
  const kept: Record<string, string> = {};
  for (const [property, value] of Object.entries(values)) {
    if (property === 'keylocation') {
      const problem = unfitLocation(value, datasets.get(name));
      if (problem !== undefined) return { problem, isInvalid: true };
      // That of a stream that is not raw is one of its keys; whether a raw one makes a root is looked at later.
      if (isRaw) kept[property] = value;
      continue;
    }
    const checked = checkedValue({ kind, name }, { name: property, value }, release);
    if ('problem' in checked) return { ...checked, isInvalid: true };
    kept[property] = checked.value;
  }
  return { values: kept };
}
