import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../server/src/core/run/host';
import { cancelButton, eventually, hostError, isAlive } from './ssh-hosts';
import { needSshd, startSshd } from './sshd';
import type { Sshd } from './sshd';

/** `home` belongs to the suite, and programs in its `bin` are found first. */
export type OpenTestHost = (sshd: Sshd, elevate?: 'sudo') => Promise<Host>;

/** What a host does is the same over SSH and on this machine. */
export function describeHost(title: string, open: OpenTestHost): void {
  describe(title, () => {
    let sshd: Sshd;
    let host: Host;

    before(async function () {
      needSshd(this);
      sshd = await startSshd();
      sshd.trust();
      host = await open(sshd);
    });

    after(async () => {
      await host?.close();
      await sshd?.stop();
    });

    it('gives output and status of a command', async () => {
      assert.deepEqual(await host.exec(['sh', '-c', 'echo out; echo err >&2; exit 3']), {
        code: 3,
        stdout: 'out\n',
        stderr: 'err\n',
      });
    });

    it('passes every argument as it is', async () => {
      const words = [
        '',
        ' ',
        "it's",
        '"$HOME"',
        '\\',
        '\\n',
        'a\nb',
        '*',
        '!',
        'ü…',
        '$(id)',
        '-n',
        ';',
        '%b',
        '\\0101',
      ];
      const { stdout } = await host.exec(['printf', '<%s>', ...words]);
      assert.equal(stdout, words.map((word) => `<${word}>`).join(''));
    });

    it('feeds standard input, and an empty one where there is none', async () => {
      assert.equal((await host.exec(['cat'], { input: 'tank\nü' })).stdout, 'tank\nü');
      assert.deepEqual(await host.exec(['cat']), { code: 0, stdout: '', stderr: '' });
    });

    it('carries megabytes both ways', async () => {
      const input = 'x'.repeat(3_000_000);
      const { stdout } = await host.exec(['cat'], { input });
      assert.equal(stdout.length, input.length);
    });

    it('takes a command of any length', async () => {
      const words = Array.from({ length: 8_000 }, (_, index) => `tank/data@snapshot-${index}`);
      const { stdout } = await host.exec(['printf', '%s\n', ...words]);
      assert.equal(stdout.split('\n').length, words.length + 1);
    });

    it('says a signal as a shell does', async () => {
      assert.equal((await host.exec(['sh', '-c', 'kill -TERM $$'])).code, 143);
    });

    it('looks where zfs lives and speaks English', async () => {
      const { stdout } = await host.exec(['sh', '-c', 'echo "$PATH|$LC_ALL"']);
      assert.match(stdout, /:\/usr\/sbin:\/sbin\|C\n$/);
    });

    it('reports a missing program by its status', async () => {
      const { code, stderr } = await host.exec(['no-such-program']);
      assert.equal(code, 127);
      assert.match(stderr, /not found/);
    });

    it('runs many commands in one go and keeps them apart', async () => {
      const nasty = '\n@rawsend-0 1 0\n';
      const results = await host.execAll([
        ['printf', 'no newline'],
        ['sh', '-c', 'printf "$0"; printf "err" >&2; exit 7', nasty],
        ['cat'],
        ['sh', '-c', 'kill -KILL $$'],
        ['exit', '5'],
        ['no-such-program'],
        ['sh', '-c', "printf 'a\\n\\n'; printf '\\n' >&2"],
      ]);
      assert.deepEqual(
        results.map(({ code, stdout }) => [code, stdout]),
        [
          [0, 'no newline'],
          [7, nasty],
          [0, ''],
          [137, ''],
          [5, ''],
          [127, ''],
          [0, 'a\n\n'],
        ],
      );
      assert.deepEqual([results[1]?.stderr, results[6]?.stderr], ['err', '\n']);
      assert.deepEqual(await host.execAll([]), []);
    });

    it('says so when the shell is ended among many commands', async () => {
      const work = host.execAll([['true'], ['sh', '-c', 'kill -KILL $PPID'], ['true']]);
      assert.match((await hostError(work, 'disconnected')).message, /after 1 of 3 commands/);
    });

    it('keeps the beginning and the end of a huge standard error', async () => {
      const { stderr, code } = await host.exec([
        'sh',
        '-c',
        'echo first >&2; yes | head -c 2000000 >&2; echo last >&2',
      ]);
      assert.equal(code, 0);
      assert(stderr.length < 100_000);
      assert(stderr.startsWith('first\n') && stderr.endsWith('last\n'));
    });

    it('stops a command that never stops printing', async () => {
      const work = host.exec(['yes', 'x'.repeat(1000)]);
      assert.match((await hostError(work, 'disconnected')).message, /more than 128 MiB/);
    });

    it('ends the whole pipeline when cancelled', async () => {
      const button = cancelButton();
      const pids = join(sshd.home, 'pids');
      const script = `echo $$ > ${pids}; sleep 1000 & echo $! >> ${pids}; sleep 1001 | sleep 1002`;
      const work = host.exec(['sh', '-c', script], { cancel: button });
      assert(await eventually(() => readNumbers(pids).length === 2));
      button.press();
      await hostError(work, 'cancelled');
      assert(await eventually(() => !readNumbers(pids).some(isAlive)));
    });

    it('ends a process that ignores the polite signal', async () => {
      const button = cancelButton();
      const pids = join(sshd.home, 'stubborn');
      const work = host.exec(['sh', '-c', `trap '' TERM; echo $$ > ${pids}; while :; do sleep 1; done`], {
        cancel: button,
      });
      assert(await eventually(() => readNumbers(pids).length === 1));
      button.press();
      await hostError(work, 'cancelled');
      assert(await eventually(() => !readNumbers(pids).some(isAlive)));
    });

    it('ends a shell that leads no process group', async () => {
      const button = cancelButton();
      const pids = join(sshd.home, 'followers');
      const work = host.exec(['setsid', 'sh', '-c', `echo $$ > ${pids}; exec sleep 1003`], { cancel: button });
      assert(await eventually(() => readNumbers(pids).length === 1));
      button.press();
      await hostError(work, 'cancelled');
      assert(await eventually(() => !readNumbers(pids).some(isAlive)));
    });

    it('starts nothing once cancelled', async () => {
      const button = cancelButton();
      button.press();
      await hostError(host.exec(['true'], { cancel: button }), 'cancelled');
    });

    it('raises its rights by sudo without a prompt', async () => {
      const sudo = join(sshd.bin, 'sudo');
      writeFileSync(sudo, '#!/bin/sh\n[ "$1" = -n ] || exit 9\nshift\nELEVATED=yes exec "$@"\n');
      chmodSync(sudo, 0o755);
      const elevated = await open(sshd, 'sudo');
      try {
        assert.equal((await elevated.exec(['sh', '-c', 'echo "$ELEVATED"'])).stdout, 'yes\n');
      } finally {
        await elevated.close();
      }
    });
  });
}

const readNumbers = (file: string): readonly number[] => {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').map(Number);
  } catch {
    return [];
  }
};
