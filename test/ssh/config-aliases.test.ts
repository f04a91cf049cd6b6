import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configAliases } from '../../server/src/ssh/config-aliases';

describe('configAliases', () => {
  let home: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'rawsend-aliases-'));
    mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true });
    writeFileSync(join(home, '.ssh', 'conf.d', 'more'), 'Host cold\n  User root\n');
    const lines = [
      'Include conf.d/*',
      'Host prod backup',
      '  HostName 10.0.0.1',
      'Host *.lan db? !prod *',
      'Host "prod"',
    ];
    writeFileSync(join(home, 'config'), `${lines.join('\n')}\n`);
    writeFileSync(join(home, 'broken'), 'Host "\n\0 = = =\nInclude broken\n');
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  it('lists names once, those of included files too, and no patterns', () => {
    assert.deepEqual(configAliases({ home, configFile: join(home, 'config') }), ['cold', 'prod', 'backup']);
  });

  it('lists none of a file that is missing or cannot be read', () => {
    assert.deepEqual(configAliases({ home, configFile: join(home, 'nowhere') }), []);
    assert.deepEqual(configAliases({ home, configFile: join(home, '.ssh') }), []);
    assert.ok(Array.isArray(configAliases({ home, configFile: join(home, 'broken') })));
  });
});
