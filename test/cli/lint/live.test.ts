import assert from 'node:assert/strict';
import { inventories } from '../../core/plan/notation';
import { runCli } from '../io-double';
import { folderOf, lintJson } from './json-report';

const POLICY = `version: 1
hosts: { prod: { ssh: root@source }, vault: { ssh: root@dest } }
policies:
  nightly: { intent: vault, source: prod:tank/src, target: vault:backup/dst }
`;

const KNOWN = inventories({ src: { '': 'root @a1', tmp: 'clear @a2' } });
const FILES = { 'rawsend.yaml': POLICY, 'prod.json': JSON.stringify(KNOWN['prod']) };

describe('rawsend lint --inventory of a policy file', () => {
  it('tells what the inventory shows, and when it was read', async () => {
    const { report } = await lintJson(['rawsend.yaml', '--inventory', 'prod.json'], { cwd: folderOf(FILES) });
    const [finding, ...others] = report.files[0]?.findings ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual([finding?.rule, finding?.severity, finding?.line], ['policy-live', 'warning', 4]);
    assert.match(
      finding?.message ?? '',
      /tank\/src\/tmp is not encrypted.*\(prod as read at 2026-11-23T02:00:00\.000Z\)$/,
    );
  });

  it('says the same every time', async () => {
    const cwd = folderOf(FILES);
    const outputs = await Promise.all(
      [1, 2].map(async () => (await runCli(['lint', 'rawsend.yaml', '--inventory', 'prod.json'], { cwd })).stdout),
    );
    assert.equal(outputs[0], outputs[1]);
  });

  it('knows nothing without it', async () => {
    const { report } = await lintJson(['rawsend.yaml'], { cwd: folderOf(FILES) });
    assert.deepEqual(report.files[0]?.findings, []);
  });

  it('excludes a clear child when told to, and is then silent', async () => {
    const options = ['rawsend.yaml', '--inventory', 'prod.json', '--unsafe-fixes'];
    const { report } = await lintJson(options, { cwd: folderOf(FILES) });
    assert.deepEqual(report.files[0]?.findings, []);
  });
});
