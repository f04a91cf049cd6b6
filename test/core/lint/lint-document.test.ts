import assert from 'node:assert/strict';
import { documentKind } from '../../../server/src/core/lint/document-kind';
import type { Document, LintContext } from '../../../server/src/core/lint/document';
import type { Finding } from '../../../server/src/core/lint/finding';
import { lintDocument, runbookOf } from '../../../server/src/core/lint/lint-document';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { PolicyFile } from '../../../server/src/core/policy/policy';
import type { Dataset, Inventory } from '../../../server/src/core/zfs/inventory';

const lint = (text: string, context: LintContext = {}): readonly Finding[] =>
  lintDocument({ path: 'a.sh', text }, context);

/** The findings as `severity rule`. */
function check(text: string, context: LintContext, expected: readonly string[]): void {
  assert.deepEqual(
    lint(text, context).map(({ severity, rule }) => `${severity} ${rule}`),
    expected,
  );
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

const vault = policyFile('    intent: vault\n    exclude: [scratch]\n');
const replica = policyFile('    intent: vault\n    replica: true\n');
const standby = policyFile('    intent: standby\n');

function inventory(name: string, encryption: string): Inventory {
  const dataset: Dataset = {
    name,
    kind: 'filesystem',
    guid: '1',
    createtxg: '1',
    encryption,
    mounted: false,
    readonly: { value: 'off', source: 'default' },
    used: 0,
    referenced: 0,
    written: 0,
    snapshots: [],
    bookmarks: [],
  };
  const zfsVersion = { userland: '2.3.6', kernel: '2.3.6' };
  return { schema: 1, host: 'prod', takenAt: '2026-01-02T03:04:05Z', zfsVersion, pools: [], datasets: [dataset] };
}

const send = (dataset: string): string => `zfs send ${dataset}@1 > /srv/stream\n`;

describe('what is known about a dataset', () => {
  it('comes from a policy that sends it raw', () => {
    check(send('tank/prod/db'), { policies: [vault] }, ['error send-not-raw']);
    assert.match(lint(send('tank/prod'), { policies: [vault] })[0]?.message ?? '', /by the policy daily/);
    check(send('tank/prod/scratch'), { policies: [vault] }, ['warning send-not-raw']);
    check(send('tank/production'), { policies: [vault] }, ['warning send-not-raw']);
  });

  it('comes from an inventory', () => {
    check(send('tank/a'), { inventories: [inventory('tank/a', 'aes-256-gcm')] }, ['error send-not-raw']);
    check(send('tank/a'), { inventories: [inventory('tank/a', 'off')] }, []);
    check(send('tank/a'), { inventories: [inventory('tank/a', 'off'), inventory('tank/a', 'aes-256-gcm')] }, [
      'warning send-not-raw',
    ]);
  });

  it('comes from the setting last, and from the document first', () => {
    check(send('tank/a'), { assumeEncrypted: true }, ['error send-not-raw']);
    check(send('tank/a'), { assumeEncrypted: true, inventories: [inventory('tank/a', 'off')] }, []);
    check(`zfs create -o encryption=off tank/prod\n${send('tank/prod')}`, { policies: [vault] }, []);
    check(`ssh a zfs create -o encryption=on tank/a\n${send('tank/a')}`, {}, ['warning send-not-raw']);
  });

  it('makes a target a vault, a replica or a standby', () => {
    const force = 'zfs receive -u -F backup/prod/db < /srv/stream\n';
    check(force, { policies: [vault] }, ['warning receive-force']);
    check(force, { policies: [replica] }, []);
    const mounting = 'zfs receive backup/prod < /srv/stream\n';
    assert.equal(lint(mounting, { policies: [vault] })[0]?.fixes[0]?.safety, 'safe');
    assert.equal(lint(mounting)[0]?.fixes[0]?.safety, 'unsafe');
    check(mounting, { policies: [standby] }, []);
    check('zfs receive tank/prod < /srv/stream\n', { policies: [vault] }, []);
    const key = 'zfs mount -l backup/prod\n';
    check(key, { policies: [vault] }, ['warning key-autoload']);
    check(key, { policies: [standby] }, []);
    check(key, { policies: [standby], profile: 'strict' }, ['information key-autoload']);
  });
});

describe('severities', () => {
  const text = 'zfs load-key tank/a\nzfs send tank/a@1 | gzip > /a\n';

  it('follow the profile and the settings', () => {
    check(text, {}, ['warning no-pipefail', 'error send-not-raw'].toReversed());
    check(text, { profile: 'minimal' }, ['error send-not-raw']);
    check(text, { severities: { 'send-not-raw': 'off', 'no-pipefail': 'error' } }, ['error no-pipefail']);
    check(text, { profile: 'minimal', severities: { 'no-pipefail': 'information' } }, [
      'error send-not-raw',
      'information no-pipefail',
    ]);
  });
});

describe('documentKind', () => {
  const cases: readonly (readonly [Partial<Document>, ReturnType<typeof documentKind>])[] = [
    [{ path: 'rawsend.yaml' }, 'policy'],
    [{ path: 'file:///srv/rawsend.yml' }, 'policy'],
    [{ path: '/etc/vault.rawsend.yaml' }, 'policy'],
    [{ path: 'drawsend.yaml' }, undefined],
    [{ path: 'untitled:1', languageId: 'rawsend' }, 'policy'],
    [{ path: 'a.sh' }, 'runbook'],
    [{ path: 'a.zsh' }, 'runbook'],
    [{ path: 'a.sh', text: '#!/usr/bin/python3\n' }, undefined],
    [{ path: 'backup', text: '#!/bin/sh -e\n' }, 'runbook'],
    [{ path: 'backup', text: '#!/usr/bin/env -S bash -e\n' }, 'runbook'],
    [{ path: 'backup', text: '#! /usr/bin/env nix-shell\n#! nix-shell -i bash -p pv\n' }, 'runbook'],
    [{ path: 'backup' }, undefined],
    [{ path: 'untitled:2', languageId: 'shellscript' }, 'runbook'],
  ];
  for (const [document, expected] of cases) {
    it(`is ${expected} for ${JSON.stringify(document)}`, () =>
      assert.equal(documentKind({ path: '', text: '', ...document }), expected));
  }
});

describe('limits', () => {
  it('a document that is too large has one finding', () => {
    const large = 'zfs send tank/a@1\n'.repeat(60_000);
    check(large, {}, ['information document-too-large']);
    check('cat <<E\nzfs\nE\n'.repeat(2001), {}, ['information document-too-large']);
  });

  it('a text without a word of ours is not even parsed', () => check('echo hello\n'.repeat(10), {}, []));
});

describe('a runbook that was read before', () => {
  const document = { path: 'a.sh', text: 'zfs send tank/a@1 > /srv/a\n' };

  it('gives the same findings', () =>
    assert.deepEqual(lintDocument(document, {}, runbookOf(document)), lintDocument(document, {})));

  it('is there exactly for what lintDocument reads', () => {
    assert.equal(runbookOf(document)?.invocations.length, 1);
    assert.equal(runbookOf({ path: 'a.sh', text: 'echo hello\n' }), undefined);
    assert.equal(runbookOf({ path: 'a.sh', text: document.text.repeat(60_000) }), undefined);
    assert.equal(runbookOf({ ...document, path: 'a.py' }), undefined);
    assert.equal(runbookOf({ ...document, path: 'rawsend.yaml' }), undefined);
  });
});
