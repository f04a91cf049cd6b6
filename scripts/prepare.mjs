/**
 * Makes a fresh clone ready: installs the locked packages when they are missing or the lockfile changed, then
 * builds. Plain JavaScript, because nothing is installed yet when it starts.
 * It is also what npm runs to make a package of a clone. A global installation from git, which is what pre-commit does, has
 * installed nothing by then.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const stamp = path.join(root, 'node_modules', '.rawsend-lock');
const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: false });
  if (error || status !== 0) {
    console.error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` with status ${status}`}`);
    process.exit(status || 3);
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Rawsend needs Node 20.19 or newer; this is ${process.versions.node}`);
  process.exit(2);
}

const packaging = process.env.npm_lifecycle_event === 'prepare';
const isInstalled = packaging
  ? existsSync(path.join(root, 'node_modules', 'tsx'))
  : existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!isInstalled) {
  console.error('installing the locked packages …');
  // Without scripts this one is not called again from within.
  run('npm', ['ci', ...(packaging ? ['--global=false', '--include=dev', '--ignore-scripts'] : [])]);
  writeFileSync(stamp, lock);
}
run(process.execPath, ['--import', 'tsx', 'scripts/build.ts']);
