/** The snippet of docs/editors.md, in a real Neovim without a screen. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neovimMissing } from '../support/neovim';
import { ROOT } from '../support/rawsend';

const POLICY = `version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: root@dest }
policies:
  nightly:
    intent: valut
    source: prod:tank/prod
    target: vault:backup/prod
`;

const SCRIPT = `#!/bin/bash
zfs create -o encryption=on -o keyformat=passphrase tank/prod
zfs send tank/prod@monday | ssh vault zfs receive -u backup/prod
`;

interface Seen {
  readonly findings: readonly { readonly code: string; readonly line: number; readonly source: string }[];
  readonly hover: string;
}

/** The Lua of the page, with this clone in place of the one that it speaks of. */
function snippet(): string {
  const page = readFileSync(path.join(ROOT, 'docs/editors.md'), 'utf8');
  const lua = /```lua\n([^]*?)```/.exec(page)?.[1] ?? '';
  assert.ok(lua.includes("'/opt/rawsend/dist/server.js'"));
  return lua.replaceAll('/opt/rawsend', ROOT);
}

describe('Neovim, set up as docs/editors.md says', function () {
  this.timeout(120_000);
  let policy: Seen;
  let script: Seen;

  before(function () {
    const missing =
      neovimMissing() ??
      (existsSync(path.join(ROOT, 'dist/server.js')) ? undefined : 'dist/server.js is not built (npm run build)');
    if (missing !== undefined) {
      process.stderr.write(`skipped: ${missing}\n`);
      this.skip();
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'rawsend-neovim-'));
    const file = (name: string, text: string): string => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const tasks = [
      { file: file('rawsend.yaml', POLICY), line: 6, character: 5 },
      { file: file('nightly.sh', SCRIPT), line: 2, character: 5 },
    ];
    const init = file('init.lua', snippet());
    const results = path.join(folder, 'results.json');
    const args = ['--headless', '-u', init, '-i', 'NONE', '-n', '-c', `luafile ${path.join(__dirname, 'drive.lua')}`];
    execFileSync('nvim', args, {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        XDG_RUNTIME_DIR: folder,
        RAWSEND_TASKS: JSON.stringify(tasks),
        RAWSEND_RESULTS: results,
      },
      stdio: 'pipe',
      timeout: 100_000,
    });
    [policy, script] = JSON.parse(readFileSync(results, 'utf8')) as [Seen, Seen];
  });

  it('shows what is wrong in a policy, where it is wrong', () => {
    assert.deepEqual(
      policy.findings.map(({ code, line, source }) => ({ code, line, source })),
      [{ code: 'policy-schema', line: 6, source: 'rawsend' }],
    );
  });

  it('explains a key of a policy', () => assert.match(policy.hover, /\*\*intent\*\*/));

  it('shows what is wrong in a script', () =>
    assert.ok(script.findings.some(({ code, line }) => code === 'send-not-raw' && line === 2)));

  it('explains a command', () => assert.match(script.hover, /send/));
});
