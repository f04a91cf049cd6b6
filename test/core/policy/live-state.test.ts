import assert from 'node:assert/strict';
import { hoverPolicy } from '../../../server/src/core/policy/hover-policy';
import { describeEndpoint, describeHost } from '../../../server/src/core/policy/live-state';
import { formatAgo } from '../../../server/src/core/text/format-age';
import { KNOWN } from './inventories';

/** The lines that are said; no line without an inventory. */
function check(host: string, dataset: string, ...expected: readonly string[]): void {
  const said = describeEndpoint(KNOWN, host, dataset);
  assert.deepEqual(said === undefined ? [] : said.split('\n').filter((line) => line !== ''), expected);
}

describe('describeEndpoint', () => {
  it('tells what was there, and when', () => {
    check(
      'prod',
      'tank/data',
      'On `prod`, as read 5 min ago:',
      '- filesystem, aes-256-gcm, key loaded',
      '- 3 snapshots, 1 held; the newest is `before-upgrade`, taken 2 h ago',
      '- 2 datasets below it',
      '- mounted at `/data`, readonly off',
      '- 4.0 KiB written since its newest snapshot',
    );
    check(
      'vault',
      'backup/prod/home',
      'On `vault`, as read 5 min ago:',
      '- filesystem, aes-256-gcm, key not loaded (encryption root `backup/prod`)',
      '- 1 snapshot; the newest is `a`, taken 2 h ago',
      '- not mounted, mountpoint `none`, readonly on',
    );
    check(
      'vault',
      'backup/prod',
      'On `vault`, as read 5 min ago:',
      '- filesystem, aes-256-gcm, key not loaded',
      '- no snapshots',
      '- 1 dataset below it',
      '- not mounted, mountpoint `none`, readonly on',
      '- a receive was cut and can be resumed',
    );
  });

  it('tells what was not there', () => {
    const heading = 'On `vault`, as read 5 min ago:';
    check(
      'vault',
      'backup/prod/new',
      heading,
      '- there is no `backup/prod/new`; the nearest above it is `backup/prod`, with 3.0 GiB free in the pool',
    );
    check('vault', 'other/x', heading, '- there is no pool `other`');
  });

  it('tells nothing of a host that was not read', () => check('other', 'tank'));
});

describe('describeHost', () => {
  it('tells version and pools', () => {
    assert.match(
      describeHost(KNOWN, 'prod') ?? '',
      /5 min ago[^]*- OpenZFS 2.3.2\n- pool `tank`: ONLINE, 3.0 GiB free/,
    );
    assert.equal(describeHost(KNOWN, 'other'), undefined);
  });
});

describe('formatAgo', () => {
  it('is one number, never more exact than it can be', () => {
    const ages = [-5, 0, 59, 60, 3599, 3600, 86_399, 86_400, 1e7].map(formatAgo);
    const expected = [
      'just now',
      'just now',
      'just now',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '23 h ago',
      '1 d ago',
      '115 d ago',
    ];
    assert.deepEqual(ages, expected);
  });
});

describe('hover of what is known', () => {
  const TEXT =
    'hosts: { prod: { ssh: a } }\npolicies:\n  a: { source: prod:tank/data, target: other:x, keys: { location: prompt } }\n';
  const hover = (at: string): string => hoverPolicy(TEXT, TEXT.indexOf(at), KNOWN)?.markdown ?? '';

  it('stands before the explanation of the key', () => {
    assert.match(
      hover('prod:tank'),
      /^\*\*source\*\*\n\nOn `prod`, as read 5 min ago:\n\n- filesystem[^]*HOST:POOL\/DATASET/,
    );
    assert.match(hover('prod: {'), /^\*\*prod\*\*\n\nOn `prod`[^]*A machine that has ZFS/);
  });

  it('is silent where nothing is known, and on what is no endpoint', () => {
    for (const at of ['other:x', 'source', 'prompt', 'ssh']) assert.doesNotMatch(hover(at), /as read/, at);
  });
});
