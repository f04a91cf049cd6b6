import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Command, FlagValue } from '../../../server/src/core/zfs/command';
import { parseCommand } from '../../../server/src/core/zfs/parse-command';
import { printCommand } from '../../../server/src/core/zfs/print-command';
import type { Flag, Subcommand } from '../../../server/src/core/zfs/subcommand';
import { SUBCOMMANDS } from '../../../server/src/core/zfs/tables';

const word = fc.oneof(
  fc.constantFrom('@a', 'tank/prod@b', 'mountpoint=none', '', ' ', '-', '--', '-w', '--raw=1', "it's", 'a\tb', 'ü#@%'),
  fc.string(),
);

function flagValue(flag: Flag): fc.Arbitrary<FlagValue> {
  if (flag.argument === undefined) return fc.constant(true);
  return flag.repeatable ? fc.array(word, { minLength: 1, maxLength: 3 }) : word;
}

function commandOf(subcommand: Subcommand): fc.Arbitrary<Command> {
  const flags = subcommand.flags.map((flag) =>
    fc.option(flagValue(flag).map((value) => [[flag.name, value]] as const)),
  );
  return fc.record(
    {
      program: fc.constant(subcommand.program),
      subcommand: fc.constant(subcommand.name),
      flags: fc
        .tuple(...flags)
        .map((chosen): Command['flags'] => Object.fromEntries(chosen.flatMap((entry) => entry ?? []))),
      operands: fc.array(word, { maxLength: 4 }),
    },
    { noNullPrototype: true },
  );
}

function check(command: Command, argv: string): void {
  assert.equal(printCommand(command).join(' '), argv);
}

describe('printCommand', () => {
  for (const subcommand of SUBCOMMANDS) {
    it(`prints what parses back: ${subcommand.program} ${subcommand.name}`, () => {
      fc.assert(
        fc.property(commandOf(subcommand), (command) => {
          assert.deepEqual(parseCommand(printCommand(command)).command, command);
        }),
      );
    });
  }

  it('prints flags one by one in the order of the table', () => {
    const flags = { intermediates: '@a', parsable: true, verbose: true, raw: true } as const;
    check({ program: 'zfs', subcommand: 'send', flags, operands: ['tank/x@b'] }, 'zfs send -w -v -P -I @a tank/x@b');
  });

  it('repeats a flag for each of its values', () => {
    const flags = {
      ignore: ['quota'],
      set: ['mountpoint=none', 'readonly=on'],
      resumable: true,
      noMount: true,
    } as const;
    check(
      { program: 'zfs', subcommand: 'receive', flags, operands: ['backup/x'] },
      'zfs receive -s -u -o mountpoint=none -o readonly=on -x quota backup/x',
    );
  });

  it('keeps an operand that looks like a flag from being one', () => {
    check({ program: 'zfs', subcommand: 'hold', flags: {}, operands: ['-tag', 'tank@a'] }, 'zfs hold -- -tag tank@a');
  });

  it('throws for a flag that no table has', () => {
    assert.throws(
      () => printCommand({ program: 'zfs', subcommand: 'send', flags: { nope: true }, operands: [] }),
      /nope/,
    );
    assert.throws(() => printCommand({ program: 'zfs', subcommand: 'nope', flags: {}, operands: [] }), /nope/);
  });
});
