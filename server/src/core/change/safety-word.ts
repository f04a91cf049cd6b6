/** The forms of what matters to safety in a change. */
import type { Policy } from '../policy/policy';
import type { Basis } from './basis';
import type { Side } from './plan-side';

/** Whether the change makes less safe, safer, or neither. */
export type Weight = 'risk' | 'note' | 'relief';

/** In front of a message, where there are no colours. */
export const SIGNS: Readonly<Record<Weight, string>> = { risk: '!', note: '·', relief: '✓' };

export interface SafetyWord {
  /** Kebab-case and stable. */
  readonly id: string;
  readonly weight: Weight;
  /** Two or three words, for where there is no room. */
  readonly brief: string;
  readonly message: string;
}

/** A policy that both files have. */
export interface Changed {
  readonly before: Side;
  readonly after: Side;
  readonly basis: Basis;
}

/** One row: looks at values and plans, never at texts. */
export interface SafetyRow {
  readonly id: string;
  readonly weight: Weight;
  readonly find: (changed: Changed) => readonly Pick<SafetyWord, 'brief' | 'message'>[];
}

export type Pair = readonly [before: Policy, after: Policy];

export const policiesOf = ({ before, after }: Changed): Pair => [before.declared.policy, after.declared.policy];

interface Saying {
  readonly id: string;
  readonly weight: Weight;
  readonly hits: (before: Policy, after: Policy) => boolean;
  readonly brief: string;
  readonly message: (before: Policy, after: Policy) => string;
}

/** A row about the values of the policy alone. */
export const says = ({ id, weight, hits, brief, message }: Saying): SafetyRow => ({
  id,
  weight,
  find: (changed) => {
    const pair = policiesOf(changed);
    return hits(...pair) ? [{ brief, message: message(...pair) }] : [];
  },
});

interface Switch {
  readonly id: string;
  /** The state that is less safe. */
  readonly unsafe: (policy: Policy) => boolean;
  readonly on: readonly [brief: string, message: string];
  readonly off: readonly [brief: string, message: string];
}

/** Two rows, for what can be made less safe and be taken back. */
export const switches = ({ id, unsafe, on, off }: Switch): readonly SafetyRow[] => [
  says({
    id,
    weight: 'risk',
    hits: (before, after) => !unsafe(before) && unsafe(after),
    brief: on[0],
    message: () => on[1],
  }),
  says({
    id: `${id}-undone`,
    weight: 'relief',
    hits: (before, after) => unsafe(before) && !unsafe(after),
    brief: off[0],
    message: () => off[1],
  }),
];
