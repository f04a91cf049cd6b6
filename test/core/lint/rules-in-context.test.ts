import assert from 'node:assert/strict';
import type { LintContext } from '../../../server/src/core/lint/document';
import { lintDocument, runbookOf } from '../../../server/src/core/lint/lint-document';
import { gatherNeighbours, sayingsOf } from '../../../server/src/core/lint/neighbours';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { PolicyFile } from '../../../server/src/core/policy/policy';
import type { Dataset, Inventory } from '../../../server/src/core/zfs/inventory';

/** What rules make of the policies, inventories, versions and other runbooks that are given with a document. */
interface Case {
  readonly title: string;
  readonly text: string;
  readonly context: LintContext;
  /** `severity rule`, in the order of the text. */
  readonly found: readonly string[];
  /** What one of the messages says. */
  readonly says?: RegExp;
}

function policyFile(options: string): PolicyFile {
  const { file } = parsePolicy(`version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  daily:
    source: prod:tank/prod
    target: vault:backup/prod
${options}`);
  assert.ok(file, 'the policy of this test is in order');
  return file;
}

const vault: LintContext = { policies: [policyFile('    intent: vault\n')] };
const standby: LintContext = { policies: [policyFile('    intent: standby\n')] };

const version = (zfsVersion: string): LintContext => ({ zfsVersion });

function dataset(name: string, more: Partial<Dataset> = {}): Dataset {
  return {
    name,
    kind: 'filesystem',
    guid: '1',
    createtxg: '1',
    encryption: 'aes-256-gcm',
    mounted: false,
    readonly: { value: 'off', source: 'default' },
    used: 0,
    referenced: 0,
    written: 0,
    snapshots: [],
    bookmarks: [],
    ...more,
  };
}

function inventory(kernel: string, ...datasets: readonly Dataset[]): LintContext {
  const takenAt = '2026-01-02T03:04:05Z';
  const zfsVersion = { userland: kernel, kernel };
  return { inventories: [{ schema: 1, host: 'prod', takenAt, zfsVersion, pools: [], datasets } satisfies Inventory] };
}

function beside(path: string, text: string, own: string): LintContext {
  const runbooks = [runbookOf({ path, text }), runbookOf({ path: 'a.sh', text: own })];
  return { neighbours: gatherNeighbours(runbooks.flatMap((runbook) => (runbook ? [sayingsOf(runbook)] : []))) };
}

const PLAIN = 'zfs load-key tank/prod\nzfs send tank/prod@a | zfs receive -s -u -o encryption=on backup/prod\n';
const INCREMENT =
  'zfs load-key tank/prod\nzfs hold r tank/prod@a\nzfs send -i @a tank/prod@b | zfs receive -s -u backup/prod\n';
const RAW = 'zfs send -w tank/prod@a | zfs receive -s -u backup/prod\n';
const TREE = 'zfs send -w tank/prod@a | zfs receive -s -u x/a\nzfs send -w tank/prod/db@a | zfs receive -s -u x/b\n';
const RESUME = 'zfs send -t "$TOKEN" | ssh vault zfs receive -s -u backup/prod\n';
const TRAVELS = 'zfs send -w -R tank/prod@a | ssh vault zfs receive -s -u backup/prod\n';
const LARGE = `zfs create -o encryption=off tank/big
zfs send -L tank/big@a | zfs receive -s -u backup/big
zfs hold r tank/big@a
zfs send -i @a tank/big@b | zfs receive -s -u backup/big
`;

const CASES: readonly Case[] = [
  {
    title: 'a token for a vault',
    text: RESUME,
    context: vault,
    found: ['warning token-not-raw'],
    says: /backup\/prod/,
  },
  { title: 'a token for a standby', text: RESUME, context: standby, found: [] },
  { title: 'mountpoints into a vault', text: TRAVELS, context: vault, found: ['warning receive-mountpoint-travels'] },
  { title: 'mountpoints into a standby', text: TRAVELS, context: standby, found: [] },
  {
    title: 'mountpoints of a volume',
    text: TRAVELS,
    context: { ...vault, ...inventory('2.3.6', dataset('tank/prod', { kind: 'volume' })) },
    found: [],
  },
  {
    title: 'a volume that is received',
    text: 'zfs receive -s backup/v < /srv/v\n',
    context: inventory('2.3.6', dataset('backup/v', { kind: 'volume' })),
    found: [],
  },
  {
    title: 'a child that inherits its key',
    text: TREE,
    context: inventory('2.3.6', dataset('tank/prod/db', { encryptionRoot: 'tank/prod' })),
    found: ['warning encryption-root-split'],
  },
  {
    title: 'a child with a key of its own',
    text: TREE,
    context: inventory('2.3.6', dataset('tank/prod/db', { encryptionRoot: 'tank/prod/db' })),
    found: [],
  },
  {
    title: 'a raw stream into the same target in another runbook',
    text: INCREMENT,
    context: beside('full.sh', RAW, INCREMENT),
    found: ['error send-not-raw', 'error mixed-raw-chain'],
    says: /in full\.sh/,
  },
  {
    title: 'a raw stream of another pair in another runbook',
    text: INCREMENT,
    context: beside('full.sh', RAW.replace('backup', 'usb'), INCREMENT),
    found: ['error send-not-raw'],
  },
  {
    title: '-X for 2.1',
    text: 'zfs send -w -R -X t/b t/a@1 > /srv/a\n',
    context: version('2.1'),
    found: ['error invalid-flags'],
    says: /since OpenZFS 2\.2 only/,
  },
  { title: '-X for 2.2', text: 'zfs send -w -R -X t/b t/a@1 > /srv/a\n', context: version('2.2'), found: [] },
  {
    title: '-V for 2.1, which 2.1.10 has',
    text: 'zfs send -w -V t/a@1 > /srv/a\n',
    context: version('2.1'),
    found: [],
  },
  {
    title: '-V for 2.1.9',
    text: 'zfs send -w -V t/a@1 > /srv/a\n',
    context: version('2.1.9'),
    found: ['error invalid-flags'],
  },
  { title: 'a flag of Solaris, platform unknown', text: 'zfs get -e all tank\n', context: {}, found: [] },
  {
    title: 'a flag of Solaris, OpenZFS declared',
    text: 'zfs get -e all tank\n',
    context: version('2.3'),
    found: ['error invalid-flags'],
  },
  { title: 'an unknown flag of a release to come', text: 'zfs get -Z all tank\n', context: version('2.6'), found: [] },
  {
    title: 'a non-raw send by 2.2.7',
    text: PLAIN,
    context: version('2.2.7'),
    found: ['error send-not-raw', 'warning version-hazard'],
    says: /12014/,
  },
  { title: 'a non-raw send by 2.2.8', text: PLAIN, context: version('2.2.8'), found: ['error send-not-raw'] },
  {
    title: 'a non-raw send by the host of an inventory',
    text: PLAIN,
    context: inventory('2.3.2'),
    found: ['error send-not-raw', 'warning version-hazard'],
    says: /2\.3\.2 \(in the inventory of prod\)/,
  },
  { title: 'a raw send by 2.2.7', text: RAW, context: version('2.2.7'), found: [] },
  {
    title: '-L that is given up',
    text: LARGE,
    context: version('2.3.2'),
    found: ['warning version-hazard'],
    says: /-L/,
  },
  { title: '-L that is given up, version unknown', text: LARGE, context: {}, found: [] },
  { title: '-L that is kept', text: LARGE.replace('-i @a', '-L -i @a'), context: version('2.3.2'), found: [] },
  {
    title: 'send:raw before 2.4',
    text: 'zfs allow -u bob send:raw tank\n',
    context: version('2.3.2'),
    found: ['warning version-hazard'],
  },
  { title: 'send:raw from 2.4 on', text: 'zfs allow -u bob send:raw tank\n', context: version('2.4.1'), found: [] },
];

describe('rules in context', () => {
  for (const { title, text, context, found, says } of CASES) {
    it(title, () => {
      const findings = lintDocument({ path: 'a.sh', text: `set -o pipefail\n${text}` }, context);
      assert.deepEqual(
        findings.map(({ severity, rule }) => `${severity} ${rule}`),
        found,
      );
      if (says) assert.match(findings.map(({ message }) => message).join('\n'), says);
    });
  }
});

const TOKEN =
  '1-d12f70aa3-f0-789c636064000310a500c4ec50360710e72765a52697303034409460caa7a515a796806442e0f26c48f2499525a9c540fa4a431456fd25f9e9a599290c0cd55112a261e1efcb3490e439c1f27989b9a9403a312f5bbfa0283f453f25c92111620e3703c2ddc9f9b90545a9c5c5f9d9103109a83b60f24589e53029060085cf1ea3';
const safety = (token: string): string | undefined =>
  lintDocument({ path: 'a.sh', text: `zfs send -t ${token} > /srv/rest\n` }, { profile: 'strict' }).find(
    ({ rule }) => rule === 'token-not-raw',
  )?.fixes[0]?.safety;

describe('the fix of token-not-raw', () => {
  it('is safe for a raw token that is written out', () => assert.equal(safety(TOKEN), 'safe'));
  it('is unsafe for a token that is not known or is damaged', () => {
    assert.equal(safety('"$TOKEN"'), 'unsafe');
    assert.equal(safety(TOKEN.slice(0, -2)), 'unsafe');
  });
});
