import type { State } from './state';

/** Draws the next guid of a state: an unsigned 64-bit number in decimal, never 0. */
export function drawGuid(state: State): readonly [guid: string, next: State] {
  return [guidAt(state.seed, state.drawn), { ...state, drawn: state.drawn + 1 }];
}

/** The n-th guid of a seed: splitmix64 over an FNV-1a hash of both. */
function guidAt(seed: string, index: number): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of `${seed}:${index}`) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  let mixed = BigInt.asUintN(64, hash + 0x9e3779b97f4a7c15n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
  return String(mixed ^ (mixed >> 31n) || 1n);
}
