/**
 * What inventories show about the policies of a file, as far as they go: the planner's own conflicts, told before anybody plans,
 * and what it does not refuse but whoever reads the policy would want to know. Nothing is judged here a second time.
 */
import type { LiveFact } from '../lint/live-fact';
import { findConflicts } from '../plan/find-conflicts';
import { keyChanges, keyTrial } from '../plan/key-changes';
import type { KeyChange } from '../plan/key-changes';
import { unheldBases } from '../plan/notes';
import { nameConflicts } from '../plan/name-conflicts';
import type { Conflict, ConflictCode } from '../plan/plan';
import { planResumes } from '../plan/resume';
import { situationIn } from '../plan/relay';
import { holdTag, readSituation } from '../plan/situation';
import type { Situation } from '../plan/situation';
import { sourceConflicts } from '../plan/source-conflicts';
import { targetConflicts } from '../plan/target-conflicts';
import { inventoryOfHost } from '../policy/inventory-of-host';
import type { Policy, PolicyFile } from '../policy/policy';
import { formatAgo } from '../text/format-age';
import type { Inventory } from '../zfs/inventory';
import { isWithin } from '../zfs/names';

/**
 * `now` is in Unix seconds; without it ages are told as times, and so the same facts give the same text. `told` are the policies
 * that are asked about, beside which all of the file count.
 */
export function liveFacts(
  file: PolicyFile,
  inventories: readonly Inventory[],
  now?: number,
  told = file.policies,
): readonly LiveFact[] {
  const facts = Object.values(told).flatMap((policy) => {
    const source = inventoryOfHost(file.hosts[policy.source.host], inventories);
    const target = inventoryOfHost(file.hosts[policy.target.host], inventories);
    const found = { ...(source && { source }), ...(target && { target }) };
    const asOf = describeAge(found, now);
    return grouped(factsOf(file, policy, found)).map((fact) => ({ ...fact, policy: policy.name, asOf }));
  });
  // What is the case at the source of an entry is so for each of its targets.
  const places = facts.map((fact) => {
    const { entry } = file.policies[fact.policy] ?? {};
    return [`${fact.at === 'source' ? entry : fact.policy} ${fact.message}`, fact] as const;
  });
  return [...new Map(places.toReversed()).values()].toReversed();
}

interface Found {
  readonly source?: Inventory;
  readonly target?: Inventory;
}

function describeAge({ source, target }: Found, now: number | undefined): string {
  const read = [...new Set([source, target])].filter((inventory) => inventory !== undefined);
  return read.map(({ host, takenAt }) => `${host} as read ${ageOf(takenAt, now)}`).join(', ');
}

const ageOf = (takenAt: string, now: number | undefined): string =>
  now === undefined ? `at ${takenAt}` : formatAgo(now - Date.parse(takenAt) / 1000);

/** A fact of one dataset, before those of one kind are told together. */
interface Single extends Pick<LiveFact, 'at' | 'message'> {
  readonly kind: ConflictCode | 'not-held' | `changed-${KeyChange['shownBy']}`;
  readonly subject: string;
  readonly excludable?: string;
}

function factsOf(file: PolicyFile, policy: Policy, { source, target }: Found): readonly Single[] {
  const at = source?.takenAt ?? target?.takenAt ?? '';
  if (source !== undefined && target !== undefined) {
    const situation = situationIn(file, policy, { source, target }, at);
    const conflicts = [...findConflicts(situation), ...planResumes(situation).conflicts];
    return [
      ...conflicts.flatMap((conflict) => told(policy, conflict)),
      ...notHeld(situation),
      ...changedKeys(situation),
    ];
  }
  // With one side alone the planner's questions about that side can be answered, and no other.
  if (source !== undefined) {
    const absent = { ...source, host: policy.target.host, datasets: [] };
    const situation = situationIn(file, policy, { source, target: absent }, at);
    return [...sourceConflicts(situation), ...nameConflicts(situation)].flatMap((conflict) => told(policy, conflict));
  }
  if (target === undefined) return [];
  const situation = readSituation(policy, { ...target, datasets: [] }, target, at);
  return targetConflicts(situation).flatMap((conflict) => told(policy, conflict));
}

/** Where each conflict is told. What is missing is of the moment, or already told of the policy's own text. */
const PLACES: Partial<Readonly<Record<ConflictCode, Single['at']>>> = {
  'source-missing': 'source',
  'source-unencrypted': 'source',
  'clear-child': 'source',
  renamed: 'source',
  'name-too-long': 'target',
  'key-loaded': 'target',
  mounted: 'target',
  'foreign-snapshot': 'target',
  diverged: 'target',
  modified: 'target',
  'no-base': 'target',
  'stale-token': 'target',
  'token-not-raw': 'target',
  'target-exists': 'target',
  'target-pool-missing': 'target',
  guard: 'target',
  unsupported: 'target',
};

function told(policy: Policy, { code, subject, message, choices }: Conflict): readonly Single[] {
  const isOfSource = subject === policy.source.host || isWithin(subject.replace(/[@#].*/s, ''), policy.source.dataset);
  const place = isOfSource && PLACES[code] ? 'source' : PLACES[code];
  if (place === undefined || subject === policy.name) return [];
  const [choice] = choices;
  const excludable = code === 'clear-child' ? { excludable: subject.slice(policy.source.dataset.length + 1) } : {};
  return [
    {
      kind: code,
      subject,
      at: place,
      message: choice === undefined ? message : `${message}; ${lower(choice)}`,
      ...excludable,
    },
  ];
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function notHeld(situation: Situation): readonly Single[] {
  const tag = holdTag(situation.policy);
  return unheldBases(situation).map((base) => ({
    kind: 'not-held',
    subject: base,
    at: 'source',
    message: `${base} is the base of the next increment and is not held with the tag ${tag}, so it can be pruned: run the policy, which holds it`,
  }));
}

function changedKeys(situation: Situation): readonly Single[] {
  return keyChanges(situation).map((change) => ({
    kind: `changed-${change.shownBy}`,
    subject: change.source.name,
    at: 'source',
    message: `${describeChange(situation, change)}: run the policy, and try the new key there before the old one is thrown away: \`${keyTrial(change.target)}\`, which loads nothing`,
  }));
}

function describeChange(
  { policy, source, target }: Situation,
  { source: from, target: to, shownBy }: KeyChange,
): string {
  const locked = 'children that get no increment stay locked by the old one';
  if (from.encryptionRoot !== from.name)
    return `${to.name} on ${target.host} is still wrapped with a key from before a change: what opens ${from.name} on ${source.host} does not open it there until its next increment arrives`;
  if (shownBy === 'format')
    return `the key of ${from.name} was changed: it is a ${from.keyFormat ?? 'key'} on ${source.host} and still a ${to.keyFormat ?? 'key'} on ${target.host}, where ${locked}`;
  if (policy.keys.load === 'never')
    return `the passphrase of ${from.name} was changed after the last raw send: until the next increment arrives, ${to.name} on ${target.host} opens with the old one alone, and ${locked}`;
  return `the passphrase of ${from.name} is not that of ${to.name} any more: one that was changed on ${source.host} arrives with the next increment of each dataset, where ${locked}; one that was changed on ${target.host} is undone by it`;
}

/** One finding for each kind: fifty clear children are one mistake. */
function grouped(facts: readonly Single[]): readonly Omit<LiveFact, 'policy' | 'asOf'>[] {
  const kinds = new Map<string, Single[]>();
  for (const fact of facts)
    kinds.set(`${fact.kind} ${fact.at}`, [...(kinds.get(`${fact.kind} ${fact.at}`) ?? []), fact]);
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const excludable = [first, ...others].flatMap((fact) => fact.excludable ?? []);
    const more = others.length === 0 ? '' : `; so it is with ${listed(others.map(({ subject }) => subject))}`;
    return [{ at: first.at, message: `${first.message}${more}`, ...(excludable.length > 0 && { excludable }) }];
  });
}

const MOST_NAMED = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
