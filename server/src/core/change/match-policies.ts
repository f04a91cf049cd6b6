/**
 * Two policy files, policy by policy: which is which, and which of them do something else. Only values are compared, and all
 * of them, so that a comment, a default that is spelled out and another order of the keys are no change. Nothing is planned here.
 */
import { machineOf } from '../policy/machine-of';
import type { Endpoint, HostEntry, Policy, PolicyFile } from '../policy/policy';
import { bringerIn } from '../policy/bringer';

/** One policy as a file declares it, with what else of that file decides what it does. */
export interface Declared {
  readonly file: PolicyFile;
  readonly policy: Policy;
  readonly source: HostEntry;
  readonly target: HostEntry;
  /** The policy that brings its source, which so is a replica itself. */
  readonly bringer?: string;
}

export type ChangeKind = 'added' | 'removed' | 'renamed' | 'changed' | 'unchanged';

/** At least one of both is there. */
export interface Match {
  readonly kind: ChangeKind;
  readonly before?: Declared;
  readonly after?: Declared;
}

/** In the order of the new file, then what it no longer has. */
export function matchPolicies(before: PolicyFile, after: PolicyFile): readonly Match[] {
  const declareBefore = declarer(before);
  const gone = Object.values(before.policies)
    .filter(({ name }) => after.policies[name] === undefined)
    .map(declareBefore);
  const renamed = new Set<Declared>();
  const matches = Object.values(after.policies)
    .map(declarer(after))
    .map((now): Match => {
      const same = before.policies[now.policy.name];
      if (same !== undefined) {
        const old = declareBefore(same);
        return { kind: kindOf(old, now), before: old, after: now };
      }
      const former = gone.find((old) => !renamed.has(old) && isSameWay(old, now));
      if (former === undefined) return { kind: 'added', after: now };
      renamed.add(former);
      // A policy that gets a second target is called by each of them, and its holds stay what they were.
      const isSameEntry = former.policy.entry === now.policy.entry;
      return { kind: isSameEntry ? kindOf(former, now) : 'renamed', before: former, after: now };
    });
  const removed = gone.filter((old) => !renamed.has(old));
  return [...matches, ...removed.map((old): Match => ({ kind: 'removed', before: old }))];
}

function declarer(file: PolicyFile): (policy: Policy) => Declared {
  const bringerOf = bringerIn(file);
  return (policy) => {
    const bringer = bringerOf(policy)?.name;
    const [source, target] = [hostIn(file, policy.source), hostIn(file, policy.target)];
    return { file, policy, source, target, ...(bringer === undefined ? {} : { bringer }) };
  };
}

function hostIn({ hosts }: PolicyFile, { host }: Endpoint): HostEntry {
  const entry = hosts[host];
  if (entry === undefined) throw new Error(`no host is called ${host}`);
  return entry;
}

/** Both are made by the same parser, so equal values have equal texts. */
const kindOf = (a: Declared, b: Declared): ChangeKind => (valuesOf(a) === valuesOf(b) ? 'unchanged' : 'changed');

function valuesOf({ policy, source, target, bringer }: Declared): string {
  const { name: _, ...meant } = policy;
  return JSON.stringify([meant, source, target, bringer]);
}

const isSameWay = (a: Declared, b: Declared): boolean => isSamePlace('source', a, b) && isSamePlace('target', a, b);

/** The same dataset of the same machine, whatever the host is called. */
export const isSamePlace = (side: 'source' | 'target', a: Declared, b: Declared): boolean =>
  a.policy[side].dataset === b.policy[side].dataset && machineOf(a[side]) === machineOf(b[side]);
