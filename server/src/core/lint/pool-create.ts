import type { ArgumentWord, Invocation } from '../runbook/runbook';

/** What `zpool create` makes. It has no table; its letters are enough here. */
export interface PoolCreate {
  readonly pool: ArgumentWord;
  /** The properties of the root dataset, `-O PROPERTY=VALUE`. */
  readonly settings: readonly ArgumentWord[];
}

export function readPoolCreate({ program, verb, words }: Invocation): PoolCreate | undefined {
  if (program !== 'zpool' || verb !== 'create') return undefined;
  const settings: ArgumentWord[] = [];
  for (let index = 1; index < words.length; index++) {
    const word = words[index];
    if (!word) return undefined;
    if (!word.shown.startsWith('-')) return { pool: word, settings };
    if (/^-[A-Za-z]*n/.test(word.shown)) return undefined;
    if (!/^-[A-Za-z]*[oOmRt]$/.test(word.shown)) continue;
    index += 1;
    const value = words[index];
    if (value && word.shown.endsWith('O')) settings.push(value);
  }
  return undefined;
}
