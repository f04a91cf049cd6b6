import assert from 'node:assert/strict';
import { readRunbook } from '../../../server/src/core/runbook/read-runbook';
import { checkRegions, regionsOf } from './region-table';

describe('systemd units', () => {
  checkRegions('a.service', {
    'each word is quoted, for there is no shell': [
      '[Service]\nExecStart=/sbin/zfs list tank | cat\n',
      ["'/sbin/zfs' 'list' 'tank' '|' 'cat'\n"],
    ],
    'prefixes, quotes and escapes are read': [
      String.raw`ExecStart=-@/sbin/zfs name list "a b"'c' \x41\tx it's` + '\n',
      ["'/sbin/zfs' 'list' 'a bc' 'A\tx' 'its'\n"],
    ],
    'a line goes on behind a backslash and a comment': [
      'ExecStart=zfs list \\\n# why\n; too\n  tank\n',
      ["'zfs' 'list' 'tank'\n"],
    ],
    'variables are those of Environment': [
      'Environment=A=1 "B=2 3"\nExecStart=zfs list $A x${B}y $$C\n',
      ["A='1'\nB='2 3'\n'zfs' 'list' $A 'x'\"${B}\"'y' '$''C'\n"],
    ],
    'specifiers are unknown': ['ExecStart=zfs list %i/%%\n', ["'zfs' 'list' '%i/%'\n"]],
    'a semicolon separates commands': [
      'ExecStart=zfs list ; zpool list "\\;"\n',
      ["'zfs' 'list'\n'zpool' 'list' ';'\n"],
    ],
    'other settings run nothing': ['[Unit]\nDescription=zfs send a@b\nAfter=zfs.target\n', []],
  });

  it('a drop-in is one, and so is what the editor calls one', () => {
    assert.equal(regionsOf('/etc/systemd/system/x.service.d/override.conf', 'ExecStart=zfs list\n').length, 1);
    assert.equal(regionsOf('/etc/x.conf', 'ExecStart=zfs list\n').length, 0);
  });

  const triggers: readonly (readonly [string, string | undefined])[] = [
    ['[Install]\nWantedBy=multi-user.target\n', 'boot'],
    ['[Unit]\nBefore=zfs-mount.service\n', 'boot'],
    ['[Install]\nWantedBy=timers.target\n', undefined],
    ['[Timer]\nOnCalendar=daily\n', 'schedule'],
  ];
  for (const [text, expected] of triggers) {
    it(`is started by ${expected ?? 'whoever starts it'} with ${JSON.stringify(text)}`, () => {
      const { invocations } = readRunbook({ path: 'a.service', text: `[Service]\nExecStart=zfs list\n${text}` });
      assert.deepEqual(
        invocations.map(({ site }) => site.setting.trigger),
        [expected],
      );
    });
  }
});
