import assert from 'node:assert/strict';
import path from 'node:path';
import { createConfigFiles } from '../../../server/src/cli/lint/config-files';
import { createSettings, type LintFlags, type Settings } from '../../../server/src/cli/lint/settings';
import { createIncludedReader, createPolicyReader } from '../../../server/src/cli/read-included';
import { createUpwardSearch } from '../../../server/src/cli/repository';
import { folderOf, POLICY } from './json-report';

const NO_FLAGS: LintFlags = { severities: {}, inventories: [] };

/** The settings of one file of a folder, of which all files are linted together. */
function settingsFor(
  files: Readonly<Record<string, string>>,
  name: string,
  flags: LintFlags = NO_FLAGS,
): Promise<Settings> {
  const cwd = folderOf(files);
  const search = createUpwardSearch(cwd);
  const configs = createConfigFiles(search, {
    cwd,
    env: {},
    stderr: { isTTY: false, columns: () => 80, write: () => undefined },
  });
  const together = Object.keys(files).map((file) => path.join(cwd, file));
  const readPolicy = createPolicyReader(createIncludedReader());
  const sources = { search, configs, files: together, readPolicy, isIncluded: () => false };
  return createSettings(flags, sources)(path.join(cwd, name));
}

const CONFIG = `profile: strict
rules: { no-pipefail: off, send-not-raw: warning }
assumeEncrypted: true
zfsVersion: "2.1"
baseline: known.json
noSuppress: [key-autoload]
`;

describe('the settings of a file', () => {
  it('are all that the configuration says', async () => {
    const { context, baseline } = await settingsFor({ 'x/rawsend.config.yaml': CONFIG, 'x/a.sh': '' }, 'x/a.sh');
    assert.deepEqual(context, {
      profile: 'strict',
      severities: { 'no-pipefail': 'off', 'send-not-raw': 'warning' },
      assumeEncrypted: true,
      zfsVersion: '2.1',
      noSuppress: ['key-autoload'],
      inventories: [],
      policies: [],
    });
    assert.match(baseline ?? '', /\/x\/known\.json$/);
  });

  it('are those of the command line where that says something', async () => {
    const flags: LintFlags = {
      ...NO_FLAGS,
      profile: 'minimal',
      severities: { 'no-pipefail': 'error' },
      baseline: '/b.json',
    };
    const { context, baseline } = await settingsFor({ 'rawsend.config.yaml': CONFIG, 'a.sh': '' }, 'a.sh', flags);
    assert.equal(context.profile, 'minimal');
    assert.deepEqual(context.severities, { 'no-pipefail': 'error', 'send-not-raw': 'warning' });
    assert.equal(baseline, '/b.json');
  });

  it('have the policies beside it, but not itself', async () => {
    const files = { 'a.rawsend.yaml': POLICY, 'b.rawsend.yaml': POLICY, 'c.sh': '', 'rawsend.yaml': POLICY };
    for (const [name, count] of [
      ['c.sh', 3],
      ['a.rawsend.yaml', 2],
      ['rawsend.yaml', 2],
    ] as const)
      assert.equal((await settingsFor(files, name)).context.policies?.length, count, name);
  });
});
