/** What happens on the two machines besides the policy: time passes, data is written, other tools take and destroy snapshots. */
import { apply } from '../model/apply';
import type { State } from '../model/state';
import { subtree } from '../model/tree';
import { write } from '../model/write';
import type { States } from '../foresee/play-steps';
import type { Endpoint, Keep, Policy } from '../policy/policy';
import { stamp } from '../plan/anchor';
import { prunable } from '../plan/retention';

/** Each dataset of the source gets its share. */
export function passTime(states: States, { source }: Policy, seconds: number, bytes: number): States {
  const later = Object.fromEntries(
    Object.entries(states).map(([host, state]) => [host, { ...state, now: state.now + seconds }]),
  );
  let state = stateAt(later, source.host);
  const names = subtree(state, source.dataset).map(({ name }) => name);
  for (const name of names) state = write(state, name, Math.round(bytes / names.length));
  return { ...later, [source.host]: state };
}

/** What takes the source's snapshots by the clock goes on when nothing can be sent. */
export function takeSnapshot(states: States, { source, recursive, snapshots }: Policy): States {
  const state = stateAt(states, source.host);
  const flags = recursive ? ['-r'] : [];
  const argv = ['zfs', 'snapshot', ...flags, `${source.dataset}@${snapshots.prefix}${stamp(state.now * 1000)}`];
  return { ...states, [source.host]: succeed(state, argv) };
}

export interface Pruned {
  readonly states: States;
  /** Full names. */
  readonly destroyed: readonly string[];
  /** Those that retention no longer wants and a hold kept. */
  readonly held: readonly string[];
}

/** Destroys what `keep` does not name, of the policy's own snapshots: one by one, so that a hold keeps no other. */
export function prune(states: States, side: Endpoint, prefix: string, keep: Keep | undefined): Pruned {
  if (keep === undefined) return { states, destroyed: [], held: [] };
  let state = stateAt(states, side.host);
  const destroyed: string[] = [];
  const held: string[] = [];
  for (const { name, snapshots } of subtree(state, side.dataset)) {
    const own = snapshots.filter((snapshot) => snapshot.name.startsWith(prefix));
    for (const snapshot of prunable(own, keep, state.now)) {
      const full = `${name}@${snapshot.name}`;
      const { state: next, exitCode } = apply(state, ['zfs', 'destroy', full]);
      state = next;
      (exitCode === 0 ? destroyed : held).push(full);
    }
  }
  return { states: { ...states, [side.host]: state }, destroyed, held };
}

/** The newest snapshot of each dataset of the policy gets a bookmark of its own name, and older ones go. */
export function bookmarkBases(states: States, { source }: Policy, snapshot: string): States {
  let state = stateAt(states, source.host);
  for (const { name, bookmarks } of subtree(state, source.dataset)) {
    if (bookmarks.some((bookmark) => bookmark.name === snapshot)) continue;
    state = succeed(state, ['zfs', 'bookmark', `${name}@${snapshot}`, `${name}#${snapshot}`]);
    for (const old of bookmarks) state = succeed(state, ['zfs', 'destroy', `${name}#${old.name}`]);
  }
  return { ...states, [source.host]: state };
}

/** A command that cannot fail in a simulation. */
function succeed(state: State, argv: readonly string[]): State {
  const { state: next, exitCode, stderr } = apply(state, argv);
  if (exitCode !== 0) throw new Error(`${argv.join(' ')} failed in the simulation: ${stderr.trim()}`);
  return next;
}

export function stateAt(states: States, host: string): State {
  const state = states[host];
  if (state === undefined) throw new Error(`no state of the host ${host}`);
  return state;
}
