import assert from 'node:assert/strict';
import type { FlagValue } from '../../../server/src/core/zfs/command';
import type { CommandProblemCode, Place } from '../../../server/src/core/zfs/parse-command';
import { parseCommand } from '../../../server/src/core/zfs/parse-command';

interface Expected {
  readonly flags?: Readonly<Record<string, FlagValue>>;
  readonly operands?: readonly string[];
  /** `code text`: the text that the problem underlines. */
  readonly problems?: readonly `${CommandProblemCode} ${string}`[];
}

const textAt = (argv: readonly string[], place: Place): string =>
  (argv[place.index] ?? '').slice(place.start, place.end);

function check(line: string, expected: Expected): void {
  const argv = line.split(' ');
  const { command, problems } = parseCommand(argv);
  assert.deepEqual(command?.flags, expected.flags);
  assert.deepEqual(command?.operands, expected.operands);
  assert.deepEqual(
    problems.map((problem) => `${problem.code} ${textAt(argv, problem.place)}`),
    expected.problems ?? [],
  );
}

const raw = { raw: true } as const;
const x = ['tank/x@b'];

describe('parseCommand', () => {
  it('reads groups, attached arguments, long options and flags behind operands', () => {
    check('zfs send -w tank/x@b', { flags: raw, operands: x });
    check('/usr/sbin/zfs send --raw tank/x@b', { flags: raw, operands: x });
    check('zfs send tank/x@b -w', { flags: raw, operands: x });
    check('zfs send -w -- tank/x@b', { flags: raw, operands: x });
    check('zfs send -wRI @a tank/x@b', { flags: { raw: true, replicate: true, intermediates: '@a' }, operands: x });
    check('zfs send -wi@a tank/x@b', { flags: { raw: true, incremental: '@a' }, operands: x });
    check('zfs send -i -w tank/x@b', { flags: { incremental: '-w' }, operands: x });
    check('zfs send -nw -nw tank/x@b', { flags: { dryRun: true, raw: true }, operands: x });
    check('zfs list -t snapshot -t volume', { flags: { types: 'volume' }, operands: [] });
    check('zfs send -- -w', { flags: {}, operands: ['-w'] });
    check('zfs send -', { flags: {}, operands: ['-'] });
  });

  it('collects repeated flags', () => {
    check('zfs receive -ox=1 -o y=2 -uF t', {
      flags: { set: ['x=1', 'y=2'], noMount: true, force: true },
      operands: ['t'],
    });
    check('zfs send -R -X a/b,a/c --exclude=a/d t@s', {
      flags: { replicate: true, exclude: ['a/b,a/c', 'a/d'] },
      operands: ['t@s'],
    });
  });

  it('takes unambiguous beginnings of long options, as getopt_long does', () => {
    check('zfs send --repl t@s', { flags: { replicate: true }, operands: ['t@s'] });
    check('zfs send --re t@s', { flags: {}, operands: ['t@s'], problems: ['ambiguous-flag --re'] });
    check('zfs list --json', { flags: { json: true }, operands: [] });
  });

  it('resolves aliases', () => {
    assert.equal(parseCommand(['zfs', 'recv', 't']).command?.subcommand, 'receive');
    assert.equal(parseCommand(['zfs', 'snap', 't@a']).command?.subcommand, 'snapshot');
    assert.equal(parseCommand(['zfs', '--version']).command?.subcommand, 'version');
    assert.equal(parseCommand(['zpool', 'list']).command?.program, 'zpool');
  });

  it('reports what zfs would refuse, where it stands', () => {
    check('zfs send -wZ t@s', { flags: raw, operands: ['t@s'], problems: ['unknown-flag Z'] });
    check('zfs receive --force t', { flags: {}, operands: ['t'], problems: ['unknown-flag --force'] });
    check('zfs send t@s -wI', { flags: raw, operands: ['t@s'], problems: ['missing-argument I'] });
    check('zfs send t@s --exclude', { flags: {}, operands: ['t@s'], problems: ['missing-argument --exclude'] });
    check('zfs send --raw=yes t@s', { flags: {}, operands: ['t@s'], problems: ['unexpected-argument --raw'] });
    check('zfs send -w', { flags: raw, operands: [], problems: ['missing-operand send'] });
    check('zfs send -t 1-a-b t@s', {
      flags: { token: '1-a-b' },
      operands: ['t@s'],
      problems: ['too-many-operands t@s'],
    });
    check('zfs receive a b', { flags: {}, operands: ['a', 'b'], problems: ['too-many-operands b'] });
    check('zfs bookmark t@a t#a extra', {
      flags: {},
      operands: ['t@a', 't#a', 'extra'],
      problems: ['too-many-operands extra'],
    });
  });

  it('takes no operands beside -a and -t', () => {
    check('zfs send -w -t 1-a-b', { flags: { raw: true, token: '1-a-b' }, operands: [] });
    check('zfs load-key -a', { flags: { all: true }, operands: [] });
    check('zfs mount', { flags: {}, operands: [] });
  });

  it('has no command without a table', () => {
    check('zfs diff t@a', {});
    check('zfs --help', {});
    check('zfs', { problems: ['missing-subcommand zfs'] });
    check('zfs sned t@a', { problems: ['unknown-subcommand sned'] });
    check('zpool send t@a', { problems: ['unknown-subcommand send'] });
    check('ls', { problems: ['unknown-program ls'] });
    assert.deepEqual(parseCommand([]).problems[0]?.code, 'unknown-program');
  });

  it('suggests what was meant', () => {
    assert.equal(parseCommand(['zfs', 'recieve', 't']).problems[0]?.suggestion, 'receive');
    assert.equal(parseCommand(['zfs', 'send', '--rwa', 't@a']).problems[0]?.suggestion, '--raw');
    assert.equal(parseCommand(['zfs', 'receive', '-f', 't']).problems[0]?.suggestion, '-F');
    assert.equal(parseCommand(['zfs', 'xyzzy']).problems[0]?.suggestion, undefined);
  });

  it('says where each flag, its argument and each operand stands', () => {
    const argv = ['zfs', 'receive', '-uF', '-ox=1', '-o', 'y=2', 'tank/x'];
    const { places } = parseCommand(argv);
    assert.deepEqual(places.flags['force'], [{ flag: { index: 2, start: 2, end: 3 } }]);
    assert.deepEqual(places.flags['set'], [
      { flag: { index: 3, start: 1, end: 2 }, value: { index: 3, start: 2, end: 5 } },
      { flag: { index: 4, start: 1, end: 2 }, value: { index: 5, start: 0, end: 3 } },
    ]);
    assert.deepEqual(places.operands, [{ index: 6, start: 0, end: 6 }]);
    assert.deepEqual(places.subcommand, { index: 1, start: 0, end: 7 });
    const long = parseCommand(['zfs', 'send', '--exclude=a/b', 't@s']).places.flags['exclude'];
    assert.deepEqual(long, [{ flag: { index: 2, start: 0, end: 9 }, value: { index: 2, start: 10, end: 13 } }]);
  });
});
