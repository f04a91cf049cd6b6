/**
 * What a change of a policy file does to what runs: pure, on two files and facts. It does not say what a run would find on
 * hosts that nobody read, and judges nothing: a change that makes less safe may be meant.
 */
import { countOf } from '../text/count-of';
import type { Basis, ChangeFacts } from './basis';
import { chooseBasis, describeBasis } from './basis';
import type { ChangeKind, Match } from './match-policies';
import { formatSide, stepLines } from './plan-text';
import type { Side } from './plan-side';
import { planSide } from './plan-side';
import { staysHeld, whatIsSent } from './plan-words';
import type { SafetyWord } from './safety-word';
import { findWords } from './safety-words';

export interface PolicyChange {
  readonly kind: ChangeKind;
  /** The name now; of one that is removed, the one that it had. */
  readonly name: string;
  /** Of one that was renamed. */
  readonly formerName?: string;
  readonly basis: Basis;
  /** The same in words. */
  readonly planned: string;
  /** What it does, as text for a line diff; empty where there is none on that side. */
  readonly before: string;
  readonly after: string;
  /** How many steps of its runs are others. */
  readonly steps: number;
  /** What matters most to safety, the worst first. */
  readonly words: readonly SafetyWord[];
}

/** Plans both sides of a match from the same facts at the same time. */
export function describeChange(match: Match, facts: ChangeFacts): PolicyChange {
  const basis = chooseBasis(match, facts);
  const before = match.before && planSide(match.before, basis, facts);
  const after = match.after && planSide(match.after, basis, facts);
  const former = match.before?.policy.name;
  const name = match.after?.policy.name ?? former ?? '';
  return {
    kind: match.kind,
    name,
    ...(former === undefined || former === name ? {} : { formerName: former }),
    basis,
    planned: describeBasis(basis, facts.now),
    before: before === undefined ? '' : formatSide(before, basis, facts.now),
    after: after === undefined ? '' : formatSide(after, basis, facts.now),
    steps: countOther(before, after),
    words: wordsOf(before, after, basis),
  };
}

function wordsOf(before: Side | undefined, after: Side | undefined, basis: Basis): readonly SafetyWord[] {
  if (before !== undefined && after !== undefined) return findWords({ before, after, basis });
  if (after !== undefined)
    return [{ id: 'added', weight: 'note', brief: 'new', message: `the policy is new: ${whatIsSent(after, basis)}` }];
  if (before === undefined) return [];
  const { target } = before.declared.policy;
  return [
    {
      id: 'removed',
      weight: 'risk',
      brief: 'gone',
      message: `the policy is gone: ${target.host}:${target.dataset} stays and is no longer brought forward; ${staysHeld(before, basis)}`,
    },
  ];
}

/** A step that is another one counts once, not as one that goes and one that comes. */
function countOther(before: Side | undefined, after: Side | undefined): number {
  const [old, now] = [stepsOf(before), stepsOf(after)];
  return Math.max(without(old, now), without(now, old));
}

const stepsOf = (side: Side | undefined): readonly string[] =>
  (side?.runs ?? []).flatMap(({ job }) => job.steps.map((step) => stepLines(step).join('\n')));

function without(steps: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const step of others) left.set(step, (left.get(step) ?? 0) + 1);
  return steps.filter((step) => {
    const count = left.get(step) ?? 0;
    left.set(step, count - 1);
    return count <= 0;
  }).length;
}

/** How many words a title has room for. */
const BRIEFS = 2;

/** For a place with one line, such as a lens: `2 steps, now allows -F`. */
export function summariseChange({ steps, words }: PolicyChange): string {
  const briefs = words.map(({ brief }) => brief);
  const more = briefs.length - BRIEFS;
  const parts = [
    ...(steps === 0 ? [] : [countOf(steps, 'step')]),
    ...briefs.slice(0, BRIEFS),
    ...(more > 0 ? [`${more} more`] : []),
  ];
  return parts.join(', ') || 'no step, only what is said or checked';
}
