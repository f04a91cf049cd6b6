/** What is written is what runs: each key of a policy changes a step, a conflict or a check, or the file is refused without it. */
import assert from 'node:assert/strict';
import { openHost } from '../../../server/src/connect';
import { guardConflicts } from '../../../server/src/core/plan/guard';
import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import { intervalOf } from '../../../server/src/core/policy/interval';
import { windowConflicts } from '../../../server/src/core/plan/window';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { HostEntry } from '../../../server/src/core/policy/policy';
import { schemaPlace } from '../../../server/src/core/policy/schema-places';
import { askNobody } from '../../../server/src/core/run/ask';
import { verifyPolicy } from '../../../server/src/core/run/verify-policy';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { ELEVATE } from '../../../server/src/ssh/elevate';
import { resolveTarget } from '../../../server/src/ssh/ssh-target';
import { verifyHostKey } from '../../../server/src/ssh/verify-host-key';
import { inventories } from '../plan/notation';
import { HOSTS, includedFrom, including, policyLine } from './include-text';
import type { Tree } from '../plan/notation';

const NOW = '2026-11-23T02:00:00.000Z';

/** Each part of what comes of a policy, as text. */
interface Effect {
  /** What is wrong with the file. */
  readonly problems: string;
  readonly steps: string;
  readonly conflicts: string;
  /** Conflicts that depend on the sizes and on the time of day. */
  readonly guard: string;
  readonly window: string;
  readonly checks: string;
  /** The time from run to run that is simulated. */
  readonly simulated: string;
}

interface Key {
  /** YAML of the policy with the key, and without it or with another value: lines that replace those of `MINIMAL`. */
  readonly with: string;
  readonly without?: string;
  /** Where the difference shows. */
  readonly changes: keyof Effect;
  /** What is there, where the usual hosts do not show it. */
  readonly src?: Tree;
  readonly dst?: Tree;
}

const SRC: Tree = { '': 'root @rep-a1 @rep-b2* +', app: '@rep-a3 @rep-b4*', new: '@rep-b9*' };
const DST: Tree = { '': 'root @rep-a1 @rep-b2', app: '@rep-a3 @rep-b4' };
/** Up to date, so that a retention is all that is to be done. */
const QUIET = { src: '@rep-a1 @rep-b2 @rep-c3*', dst: '@rep-a1 @rep-b2 @rep-c3' };

const MINIMAL: Readonly<Record<string, string>> = {
  intent: 'vault',
  source: 'prod:tank/src',
  target: 'vault:backup/dst',
};
const STANDBY = 'intent: standby';
type Entries = Readonly<Record<string, string>>;
const section = (name: string, entries: Entries): string =>
  `${name}: { ${Object.entries(entries)
    .map((entry) => entry.join(': '))
    .join(', ')} }`;
const rehearsal = (more: Entries = {}): string =>
  `${STANDBY}\n${section('standby', { keyHolders: '[ann]', procedure: 'wiki', rehearsed: '2026-09-01', ...more })}`;
const restore = (more: Entries = {}): string =>
  section('escrow', { place: 'safe', keeper: 'ann', restored: '2026-09-01', ...more });
const keep = (side: string, period: string): Key => ({
  with: `retention: { ${side}: { keep: { ${period.startsWith('within') ? '' : 'within: 1min, '}${period} } } }`,
  without: `retention: { ${side}: { keep: { within: 1min } } }`,
  changes: 'steps',
  src: '@rep-a1 @rep-b9000001 @rep-c90000001*',
  dst: '@rep-a1 @rep-b9000001 @rep-c90000001',
});

const KEYS: Readonly<Record<string, Key>> = {
  intent: { with: 'intent: vault', without: STANDBY, changes: 'checks' },
  source: { with: 'source: prod:tank/src', without: 'source: prod:tank/other', changes: 'conflicts' },
  target: { with: 'target: vault:backup/dst', without: 'target: vault:backup/other', changes: 'steps' },
  recursive: { with: 'recursive: false', changes: 'steps' },
  exclude: { with: 'exclude: [app]', changes: 'steps' },
  'snapshots.prefix': { with: 'snapshots: { prefix: mine- }', changes: 'steps' },
  'send.raw': { with: `${STANDBY}\nsend: { raw: false }`, without: STANDBY, changes: 'conflicts' },
  'send.intermediates': { with: 'send: { intermediates: false }', changes: 'steps' },
  'receive.mount': { with: `${STANDBY}\nreceive: { mount: true }`, without: STANDBY, changes: 'conflicts' },
  'receive.force': {
    with: 'replica: true\nreceive: { force: rollback }',
    without: 'replica: true',
    changes: 'conflicts',
    src: '@rep-a1*',
    dst: '@rep-a1 +',
  },
  'receive.resumable': { with: 'receive: { resumable: false }', changes: 'steps' },
  'receive.set': { with: 'receive: { set: { compression: zstd } }', changes: 'steps' },
  'receive.ignore': { with: 'receive: { ignore: [recordsize] }', changes: 'steps' },
  'keys.location': { with: `${STANDBY}\nkeys: { location: "file:///k" }`, without: STANDBY, changes: 'conflicts' },
  'keys.load': {
    with: `${STANDBY}\nkeys: { load: manual }`,
    without: STANDBY,
    changes: 'conflicts',
    src: '@rep-a1*',
    dst: '@rep-a1 loaded',
  },
  'transport.route': { with: 'transport: { route: relay }', changes: 'steps' },
  'transport.limit': { with: 'transport: { limit: 1MiB/s }', changes: 'steps' },
  'transport.address': { with: 'transport: { address: recv@10.0.0.2 }', changes: 'steps' },
  'transport.jump': { with: 'transport: { jump: ann@bastion:2222 }', changes: 'steps' },
  'guard.maxEstimate': { with: 'guard: { maxEstimate: 1KiB }', changes: 'guard' },
  'guard.minFree': { with: 'guard: { minFree: 1TiB }', changes: 'guard' },
  'guard.versions': { with: 'guard: { versions: ">=2.4" }', changes: 'conflicts' },
  ...Object.fromEntries(
    ['source', 'target'].flatMap((side) =>
      ['within: 9000w', 'hourly: 3', 'daily: 3', 'weekly: 3', 'monthly: 3', 'yearly: 3'].map((period) => [
        `retention.${side}.keep.${period.split(':')[0] ?? ''}`,
        keep(side, period),
      ]),
    ),
  ),
  'schedule.every': { with: 'schedule: { every: 1h }', changes: 'steps', ...QUIET },
  'schedule.cron': { with: 'schedule: { cron: "0 2 * * *" }', changes: 'checks' },
  'schedule.zone': {
    with: 'schedule: { cron: "0 2 * * *", zone: Asia/Tokyo }',
    without: 'schedule: { cron: "0 2 * * *" }',
    changes: 'checks',
  },
  'window.from': {
    with: 'window: { from: "01:00", to: "06:00" }',
    without: 'window: { from: "03:00", to: "06:00" }',
    changes: 'window',
  },
  'window.to': {
    with: 'window: { from: "01:00", to: "06:00" }',
    without: 'window: { from: "01:00", to: "02:00" }',
    changes: 'window',
  },
  'window.zone': {
    with: 'window: { from: "01:00", to: "06:00", zone: Asia/Tokyo }',
    without: 'window: { from: "01:00", to: "06:00" }',
    changes: 'window',
  },
  'standby.keyHolders': { with: rehearsal({ keyHolders: '[bob]' }), without: rehearsal(), changes: 'checks' },
  'standby.procedure': { with: rehearsal({ procedure: 'binder' }), without: rehearsal(), changes: 'checks' },
  'standby.rehearsed': { with: rehearsal({ rehearsed: '2026-10-01' }), without: rehearsal(), changes: 'checks' },
  'standby.every': { with: rehearsal({ every: '30d' }), without: rehearsal(), changes: 'checks' },
  'escrow.place': { with: restore({ place: 'bank' }), without: restore(), changes: 'checks' },
  'escrow.keeper': { with: restore({ keeper: 'bob' }), without: restore(), changes: 'checks' },
  'escrow.restored': { with: restore({ restored: '2026-10-01' }), without: restore(), changes: 'checks' },
  'escrow.every': { with: restore({ every: '30d' }), without: restore(), changes: 'checks' },
  replica: {
    with: 'receive: { force: rollback }\nreplica: true',
    without: 'receive: { force: rollback }',
    changes: 'problems',
  },
};

function effectOf(yaml: string, { src = SRC, dst = DST }: Key): Effect {
  const written = yaml.split('\n').filter((line) => line !== '');
  const own = new Set(written.map((line) => line.split(':')[0]));
  const rest = Object.entries(MINIMAL).filter(([key]) => !own.has(key));
  const lines = [...rest.map((entry) => entry.join(': ')), ...written].map((line) => `    ${line}\n`);
  const head = 'version: 1\nhosts: { prod: { ssh: a }, vault: { ssh: b } }\npolicies:\n  p:\n';
  const { file, problems } = parsePolicy(head + lines.join(''));
  const policy = file?.policies['p'];
  const told = problems.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
  if (file === undefined || policy === undefined)
    return { problems: told, steps: '', conflicts: '', guard: '', window: '', checks: '', simulated: '' };
  const { prod, vault } = inventories({ src, dst });
  assert.ok(prod && vault);
  const pools = [{ name: 'backup', guid: '1', health: 'ONLINE', size: 2 ** 40, free: 2 ** 39 }];
  const seen: Readonly<Record<string, Inventory>> = { prod, vault: { ...vault, pools } };
  const [job] = planPolicies(file, ['p'], seen, NOW).jobs;
  return {
    problems: told,
    steps: JSON.stringify(job?.steps),
    conflicts: JSON.stringify(job?.conflicts),
    guard: JSON.stringify(guardConflicts(policy, 5000, seen['vault'])),
    window: JSON.stringify(windowConflicts(policy, NOW)),
    checks: JSON.stringify(verifyPolicy(file, 'p', seen)),
    simulated: policy.schedule === undefined ? '' : String(intervalOf(policy.schedule)?.longest),
  };
}

/** Keys that hold no section; what a record or a list holds belongs to the key itself. */
function leaves(path: readonly string[]): readonly string[] {
  const keys = [...(schemaPlace(['policies', 'p', ...path])?.keys.keys() ?? [])];
  return keys.length === 0 ? [path.join('.')] : keys.flatMap((key) => leaves([...path, key]));
}

describe('every key of a policy', () => {
  it('is in the table', () => assert.deepEqual(leaves([]).toSorted(), Object.keys(KEYS).toSorted()));

  for (const [name, key] of Object.entries(KEYS)) {
    it(`${name} changes the ${key.changes}`, () => {
      const [having, lacking] = [effectOf(key.with, key), effectOf(key.without ?? '', key)];
      assert.equal(having.problems, '', 'the file with it is right');
      assert.notEqual(having[key.changes], lacking[key.changes]);
      if (key.changes !== 'problems') assert.equal(lacking.problems, '', 'and so is the one without');
    });
  }
});

/** Each job, and the hosts that receive in it. */
const receivers = (target: string): readonly string[] => {
  const { file, problems } = parsePolicy(
    `version: 1\nhosts: { prod: { ssh: a }, vault: { ssh: b }, far: { ssh: c } }\npolicies: { p: { intent: vault, source: prod:tank/src, target: ${target} } }\n`,
  );
  assert.ok(file, JSON.stringify(problems));
  const { prod, vault } = inventories({ src: SRC });
  assert.ok(prod && vault);
  const { jobs } = planPolicies(file, Object.keys(file.policies), { prod, vault, far: vault }, NOW);
  return jobs.map(({ policy, steps }) => {
    const into = steps.flatMap((step) => (step.kind === 'stream' ? [step.receiver.host] : []));
    return `${policy} to ${[...new Set(into)].join()}`;
  });
};

describe('a list of targets', () => {
  it('is a job for each, and a list of one is that one', () => {
    assert.deepEqual(receivers('[vault:backup/dst, far:backup/dst]'), ['p:vault to vault', 'p:far to far']);
    assert.deepEqual(receivers('[far:backup/dst]'), ['p to far']);
    assert.deepEqual(receivers('far:backup/dst'), ['p to far']);
  });
});

/** Each key of a host reaches what connects to it. */
const HOST_KEYS: Readonly<Record<string, () => void | Promise<void>>> = {
  ssh: () => assert.equal(resolveTarget('vault', hostOf('ssh: me@dest:2222').ssh ?? '', ENVIRONMENT).port, 2222),
  async local() {
    const host = await openHost(hostOf('local: true'), { ask: askNobody });
    assert.equal((await host.exec(['echo', 'here'])).stdout, 'here\n');
    await host.close();
  },
  elevate: () => assert.deepEqual(ELEVATE[hostOf('ssh: dest, elevate: doas').elevate], ['doas', '-n']),
  async hostKey() {
    const { hostKey: requiredKey = '' } = hostOf(`ssh: dest, hostKey: SHA256:${'A'.repeat(43)}`);
    const target = { ...resolveTarget('vault', 'dest', ENVIRONMENT), requiredKey };
    await assert.rejects(verifyHostKey(target, { algorithm: 'ssh-ed25519', text: 'AAAA' }, askNobody), /its hostKey/);
  },
};

const ENVIRONMENT = { home: '/nowhere', localUser: 'me', variables: {}, configFile: '/dev/null' };

function hostOf(keys: string): HostEntry {
  const { file, problems } = parsePolicy(`version: 1\nhosts: { vault: { ${keys} } }\npolicies: {}\n`);
  const host = file?.hosts['vault'];
  assert.ok(host, JSON.stringify(problems));
  return host;
}

describe('every key of a host', () => {
  it('is in the table', () =>
    assert.deepEqual(
      [...(schemaPlace(['hosts', 'x'])?.keys.keys() ?? [])].toSorted(),
      Object.keys(HOST_KEYS).toSorted(),
    ));

  for (const [name, check] of Object.entries(HOST_KEYS)) it(`${name} reaches the connection`, check);
});

/** Each key of a file reaches the policies or the hosts of it. */
const FILE_KEYS: Readonly<Record<string, { readonly with: string; readonly without: string }>> = {
  version: { with: 'version: 1\nhosts: {}\n', without: 'hosts: {}\n' },
  include: { with: including('hosts.yaml'), without: 'version: 1\nhosts: {}\n' },
  hosts: { with: HOSTS, without: 'version: 1\nhosts: {}\n' },
  defaults: {
    with: including('hosts.yaml', `defaults: { recursive: false }\npolicies:\n${policyLine('x')}`),
    without: including('hosts.yaml', `policies:\n${policyLine('x')}`),
  },
  policies: {
    with: including('hosts.yaml', `policies:\n${policyLine('x')}`),
    without: including('hosts.yaml', 'policies: {}\n'),
  },
};

const fileOf = (text: string) => parsePolicy(text, includedFrom({ 'hosts.yaml': HOSTS })).file;

describe('every key of a file', () => {
  it('is in the table', () =>
    assert.deepEqual([...(schemaPlace([])?.keys.keys() ?? [])].toSorted(), Object.keys(FILE_KEYS).toSorted()));

  for (const [name, key] of Object.entries(FILE_KEYS)) {
    it(`${name} changes what the file is`, () => {
      assert.ok(fileOf(key.with));
      assert.notDeepEqual(fileOf(key.with), fileOf(key.without));
    });
  }
});
