import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { isStream } from '../../../server/src/core/runbook/lens-send';
import { policyFromPipeline } from '../../../server/src/core/runbook/policy-from-pipeline';
import { readRunbook } from '../../../server/src/core/runbook/read-runbook';

function policyOf(text: string): string | undefined {
  const runbook = readRunbook({ path: '/home/me/nightly.sh', text });
  const send = runbook.invocations.find(isStream);
  return send && policyFromPipeline(send, runbook)?.text;
}

const findings = (text: string): readonly string[] =>
  lintDocument({ path: 'rawsend.yaml', text, languageId: 'rawsend' }, { profile: 'strict' }).map(
    ({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`,
  );

/** The policy's text after its first two comments, and what the linter finds in it. */
function check(script: string, expected: string, found: readonly string[] = []): void {
  it(`makes a policy of ${JSON.stringify(script)}`, () => {
    const text = policyOf(script) ?? '';
    assert.match(text, /^# Made of the zfs send in line \d+ of nightly\.sh\.\n# Plan it first: .*\n/);
    assert.equal(text.split('\n').slice(2).join('\n').trimEnd(), expected.trim());
    assert.deepEqual(findings(text), found);
  });
}

describe('policyFromPipeline', () => {
  check(
    'zfs send -w -R -I @a tank/prod@b | mbuffer | ssh root@vault.example "sudo zfs receive -s -u backup/prod"',
    `
version: 1
hosts:
  here: { local: true }
  vault: { ssh: root@vault.example, elevate: sudo }
policies:
  here-to-vault:
    intent: vault
    source: here:tank/prod
    target: vault:backup/prod
    recursive: true`,
  );
  check(
    'D=backup\nzfs send -i @a "tank/prod@$SNAP" | ssh vault zfs receive -F -o mountpoint=/srv $D/prod',
    `
# The script does not send raw and this policy does: it needs a new target, for what was received is no base.
# The -F of the script is left out: when the target was changed, the plan says so and you decide.
# The script mounts the target. A vault is never mounted: where it has to be used, declare intent: standby.
# The -o mountpoint=/srv of the script is left out: the policy decides that.
version: 1
hosts:
  here: { local: true }
  vault: { ssh: vault }
policies:
  here-to-vault:
    intent: vault
    source: here:tank/prod
    target: vault:backup/prod
    recursive: false
    send: { intermediates: false }`,
  );
  check(
    `# rawsend: standby b
zfs send -w -R -X tank/a/x,tank/a/y/z tank/a@b | ssh cr0x@10.0.0.2 doas zfs recv -o readonly=on -o compression=zstd -x quota -x compression b/c`,
    `
version: 1
hosts:
  here: { local: true }
  host-10-0-0-2: { ssh: cr0x@10.0.0.2, elevate: doas }
policies:
  here-to-host-10-0-0-2:
    intent: standby
    source: here:tank/a
    target: host-10-0-0-2:b/c
    recursive: true
    exclude: [x, y/z]
    receive: { mount: true, set: { readonly: "on", compression: "zstd" }, ignore: [quota] }`,
  );
  check(
    'ssh prod "zfs send -w t/a@1 | ssh vault zfs recv -u -d x"',
    `
version: 1
hosts:
  prod: { ssh: prod }
  vault: { ssh: vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:t/a
    target: vault:x/a
    recursive: false`,
  );
  check(
    'ssh prod sudo zfs send -w t/a@1 | zfs recv -u x/a',
    `
version: 1
hosts:
  prod: { ssh: prod, elevate: sudo }
  here: { local: true }
policies:
  prod-to-here:
    intent: vault
    source: prod:t/a
    target: here:x/a
    recursive: false
    transport: { route: relay }`,
  );
  check(
    'zfs send -w t/a@1 | ssh -T -p 2222 -oBatchMode=yes -l root -J ops@bastion vault zfs recv -u x/a',
    `
version: 1
hosts:
  here: { local: true }
  vault: { ssh: root@vault:2222 }
policies:
  here-to-vault:
    intent: vault
    source: here:t/a
    target: vault:x/a
    recursive: false
    transport: { jump: ops@bastion }`,
  );
  check(
    'zfs send -w t/a@1 | ssh -J none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i "a\nreplica: true" vault zfs recv -u x/a',
    `
# The ssh of the script reaches vault with -i a replica: true: say that in the ssh configuration, no policy has it.
# The script takes any host key. Rawsend takes none that is not known: connect once by hand and compare the fingerprint.
version: 1
hosts:
  here: { local: true }
  vault: { ssh: vault }
policies:
  here-to-vault:
    intent: vault
    source: here:t/a
    target: vault:x/a
    recursive: false`,
  );
  check(
    'ssh prod -i /root/key -o "ProxyJump a,b" zfs send -w t/a@1 | ssh -o Port=23 -J c v@vault zfs recv -u x/a',
    `
# The ssh of the script reaches prod with -J a,b -i /root/key: say that in the ssh configuration, no policy has it.
# The ssh of the script reaches v@vault with -J c: say that in the ssh configuration, no policy has it.
version: 1
hosts:
  prod: { ssh: prod }
  vault: { ssh: v@vault:23 }
policies:
  prod-to-vault:
    intent: vault
    source: prod:t/a
    target: vault:x/a
    recursive: false
    transport: { route: relay }`,
  );
  check(
    'zfs send -w t/a@1 | zfs recv -u x/a',
    `
version: 1
hosts:
  here: { local: true }
policies:
  a-copy:
    intent: vault
    source: here:t/a
    target: here:x/a
    recursive: false
    transport: { route: relay }`,
  );
  check(
    'zfs send -w $SRC@1 | ssh $HOST zfs recv -u $OPTS x/a',
    `
# Not known from there: the dataset $SRC. Write here what is meant.
# Not known from there: the host $HOST. Write here what is meant.
# Not known from there: the flags in $OPTS. Write here what is meant.
version: 1
hosts:
  here: { local: true }
  target: { ssh: "$HOST" }
policies:
  here-to-target:
    intent: vault
    source: "here:$SRC"
    target: target:x/a
    recursive: false`,
    ['policy-schema "$HOST"', 'policy-names "here:$SRC"'],
  );

  for (const script of ['zfs send -w a@b > file', 'zfs send -n a@b | zfs recv c', 'zfs recv a'])
    it(`makes none of ${script}`, () => assert.equal(policyOf(script), undefined));
});
