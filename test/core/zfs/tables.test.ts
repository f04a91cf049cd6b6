import assert from 'node:assert/strict';
import { effectsOf, isDestructive } from '../../../server/src/core/zfs/effects';
import { parseCommand } from '../../../server/src/core/zfs/parse-command';
import type { Effect } from '../../../server/src/core/zfs/subcommand';
import { findSubcommand, OTHER_SUBCOMMANDS, SUBCOMMANDS } from '../../../server/src/core/zfs/tables';

const unique = (values: readonly string[], what: string): void =>
  assert.deepEqual([...new Set(values)], values, `${what} are unique`);

/** The letters that getopt takes, from the option strings in zfs_main.c and zpool_main.c of 2.4. */
const LETTERS: Readonly<Record<string, string>> = {
  'zfs send': 'i:I:RsDpVvnPLeht:cwbd:SX:',
  'zfs receive': 'o:x:dehMnuvFsAc',
  'zfs list': 'jHS:d:o:prs:t:',
  'zfs get': 'd:o:s:jrt:Hp',
  'zfs version': 'j',
  'zfs snapshot': 'ro:',
  'zfs hold': 'r',
  'zfs holds': 'rHp',
  'zfs release': 'r',
  'zfs bookmark': '',
  'zfs rollback': 'rRf',
  'zfs create': 'PV:b:nso:puv',
  'zfs destroy': 'vpndfrR',
  'zfs rename': 'pruf',
  'zfs mount': 'ajRlvo:Of',
  'zfs unmount': 'afu',
  'zfs clone': 'o:p',
  'zfs allow': 'ldugecsh',
  'zfs unallow': 'ldugecsrh',
  'zfs set': 'u',
  'zfs inherit': 'rS',
  'zfs load-key': 'anrL:',
  'zfs unload-key': 'ar',
  'zfs change-key': 'lio:',
  'zpool list': 'gjHLo:pPT:v',
  'zpool get': 'jHpo:',
  'zpool status': 'c:jdDegiLpPstT:vx',
};

const letters = (optstring: string): readonly string[] => (optstring.match(/[A-Za-z]:?/g) ?? []).toSorted();

describe('the command tables', () => {
  it('have every subcommand once', () => {
    const names = SUBCOMMANDS.map((entry) => `${entry.program} ${entry.name}`);
    assert.deepEqual(names.toSorted(), Object.keys(LETTERS).toSorted());
    for (const program of ['zfs', 'zpool'] as const) {
      const words = SUBCOMMANDS.filter((entry) => entry.program === program).flatMap((entry) => [
        entry.name,
        ...entry.aliases,
      ]);
      unique([...words, ...OTHER_SUBCOMMANDS[program]], `words of ${program}`);
    }
    assert.equal(findSubcommand('zfs', 'recv')?.name, 'receive');
    assert.equal(findSubcommand('zpool', 'send'), undefined);
  });

  for (const subcommand of SUBCOMMANDS) {
    const title = `${subcommand.program} ${subcommand.name}`;
    it(`have the flags of ${title}`, () => {
      const { flags } = subcommand;
      unique(
        flags.map((flag) => flag.name),
        'names',
      );
      unique(
        flags.flatMap((flag) => flag.long ?? []),
        'long options',
      );
      const short = flags.flatMap((flag) =>
        flag.short === undefined ? [] : [flag.short + (flag.argument ? ':' : '')],
      );
      assert.deepEqual(short.toSorted(), letters(LETTERS[title] ?? ''));
      for (const flag of flags) {
        assert.ok(flag.short !== undefined || flag.long !== undefined, `${flag.name} can be written`);
        assert.ok(!flag.summary.endsWith('.'), flag.summary);
        assert.match(flag.name, /^[a-z][A-Za-z]*$/);
      }
    });
  }
});

function check(line: string, effects: readonly Effect[], destructive: boolean): void {
  const { command } = parseCommand(line.split(' '));
  assert.ok(command !== undefined, line);
  assert.deepEqual([...effectsOf(command)].toSorted(), effects, line);
  assert.equal(isDestructive(command), destructive, line);
}

describe('effectsOf', () => {
  it('reads what the tables say', () => {
    check('zfs send -w t@a', ['reads'], false);
    check('zfs receive -u t', ['writes'], false);
    check('zfs receive -uF t', ['destroys', 'rolls-back', 'writes'], true);
    check('zfs receive -A t', ['destroys', 'writes'], true);
    check('zfs destroy t@a', ['destroys'], true);
    check('zfs rollback t@a', ['rolls-back'], true);
    check('zfs release tag t@a', ['releases'], false);
    check('zfs mount -l -a', ['loads-keys', 'mounts'], false);
  });

  it('knows that a dry run only reads', () => {
    check('zfs receive -nF t', ['dry-run', 'reads'], false);
    check('zfs destroy -nv t@a', ['dry-run', 'reads'], false);
    check('zfs load-key -n t', ['dry-run', 'reads'], false);
  });

  it('knows nothing of a command without a table', () => {
    assert.equal(effectsOf({ program: 'zfs', subcommand: 'diff', flags: {}, operands: [] }).size, 0);
  });
});
