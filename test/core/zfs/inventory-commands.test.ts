import assert from 'node:assert/strict';
import type { InventoryOutput } from '../../../server/src/core/zfs/inventory-commands';
import { holdsCommands, inventoryCommands } from '../../../server/src/core/zfs/inventory-commands';

function check(roots: readonly string[], expected: readonly string[]): void {
  const shown = inventoryCommands(roots).map(({ argv }) =>
    argv
      .join(' ')
      .replace(/type,guid,\S+/, 'PROPERTIES')
      .replace(/-o [a-z_]+,\S+/, '-o COLUMNS'),
  );
  const around = ['zfs version', 'zpool list -H -p -o COLUMNS', 'ps -A -o pid= -o args='];
  assert.deepEqual(shown, [...around.slice(0, 2), ...expected, ...around.slice(2)]);
}

const row = (name: string, userrefs: string): string => `${name}\t1\t-\t1\t1\t0\t0\t${userrefs}\n`;

const listed = (rows: readonly string[]): InventoryOutput => ({
  part: 'snapshots',
  code: 0,
  stdout: rows.join(''),
  stderr: '',
});

describe('inventoryCommands', () => {
  it('are five for a whole host', () => {
    check(
      [],
      ['zfs get -H -p -t filesystem,volume -o COLUMNS PROPERTIES', 'zfs list -H -p -t snapshot,bookmark -o COLUMNS'],
    );
  });

  it('read only what is asked for, and what is above it', () => {
    check(
      ['tank/a/b', 'tank/a/c'],
      [
        'zfs get -H -p -r -t filesystem,volume -o COLUMNS PROPERTIES tank/a/b tank/a/c',
        'zfs get -H -p -t filesystem,volume -o COLUMNS PROPERTIES tank tank/a',
        'zfs list -H -p -r -t snapshot,bookmark -o COLUMNS tank/a/b tank/a/c',
      ],
    );
    check(
      ['tank'],
      [
        'zfs get -H -p -r -t filesystem,volume -o COLUMNS PROPERTIES tank',
        'zfs list -H -p -r -t snapshot,bookmark -o COLUMNS tank',
      ],
    );
  });
});

describe('holdsCommands', () => {
  it('ask only for snapshots that have holds', () => {
    assert.deepEqual(
      holdsCommands([listed([row('tank/prod@later', '2'), row('tank/prod@first', '0'), row('tank/prod#mark', '-')])]),
      [{ part: 'holds', argv: ['zfs', 'holds', '-H', 'tank/prod@later'] }],
    );
    assert.deepEqual(holdsCommands([]), []);
  });

  it('keep each command short enough for one argument', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `tank/${'x'.repeat(100)}@${index}`);
    const commands = holdsCommands([listed(names.map((name) => row(name, '1')))]);
    assert.equal(commands.length, 4);
    assert.deepEqual(
      commands.flatMap(({ argv }) => argv.slice(3)),
      names,
    );
    for (const { argv } of commands) assert.ok(argv.join("' '").length < 110_000);
  });
});
