/** What a value that becomes another one means: names, amounts and times of the policy itself. */
import { intervalOf } from '../policy/interval';
import type { Keep, Policy, Schedule } from '../policy/policy';
import { listNames } from '../text/list-names';
import type { SafetyRow } from './safety-word';
import { says } from './safety-word';
import { spellBytes, spellDuration, spellKeep, spellSchedule, spellWindow } from './spelled-values';

export const VALUE_WORDS: readonly SafetyRow[] = [
  says({
    id: 'prefix',
    weight: 'note',
    hits: (before, after) => before.snapshots.prefix !== after.snapshots.prefix,
    brief: 'other snapshot names',
    message: ({ snapshots: old }, { snapshots: now }) =>
      `new snapshots begin with ${now.prefix}: those that begin with ${old.prefix} still serve as a base, but no retention counts or destroys them any more`,
  }),
  says({
    id: 'excludes-more',
    weight: 'risk',
    hits: (before, after) => notIn(after.exclude, before.exclude).length > 0,
    brief: 'leaves out children',
    message: (before, after) =>
      `leaves out ${listNames(notIn(after.exclude, before.exclude))}: copies at the target stay as they are, and the next change of the key at the source locks them there`,
  }),
  says({
    id: 'excludes-less',
    weight: 'note',
    hits: (before, after) => notIn(before.exclude, after.exclude).length > 0,
    brief: 'brings more children',
    message: (before, after) =>
      `replicates ${listNames(notIn(before.exclude, after.exclude))}, too: in full where the target has none of it, and a conflict where it is not encrypted`,
  }),
  ...(['source', 'target'] as const).flatMap((side) => retentionRows(side)),
  limitRow('maxEstimate', (before, after) => after > before, 'a run may send'),
  limitRow('minFree', (before, after) => after < before, 'the pool of the target must keep free'),
  says({
    id: 'guard-versions',
    weight: 'risk',
    hits: (before, after) => before.guard.versions !== undefined && after.guard.versions === undefined,
    brief: 'any OpenZFS',
    message: () => 'guard.versions is gone: a run no longer asks which OpenZFS the hosts have',
  }),
  says({
    id: 'guard-other-versions',
    weight: 'note',
    hits: ({ guard: before }, { guard: after }) =>
      before.versions !== undefined &&
      after.versions !== undefined &&
      versionsOf(before.versions) !== versionsOf(after.versions),
    brief: 'other OpenZFS releases',
    message: ({ guard: before }, { guard: after }) =>
      `the hosts must have OpenZFS ${versionsOf(after.versions)} (was ${versionsOf(before.versions)})`,
  }),
  says({
    id: 'schedule-rarer',
    weight: 'risk',
    hits: ({ schedule: before }, { schedule: after }) =>
      before !== undefined && after !== undefined && longest(after) > longest(before),
    brief: 'runs less often',
    message: ({ schedule: before }, { schedule: after }) =>
      `the target may be older before \`rawsend verify\` fails: ${after && spellSchedule(after)} (was ${before && spellSchedule(before)})`,
  }),
  says({
    id: 'other-window',
    weight: 'note',
    hits: ({ window: before }, { window: after }) =>
      before !== undefined && after !== undefined && spellWindow(before) !== spellWindow(after),
    brief: 'another window',
    message: ({ window: before }, { window: after }) =>
      `runs begin ${after && spellWindow(after)} (was ${before && spellWindow(before)}); check the timer that starts them`,
  }),
  says({
    id: 'route',
    weight: 'note',
    hits: (before, after) => before.transport.route !== after.transport.route,
    brief: 'another route',
    message: (_, { transport, source, target }) =>
      transport.route === 'direct'
        ? `${source.host} itself connects to ${target.host}, which needs an SSH key for that`
        : 'the bytes go through this machine, which must stay on and be fast enough',
  }),
  says({
    id: 'address',
    weight: 'note',
    hits: (before, after) => before.transport.address !== after.transport.address,
    brief: 'another address',
    message: ({ transport: before }, { transport: after, source, target }) =>
      `${source.host} reaches ${target.host} as ${after.address ?? 'its ssh says'} (was ${before.address ?? 'as its ssh says'})`,
  }),
  says({
    id: 'jump',
    weight: 'note',
    hits: (before, after) => before.transport.jump !== after.transport.jump,
    brief: 'another way',
    message: ({ transport: before }, { transport: after, source, target }) =>
      `${source.host} reaches ${target.host} ${wayOf(after)} (was ${wayOf(before)})`,
  }),
  dutyRow('standby', ({ standby }) => standby?.every),
  dutyRow('escrow', ({ escrow }) => escrow?.every),
];

const wayOf = ({ jump }: Policy['transport']): string =>
  jump === undefined ? 'without a jump host' : `through ${jump}`;

const longest = (schedule: Schedule): number => intervalOf(schedule)?.longest ?? Infinity;

const notIn = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((item) => !other.includes(item));

const versionsOf = (versions: Policy['guard']['versions'] = []): string =>
  versions.map(({ text }) => text).join(' or ');

/** Without a retention nothing is destroyed, so any is shorter than none. */
function retentionRows(side: 'source' | 'target'): readonly SafetyRow[] {
  return [
    says({
      id: `retention-${side}-shorter`,
      weight: 'risk',
      hits: ({ retention: before }, { retention: after }) => keepsLess(before[side], after[side]),
      brief: `retention.${side} shorter`,
      message: ({ retention: before }, { retention: after }) =>
        `retention.${side} keeps ${spell(after[side])} (was ${spell(before[side])}): what that leaves out is destroyed after the proof of the next run`,
    }),
    says({
      id: `retention-${side}-longer`,
      weight: 'note',
      hits: ({ retention: before }, { retention: after }) =>
        keepsLess(after[side], before[side]) && !keepsLess(before[side], after[side]),
      brief: `retention.${side} longer`,
      message: ({ retention: before }, { retention: after }) =>
        `retention.${side} keeps ${spell(after[side])} (was ${spell(before[side])}): the pool fills up further`,
    }),
  ];
}

const spell = (keep: Keep | undefined): string => (keep === undefined ? 'everything' : spellKeep(keep.keep));

/** Whether one of the periods keeps less than it did. */
function keepsLess(before: Keep | undefined, after: Keep | undefined): boolean {
  if (after === undefined) return false;
  if (before === undefined) return true;
  const periods = ['within', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
  return periods.some((period) => (after.keep[period] ?? 0) < (before.keep[period] ?? 0));
}

function limitRow(
  key: 'maxEstimate' | 'minFree',
  isWeaker: (before: number, after: number) => boolean,
  what: string,
): SafetyRow {
  return says({
    id: `guard-${key}`,
    weight: 'risk',
    hits: ({ guard: { [key]: before } }, { guard: { [key]: after } }) =>
      before !== undefined && (after === undefined || isWeaker(before, after)),
    brief: `guard.${key} weaker`,
    message: ({ guard: { [key]: before = 0 } }, { guard: { [key]: after } }) =>
      after === undefined
        ? `guard.${key} is gone (was ${spellBytes(before)}): nothing says any more what ${what}`
        : `guard.${key}: ${what} ${spellBytes(after)} (was ${spellBytes(before)})`,
  });
}

function dutyRow(section: 'standby' | 'escrow', every: (policy: Policy) => number | undefined): SafetyRow {
  return says({
    id: `${section}-rarer`,
    weight: 'risk',
    hits: (before, after) =>
      before[section] !== undefined &&
      after[section] !== undefined &&
      every(before) !== undefined &&
      (every(after) ?? Infinity) > (every(before) ?? 0),
    brief: `${section} asked less often`,
    message: (before, after) => {
      const now = every(after);
      return `${section}.every is ${now === undefined ? 'gone' : spellDuration(now)} (was ${spellDuration(every(before) ?? 0)}): \`rawsend verify\` is content with an older date`;
    },
  });
}
