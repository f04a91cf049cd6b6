import assert from 'node:assert/strict';
import { HostError } from '../../../server/src/core/run/host';
import type { Host } from '../../../server/src/core/run/host';
import { failed } from './model-hosts';
import { checkReplica, steps, tree } from './replica';
import { COPY, TOP, createCancel, createRunLab } from './run-lab';
import type { RunLab } from './run-lab';

describe('runPolicy', () => {
  it('brings a tree, then finds it up to date, then brings what was written', async () => {
    const lab = tree(createRunLab());
    assert.equal((await lab.run()).outcome, 'done');
    checkReplica(lab);
    assert.equal((await lab.run()).outcome, 'up-to-date');
    lab.write('prod', `${TOP}/app`, 500);
    const before = steps(lab).length;
    assert.equal((await lab.run()).outcome, 'done');
    checkReplica(lab);
    assert.ok(
      steps(lab)
        .slice(before)
        .every((line) => !line.includes(' -R ')),
    );
  });

  it('gives a new child its place, below a parent that is no encryption root where it can', async () => {
    const lab = tree(createRunLab());
    await lab.run();
    lab.type('prod', `zfs create ${TOP}/app/new`);
    const before = lab.log.length;
    assert.equal((await lab.run()).outcome, 'done');
    checkReplica(lab);
    const adoptions = lab.log.slice(before).filter((line) => line.includes(' -R '));
    assert.equal(adoptions.length, 1);
    assert.match(adoptions[0] ?? '', /-i @\S+ tank\/prod\/app@/);
  });

  it('follows a change of the shape of encryption roots at the source', async () => {
    const lab = tree(createRunLab());
    await lab.run();
    lab.type('prod', `zfs change-key -o keyformat=passphrase -o keylocation=file:///other ${TOP}/app`);
    lab.type('prod', `zfs change-key -i ${TOP}/nest`);
    assert.equal((await lab.run()).outcome, 'done');
    checkReplica(lab);
  });

  it('leaves excluded children alone, also when others are adopted', async () => {
    const lab = tree(createRunLab('    exclude: [skip]\n'));
    lab.type('prod', `zfs create -o encryption=off ${TOP}/skip`);
    lab.type('prod', `zfs create ${TOP}/skip/in`);
    assert.equal((await lab.run()).outcome, 'done');
    checkReplica(lab, [TOP, `${TOP}/app`, `${TOP}/nest/kid`, `${TOP}/vol`]);
    assert.equal(lab.states.vault.datasets.has(`${COPY}/skip`), false);
  });

  it('keeps a child that was removed at the source, and says how to save it', async () => {
    const lab = tree(createRunLab());
    await lab.run();
    const vol = lab.states.prod.datasets.get(`${TOP}/vol`);
    for (const { name, holds } of vol?.snapshots ?? [])
      for (const tag of Object.keys(holds)) lab.type('prod', `zfs release ${tag} ${TOP}/vol@${name}`);
    lab.type('prod', `zfs destroy -r ${TOP}/vol`);
    assert.equal((await lab.run()).outcome, 'up-to-date');
    assert.ok(lab.states.vault.datasets.has(`${COPY}/vol`));
    assert.ok(lab.events.some((event) => event.kind === 'note' && event.message.includes('rescue')));
  });

  it('resumes by token after a cut anywhere, and never needs more than one run for it', async () => {
    const whole = tree(createRunLab());
    await whole.run();
    const streams = whole.log.filter((line) => line.includes(' | ')).length;
    for (let cutStream = 1; cutStream <= streams; cutStream += 1) {
      for (const inSnapshot of [0, 1]) {
        const lab = tree(createRunLab());
        let seen = 0;
        const first = await lab.run({ cut: () => ((seen += 1) === cutStream ? inSnapshot : undefined) });
        if (first.outcome === 'done') continue;
        assert.equal(first.outcome, 'failed', `${cutStream}`);
        assert.match(first.message, /run the policy again/);
        const locations = [...lab.states.vault.datasets.values()].flatMap(({ crypto }) => crypto?.keyLocation ?? []);
        assert.ok(
          locations.every((location) => location === 'prompt'),
          `${cutStream}: a keylocation was left`,
        );
        const second = await lab.run();
        assert.equal(second.outcome, 'done', `${cutStream}: ${second.message}`);
        checkReplica(lab);
      }
    }
  });

  it('fails with what the host said at each command, and the next run repairs it', async () => {
    const whole = tree(createRunLab());
    await whole.run();
    const commands = steps(whole).filter((line) => !line.includes(' | ')).length;
    assert.ok(commands >= 5);
    for (let broken = 1; broken <= commands; broken += 1) {
      const lab = tree(createRunLab());
      let seen = 0;
      const first = await lab.run({
        command: ([, subcommand = '']) =>
          ['snapshot', 'hold', 'release', 'set'].includes(subcommand) && (seen += 1) === broken
            ? failed('cannot do that: permission denied')
            : undefined,
      });
      assert.equal(first.outcome, 'failed', `${broken}: ${first.message}`);
      assert.match(first.message, /lacks a permission/);
      assert.equal((await lab.run()).outcome, 'done');
      checkReplica(lab);
    }
  });

  it('stays resumable when it is cancelled before any step', async () => {
    const whole = tree(createRunLab());
    await whole.run();
    const total = whole.events.filter(({ kind }) => kind === 'step-started').length;
    for (let step = 0; step <= total; step += 1) {
      const lab = tree(createRunLab());
      const cancel = createCancel();
      let started = 0;
      const receipt = await lab.run(
        {},
        {
          cancel,
          emit(event) {
            lab.events.push(event);
            if (event.kind === 'step-started' && (started += 1) === step) cancel.request();
            if (step === 0 && event.kind === 'planned') cancel.request();
          },
        },
      );
      if (step < total) assert.equal(receipt.outcome, 'cancelled', `${step}`);
      const open = [...lab.states.vault.datasets.values()].filter(({ crypto }) =>
        crypto?.keyLocation?.startsWith('file:'),
      );
      assert.deepEqual(open, []);
      await lab.run();
      checkReplica(lab);
    }
  });

  it('stops at a key that is loaded, a foreign snapshot and a non-raw receive, and sends nothing', async () => {
    const cases: readonly (readonly [string, (lab: RunLab) => void])[] = [
      ['key-loaded', (lab) => lab.type('vault', `zfs load-key ${COPY}`)],
      ['foreign-snapshot', (lab) => lab.type('vault', `zfs snapshot ${COPY}/app@mine`)],
      [
        'diverged',
        (lab) =>
          lab.spoil('vault', `${COPY}/app`, (app) => ({
            ...app,
            snapshots: app.snapshots.map((one) => ({ ...one, ivsetguid: '7' })),
          })),
      ],
      ['modified', (lab) => lab.spoil('vault', `${COPY}/vol`, (vol) => ({ ...vol, written: 1 }))],
    ];
    for (const [code, spoil] of cases) {
      const lab = tree(createRunLab());
      await lab.run();
      spoil(lab);
      const before = steps(lab).length;
      const receipt = await lab.run();
      assert.equal(receipt.outcome, 'conflict', code);
      assert.ok(
        receipt.events.some((event) => event.kind === 'conflict' && event.code === code),
        code,
      );
      assert.equal(steps(lab).length, before, code);
    }
  });

  it('asks again when the hosts changed while a person decided', async () => {
    const lab = tree(createRunLab());
    const asked: string[] = [];
    let hour = 2;
    const receipt = await lab.run(
      {},
      {
        clock: () => new Date(Date.UTC(2026, 10, 23, hour)).toISOString(),
        approve(plan) {
          asked.push(plan.digest);
          hour += 1;
          if (asked.length === 1) lab.type('prod', `zfs snapshot -r ${TOP}@c`);
          return Promise.resolve(true);
        },
      },
    );
    assert.equal(receipt.outcome, 'done');
    assert.equal(new Set(asked).size, 2);
    assert.equal(receipt.digests.length, 1);
    checkReplica(lab);
  });

  it('changes nothing when the plan is not approved', async () => {
    const lab = tree(createRunLab());
    assert.equal((await lab.run({}, { approve: () => Promise.resolve(false) })).outcome, 'cancelled');
    assert.deepEqual(steps(lab), []);
  });

  it('refuses what is above the guard', async () => {
    const lab = tree(createRunLab('    guard: { maxEstimate: 10B }\n'));
    const receipt = await lab.run();
    assert.equal(receipt.outcome, 'conflict');
    assert.deepEqual(steps(lab), []);
  });

  it('is a failed run when its receipt cannot be written, and says so last', async () => {
    const lab = tree(createRunLab());
    const receipt = await lab.run({}, { writeReceipt: () => Promise.reject(new Error('disk full')) });
    assert.equal(receipt.outcome, 'failed');
    const last = lab.events.at(-1);
    assert.ok(last?.kind === 'finished' && last.outcome === 'failed' && last.message.includes('disk full'));
  });

  it('puts the proof on record before it lets go of the old base', async () => {
    const lab = tree(createRunLab());
    const full = { writeReceipt: () => Promise.reject(new Error('disk full')) };
    await lab.run();
    lab.type('prod', `zfs snapshot -r ${TOP}@later`);
    const unrecorded = await lab.run({}, full);
    assert.equal(unrecorded.outcome, 'failed');
    assert.ok(!unrecorded.events.some((event) => event.kind === 'step-started' && event.title.startsWith('Release')));
    const recorded = await lab.run();
    assert.equal(recorded.outcome, 'done');
    assert.ok(recorded.events.some((event) => event.kind === 'step-started' && event.title.startsWith('Release')));
  });

  it('turns an unreachable host into a failed run', async () => {
    const lab = tree(createRunLab());
    const error = new HostError('unreachable', 'vault', 'vault does not answer');
    const hosts = { prod: brokenHost('prod', error), vault: brokenHost('vault', error) };
    const receipt = await lab.run({}, { hosts });
    assert.equal(receipt.outcome, 'failed');
    assert.match(receipt.message, /vault does not answer/);
  });

  it('does not move the hold when the proof fails', async () => {
    const lab = tree(createRunLab());
    const receipt = await lab.run({
      command: (argv) =>
        argv.join(' ').startsWith('zfs set keylocation') ? { code: 0, stdout: '', stderr: '' } : undefined,
    });
    assert.equal(receipt.outcome, 'verification-failed');
    assert.ok(receipt.checks.some(({ id, ok }) => id === 'key-location' && !ok));
    assert.ok(steps(lab).every((line) => !line.includes('release')));
  });
});

function brokenHost(name: string, error: HostError): Host {
  return {
    name,
    exec: () => Promise.reject(error),
    execAll: () => Promise.reject(error),
    close: () => Promise.resolve(),
  };
}
