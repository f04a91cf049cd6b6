import { runTests } from '@vscode/test-electron';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Launch } from './launch';
import { SETTINGS } from './settings';
import { ROOT } from './suites';

/** The same suite in a desktop VS Code, on a machine that has one or can download it. */
export async function runInElectron({ host, suite, folder, session, env }: Launch): Promise<number> {
  const executable = process.env['RAWSEND_VSCODE_PATH'];
  const data = mkdtempSync(join(tmpdir(), 'rawsend-electron-'));
  mkdirSync(join(data, 'User'));
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...session.settings }));
  try {
    return await runTests({
      ...(executable === undefined ? { version: `${host}.0` } : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: suite,
      launchArgs: [folder, '--disable-extensions', `--user-data-dir=${data}`],
      extensionTestsEnv: { ...env },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
