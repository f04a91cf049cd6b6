import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { InstalledHost } from './setup';

/** Installs a packaged extension, so that what is looked at is what ships. Throws with what the installer said. */
export function installExtension(host: InstalledHost, vsix: string, folder: string): string {
  const extensions = join(folder, 'extensions');
  const options = ['--extensions-dir', extensions, '--server-data-dir', join(folder, 'data')];
  const args = [
    join(host.server, 'out', 'server-main.js'),
    '--install-extension',
    vsix,
    ...options,
    '--accept-server-license-terms',
  ];
  const { stdout, stderr } = spawnSync(host.node, args, { encoding: 'utf8' });
  if (!stdout.includes('successfully installed')) throw new Error(`${vsix} could not be installed\n${stdout}${stderr}`);
  return extensions;
}
