/** What shows only when both sides are planned: what is sent anew, destroyed or refused, and the holds that stay behind. */
import { holdTag } from '../plan/situation';
import type { Job } from '../plan/plan';
import { quote } from '../shell/quote';
import { formatBytes } from '../text/format-bytes';
import { countOf } from '../text/count-of';
import type { Inventory } from '../zfs/inventory';
import { isWithin } from '../zfs/names';
import type { Basis } from './basis';
import { listNames } from '../text/list-names';
import { isSamePlace } from './match-policies';
import type { Side } from './plan-side';
import { bytesOf } from './plan-side';
import type { SafetyRow } from './safety-word';

export const PLAN_WORDS: readonly SafetyRow[] = [
  {
    id: 'target-moves',
    weight: 'risk',
    find: ({ before, after, basis }) =>
      !moves('target', before, after)
        ? []
        : [
            {
              brief: 'target moves',
              message: `the target moves from ${placeOf(before, 'target')} to ${placeOf(after, 'target')}: ${whatIsSent(after, basis)}; the copy at the old place stays, and is no longer brought forward`,
            },
          ],
  },
  {
    id: 'source-moves',
    weight: 'risk',
    find: ({ before, after }) =>
      !moves('source', before, after)
        ? []
        : [
            {
              brief: 'source moves',
              message: `the source moves from ${placeOf(before, 'source')} to ${placeOf(after, 'source')}: unless that has the snapshots of the old one, nothing at the target is a base for it, and the next run is refused`,
            },
          ],
  },
  {
    id: 'hold-tag',
    weight: 'risk',
    find: ({ before, after, basis }) => {
      const [old, now] = [holdTag(before.declared.policy), holdTag(after.declared.policy)];
      if (old === now) return [];
      return [
        {
          brief: 'hold tag changes',
          message: `the tag of the holds changes from ${old} to ${now}: ${staysHeld(before, basis)}, once the next run is proven`,
        },
      ];
    },
  },
  {
    id: 'destroys-more',
    weight: 'risk',
    find: ({ before, after }) => {
      const known = new Set(destroyedBy(before));
      const more = destroyedBy(after).filter((name) => !known.has(name));
      if (more.length === 0) return [];
      const count = countOf(more.length, 'snapshot');
      return [
        {
          brief: `destroys ${count} more`,
          message: `the next run destroys ${count} that it would have left: ${listNames(more)}`,
        },
      ];
    },
  },
  {
    id: 'destroys-less',
    weight: 'relief',
    find: ({ before, after }) => {
      const known = new Set(destroyedBy(after));
      const kept = destroyedBy(before).filter((name) => !known.has(name));
      if (kept.length === 0) return [];
      const count = countOf(kept.length, 'snapshot');
      return [
        {
          brief: `keeps ${count} more`,
          message: `the next run leaves ${count} that it would have destroyed: ${listNames(kept)}`,
        },
      ];
    },
  },
  {
    id: 'refused',
    weight: 'risk',
    // What a sample refuses is in the policy itself, and told of that.
    find: ({ before, after, basis }) => {
      if (basis.kind === 'sample') return [];
      const known = new Set(refusals(before));
      const fresh = refusals(after).filter((message) => !known.has(message));
      return fresh.map((message) => ({ brief: 'would be refused', message: `the run would be refused: ${message}` }));
    },
  },
  {
    id: 'not-refused',
    weight: 'note',
    find: ({ before, after, basis }) =>
      basis.kind === 'inventory' && refusals(before).length > 0 && refusals(after).length === 0
        ? [{ brief: 'no longer refused', message: 'the run, which would have been refused, can be done' }]
        : [],
  },
];

/** The same name at another address is told of the host. */
const moves = (side: 'source' | 'target', before: Side, after: Side): boolean =>
  placeOf(before, side) !== placeOf(after, side) && !isSamePlace(side, before.declared, after.declared);

const placeOf = ({ declared: { policy } }: Side, side: 'source' | 'target'): string =>
  `${policy[side].host}:${policy[side].dataset}`;

/** What the next run of a policy sends in full, as far as it is known. */
export function whatIsSent(side: Side, basis: Basis): string {
  const all = 'everything that the source has';
  if (basis.kind === 'sample') return `the next run is a full send of ${all}, unless the target has it already`;
  const { job } = nextRunOf(side);
  if (job.status === 'conflict') return 'the next run is refused';
  const full = job.steps.filter((step) => step.kind === 'stream' && step.purpose === 'full').length;
  if (full === 0) return 'the next run goes on from what is there';
  return `the next run is a full send of ${countOf(full, 'dataset')}, about ${formatBytes(bytesOf(job))}`;
}

function nextRunOf({ runs: [run] }: Side): { readonly job: Job } {
  if (run === undefined) throw new Error('a side has a run');
  return run;
}

/** The holds of a policy that is gone, or whose tag is another one now. */
export function staysHeld({ declared: { policy } }: Side, basis: Basis): string {
  const tag = holdTag(policy);
  const { host, dataset } = policy.source;
  const source = basis.kind === 'inventory' ? basis.inventories[host] : undefined;
  const held = source === undefined ? undefined : heldWith(tag, source, dataset);
  if (held?.length === 0) return `no snapshot of ${host}:${dataset} is held with ${tag}`;
  const what = held === undefined ? `what has the tag ${tag}` : countOf(held.length, 'snapshot');
  const named = held === undefined || held.length > MOST_NAMED ? ['SNAPSHOT'] : held;
  return `${host} keeps ${what} held, and nothing releases that: \`${quote(['zfs', 'release', tag, ...named])}\``;
}

/** A longer command is not one to copy out of a sentence. */
const MOST_NAMED = 5;

const heldWith = (tag: string, { datasets }: Inventory, top: string): readonly string[] =>
  datasets
    .filter(({ name }) => isWithin(name, top))
    .flatMap(({ name, snapshots }) =>
      snapshots.filter(({ holds }) => holds.includes(tag)).map((snapshot) => `${name}@${snapshot.name}`),
    );

const destroyedBy = ({ runs }: Side): readonly string[] =>
  runs.flatMap(({ job }) =>
    job.steps
      .filter(({ purpose }) => purpose === 'destroy')
      .flatMap(({ host, command }) => {
        const [dataset = '', names = ''] = (command.at(-1) ?? '').split('@');
        return names.split(',').map((name) => `${host}:${dataset}@${name}`);
      }),
  );

const refusals = ({ runs }: Side): readonly string[] => [
  ...new Set(runs.flatMap(({ job, limits }) => [...job.conflicts, ...limits]).map(({ message }) => message)),
];
