/**
 * A scenario: commands on two fresh pools of one host, `tank` and `backup`, played on the model and on real OpenZFS.
 *
 * A line is a pipeline of zfs and zpool commands as they are typed. Around them it may use `echo WORD |`, `| head -c BYTES`,
 * `| wc -c`, `> NAME` and `< NAME` (streams kept under a name), `$(token DATASET)` for a resume token, `as USER` before a
 * command, and the pseudo-command `write DATASET BYTES`, which writes random data and syncs the pool.
 */
export interface Scenario {
  readonly name: string;
  /** Where it begins. */
  readonly from: Beginning;
  readonly lines: readonly string[];
  /** What 2.1.11 does differently, so that it is played there as well. */
  readonly alsoOn21?: string;
}

export type Beginning = keyof typeof BEGINNINGS;

/** Played before the scenario, and compared like the rest of it. The first line that fails ends the scenario. */
export const BEGINNINGS = {
  pools: [],
  /** An encrypted tree with two children, one of which changes; a clear dataset beside it. */
  tree: [
    'zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod',
    'zfs create tank/prod/db',
    'write tank/prod 262144',
    'write tank/prod/db 262144',
    'zfs snapshot -r tank/prod@a',
  ],
  /** The same with a vault that has the first snapshot, and a second snapshot at the source. */
  vault: [
    'zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod',
    'zfs create tank/prod/db',
    'write tank/prod 262144',
    'write tank/prod/db 262144',
    'zfs snapshot -r tank/prod@a',
    'zfs send -w -R tank/prod@a | zfs receive -u backup/prod',
    'write tank/prod 262144',
    'write tank/prod/db 262144',
    'zfs snapshot -r tank/prod@b',
  ],
  clear: ['zfs create tank/plain', 'write tank/plain 262144', 'zfs snapshot tank/plain@a'],
} as const;

/** The files of keys that every host has. */
export const KEY_FILES: Readonly<Record<string, string>> = {
  '/keys/a': 'a'.repeat(32),
  '/keys/b': 'b'.repeat(32),
  '/keys/pass': 'passphrase1\n',
};

export const linesOf = (scenario: Scenario): readonly string[] => [...BEGINNINGS[scenario.from], ...scenario.lines];

/** A list of scenarios from one text: `= name [beginning] [2.1: why]`, then its lines. */
export function scenarios(text: string): readonly Scenario[] {
  return text
    .split(/^= /m)
    .slice(1)
    .map((part) => {
      const [head = '', ...lines] = part.split('\n').map((line) => line.trim());
      const match = /^(.*?) \[(\w+)\](?: \[2\.1: (.*)\])?$/.exec(head);
      const [, name = '', from = '', alsoOn21] = match ?? [];
      if (!isBeginning(from)) throw new Error(`a scenario begins with "= NAME [BEGINNING]", not with "= ${head}"`);
      const kept = lines.filter((line) => line !== '' && !line.startsWith('#'));
      return { name, from, lines: kept, ...(alsoOn21 !== undefined && { alsoOn21 }) };
    });
}

const isBeginning = (text: string): text is Beginning => text in BEGINNINGS;
