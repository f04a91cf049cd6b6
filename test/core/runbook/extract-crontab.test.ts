import assert from 'node:assert/strict';
import { readRunbook } from '../../../server/src/core/runbook/read-runbook';
import { checkRegions, regionsOf } from './region-table';

describe('crontabs', () => {
  checkRegions('user.crontab', {
    'a time and a command': ['*/5 1-3,6 * jan mon-fri zfs list\n', ['zfs list']],
    'a word for the time': ['@daily zfs list\n', ['zfs list']],
    'an escaped percent sign is one, a bare one ends the command': [
      '@daily zfs snapshot a@$(date +\\%F)%input%more\n',
      ['zfs snapshot a@$(date +%F)'],
    ],
    'variables are not expanded': ['A = "b $C"\r\n@daily zfs list $A\r\n', ["A='b $C'", 'zfs list $A']],
    'comments and empty lines are none': ['# 1 2 3 4 5 zfs list\n\n   \n', []],
    'what is no line of a crontab is left alone': ['zfs list\n1 2 3\n', []],
  });

  it('system crontabs have a user', () => {
    assert.deepEqual(regionsOf('/etc/cron.d/zfs', '1 2 * * * root zfs list\n'), ['zfs list']);
    assert.deepEqual(regionsOf('/etc/crontab', '@reboot root zfs list\n'), ['zfs list']);
  });

  it('knows what starts a line, and the shell', () => {
    const text = 'SHELL=/bin/bash\n@reboot zfs list\n@daily zfs list\n';
    const { invocations } = readRunbook({ path: 'crontab', text });
    assert.deepEqual(
      invocations.map(({ site }) => `${site.setting.trigger} ${site.dialect}`),
      ['boot bash', 'schedule bash'],
    );
  });
});
