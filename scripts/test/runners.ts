import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { neovimMissing } from '../../test/support/neovim';
import { zfsLabUnavailable } from '../../test/support/zfs-lab';
import { vscodeHostUnavailable } from '../vscode-host/setup';

/** One suite that leaves a summary in the file that RAWSEND_SUMMARY names. */
export interface Runner {
  readonly name: string;
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** Beside the environment of `npm test`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why this machine cannot run it, and what would help; undefined when it can. */
  readonly missing: () => string | undefined;
}

const mocha = (...patterns: readonly string[]): Runner['command'] => [
  process.execPath,
  'node_modules/mocha/bin/mocha.js',
  '--reporter',
  'scripts/test/reporter.cjs',
  ...patterns,
];

const suite = (host: string, name: string): Runner['command'] => [
  process.execPath,
  '--import',
  'tsx',
  'scripts/vscode-host/run-suite.ts',
  '--host',
  host,
  '--suite',
  name,
];

const none = (): undefined => undefined;

export const RUNNERS: readonly Runner[] = [
  {
    name: 'core',
    title: 'core, command line, language server, client, grammars',
    command: mocha('test/{core,cli,lsp,client,grammar,contract}/**/*.test.ts'),
    missing: none,
  },
  {
    name: 'ssh',
    title: 'SSH and local hosts, against a real sshd',
    command: mocha('test/{ssh,local}/**/*.test.ts'),
    missing: sshdMissing,
  },
  {
    name: 'editors',
    title: 'the language server in Neovim',
    command: mocha('test/editors/**/*.test.ts'),
    missing: neovimMissing,
  },
  { name: 'fuzz', title: 'spoilt texts, by seed', command: mocha('test/fuzz/**/*.test.ts'), missing: none },
  { name: 'tidy', title: 'the repository', command: mocha('test/tidy/**/*.test.ts'), missing: none },
  {
    name: 'lab',
    title: 'the lab: the shell of its hosts, and the tests of real OpenZFS on the model',
    command: mocha('--parallel', '--jobs', '2', 'test/{lab,zfs}/**/*.test.ts'),
    env: { RAWSEND_ZFS: 'lab' },
    missing: none,
  },
  {
    name: 'zfs',
    title: 'real OpenZFS, two pairs of guests at a time',
    command: mocha('--parallel', '--jobs', '2', 'test/{zfs,zfs-lab}/**/*.test.ts'),
    env: { RAWSEND_ZFS: 'real' },
    missing: zfsLabUnavailable,
  },
  {
    name: 'contract',
    title: 'the model of ZFS beside real OpenZFS',
    command: [process.execPath, '--import', 'tsx', 'scripts/contract/main.ts'],
    missing: zfsLabUnavailable,
  },
  {
    name: 'vscode',
    title: 'inside VS Code 1.139',
    command: suite('1.139', 'full'),
    missing: () => vscodeHostUnavailable('1.139'),
  },
  {
    name: 'vscode-zfs',
    title: 'inside VS Code 1.139, between hosts with real OpenZFS',
    command: suite('1.139', 'zfs'),
    env: { RAWSEND_ZFS: 'real' },
    missing: () => vscodeHostUnavailable('1.139') ?? zfsLabUnavailable(),
  },
  {
    name: 'vscode-oldest',
    title: 'inside VS Code 1.99',
    command: suite('1.99', 'smoke'),
    missing: () => vscodeHostUnavailable('1.99'),
  },
];

function sshdMissing(): string | undefined {
  const found = existsSync('/usr/sbin/sshd') || spawnSync('sh', ['-c', 'command -v sshd']).status === 0;
  return found ? undefined : 'sshd is not installed: apt-get install openssh-server';
}
