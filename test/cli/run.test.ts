import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { takeRunLock } from '../../server/src/cli/run/run-lock';
import { NOW, runCli } from './io-double';
import { checkEnd, createPlace, eventsOf } from './run-place';
import { temporaryFolder } from './temporary-folder';

const mode = (file: string): number => statSync(file).mode & 0o777;

describe('rawsend run', () => {
  it('sends, proves, and leaves a receipt and the events', async () => {
    const { run, state, hosts } = createPlace();
    const ended = await run(['--yes', 'prod-to-vault']);
    const receipt = checkEnd(ended, { outcome: 'done', code: EXIT.done });
    assert.ok(receipt !== undefined && receipt.checks.length > 0 && receipt.checks.every(({ ok }) => ok));
    const events = eventsOf(ended.stdout);
    for (const event of events) {
      assert.equal(event.schema, 1);
      assert.equal(event.policy, 'prod-to-vault');
      assert.equal(new Date(event.time).toISOString(), event.time);
    }
    assert.ok(events.some((event) => event.kind === 'progress'));
    assert.equal(readFileSync(path.join(state, 'runs', `${receipt.id}.ndjson`), 'utf8'), ended.stdout);
    assert.deepEqual(readdirSync(path.join(state, 'runs')).toSorted(), [
      `${receipt.id}.ndjson`,
      `${receipt.id}.receipt.json`,
    ]);
    for (const file of readdirSync(path.join(state, 'runs'))) assert.equal(mode(path.join(state, 'runs', file)), 0o600);
    assert.deepEqual([mode(state), mode(path.join(state, 'runs'))], [0o700, 0o700]);
    assert.deepEqual(readdirSync(path.join(state, 'locks')), []);
    assert.equal(hosts.open(), 0);
  });

  it('has nothing to do the second time', async () => {
    const { run, hosts } = createPlace();
    await run(['--yes', 'prod-to-vault']);
    const before = hosts.changes.length;
    checkEnd(await run(['--yes', 'prod-to-vault']), { outcome: 'up-to-date', code: EXIT.done });
    assert.equal(hosts.changes.length, before);
  });

  it('ends with 1 for a conflict, and its events say why', async () => {
    const { run, hosts } = createPlace();
    const ended = await run(['--yes', 'missing']);
    checkEnd(ended, { outcome: 'conflict', code: EXIT.findings });
    assert.ok(eventsOf(ended.stdout).some((event) => event.kind === 'conflict' && event.choices.length > 0));
    assert.deepEqual(hosts.changes, []);
  });

  it('does not begin outside of its window, unless it is told to', async () => {
    const { cwd, run, hosts } = createPlace();
    const text = readFileSync(path.join(cwd, 'rawsend.yaml'), 'utf8');
    const file = path.join(cwd, 'window.yaml');
    writeFileSync(
      file,
      text.replace('"vault:backup/prod" }', '"vault:backup/prod", window: { from: "22:00", to: "04:00" } }'),
    );
    const args = ['-f', file, '--yes', 'prod-to-vault'];
    const message = /it is 04:05 \(UTC\), and window lets runs begin from 22:00 to 04:00; nothing was sent/;
    checkEnd(await run(args), { outcome: 'conflict', code: EXIT.findings, message });
    assert.deepEqual(hosts.changes, []);
    checkEnd(await run([...args, '--any-time']), { outcome: 'done', code: EXIT.done });
  });

  it('ends with 1 when the proof fails', async () => {
    const { run, hosts } = createPlace();
    hosts.target.keyStatus = 'available';
    const ended = await run(['--yes', 'prod-to-vault']);
    checkEnd(ended, { outcome: 'verification-failed', code: EXIT.findings });
  });

  it('runs the next policy when one cannot be run, and ends with the worst', async () => {
    const { run, hosts } = createPlace();
    const ended = await run(['--yes', 'missing', 'prod-to-vault']);
    const outcomes = eventsOf(ended.stdout).flatMap((event) => (event.kind === 'finished' ? [event.outcome] : []));
    assert.deepEqual(outcomes, ['conflict', 'done']);
    assert.equal(ended.code, EXIT.findings);
    assert.ok(hosts.target.exists);
  });

  it('ends in the same form when a host cannot be reached', async () => {
    const { cwd, state } = createPlace();
    const ended = await runCli(['run', '--yes', 'prod-to-vault'], {
      cwd,
      env: { XDG_STATE_HOME: path.dirname(state) },
    });
    checkEnd(ended, { outcome: 'failed', code: EXIT.failed, message: /vault cannot be reached/ });
  });
});

describe('the place of receipts', () => {
  it('is needed before anything is sent', async () => {
    const { run, state, hosts } = createPlace();
    mkdirSync(path.dirname(state));
    writeFileSync(state, 'no folder');
    checkEnd(await run(['--yes', 'prod-to-vault']), {
      outcome: 'failed',
      code: EXIT.failed,
      message: /cannot be made/,
      receipt: false,
    });
    assert.deepEqual(hosts.changes, []);
  });

  it('is needed to claim success: a receipt that cannot be written fails the run', async () => {
    const { run, state, hosts } = createPlace();
    hosts.onStream = () => {
      rmSync(path.join(state, 'runs'), { recursive: true });
      writeFileSync(path.join(state, 'runs'), 'as good as a full disk');
      return undefined;
    };
    checkEnd(await run(['--yes', 'prod-to-vault']), {
      outcome: 'failed',
      code: EXIT.failed,
      message: /receipt could not be written/,
      receipt: false,
    });
    assert.ok(hosts.target.exists);
  });

  it('falls back to the home folder', async () => {
    const { run, cwd } = createPlace();
    await run(['--yes', 'prod-to-vault'], { env: { HOME: cwd, XDG_STATE_HOME: 'relative' } });
    assert.equal(readdirSync(path.join(cwd, '.local/state/rawsend/runs')).length, 2);
    assert.equal(existsSync(path.join(cwd, 'relative')), false);
  });
});

describe('two runs into one dataset', () => {
  it('cannot be told apart without a place for locks, so neither runs', async () => {
    const { run, state, hosts } = createPlace();
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, 'locks'), 'no folder');
    checkEnd(await run(['--yes', 'prod-to-vault']), {
      outcome: 'failed',
      code: EXIT.failed,
      message: /locks cannot be made/,
    });
    assert.deepEqual(hosts.changes, []);
  });

  it('exclude each other', async () => {
    const { run, state, hosts } = createPlace();
    const lock = {
      folder: path.join(state, 'locks'),
      subject: ['cr0x@dest', 'backup/prod'],
      pid: process.pid,
      now: NOW,
    } as const;
    const held = await takeRunLock(lock);
    assert.ok(held.ok);
    const ended = await run(['--yes', 'prod-to-vault']);
    checkEnd(ended, { outcome: 'conflict', code: EXIT.findings, message: new RegExp(`process ${process.pid}`) });
    assert.ok(eventsOf(ended.stdout).some((event) => event.kind === 'conflict' && event.code === 'another-run'));
    assert.deepEqual(hosts.changes, []);
    await held.value.release();
    checkEnd(await run(['--yes', 'prod-to-vault']), { outcome: 'done', code: EXIT.done });
  });
});

describe('a run on a terminal', () => {
  it('shows one line that is redrawn, and then what became of each step', async () => {
    const { run } = createPlace();
    const { stdout, code } = await run(['--yes', 'prod-to-vault'], {
      terminal: true,
      env: { NO_COLOR: '1', XDG_STATE_HOME: temporaryFolder() },
    });
    assert.equal(code, EXIT.done);
    const visible = stdout.replaceAll('\u001B[K', '<clear>');
    assert.match(visible, /\r\[#*-*\] *\d+% {2}512 B of [^\r\n]*<clear>\r<clear> {2}ok {2}/);
    const lines = visible.replaceAll(/\r[^\r\n]*<clear>/g, '').split('\n');
    assert.match(lines[0] ?? '', /^ {2}plan [0-9a-f]{12}: \d+ steps, about 4\.0 KiB$/);
    assert.match(stdout, /verified by \d+ checks/);
    assert.match(lines.at(-3) ?? '', /^prod-to-vault: done: /);
    assert.match(lines.at(-2) ?? '', /^ {2}receipt: .*\.receipt\.json$/);
  });

  it('prints events there too, when told to', async () => {
    const { run } = createPlace();
    checkEnd(await run(['--yes', '--format', 'json', 'prod-to-vault'], { terminal: true }), {
      outcome: 'done',
      code: EXIT.done,
    });
  });
});
