import { build } from 'esbuild';
import { join, resolve } from 'node:path';
import type { Settings } from './settings';

/** One start of VS Code with one suite of `test/extension/suite/`. */
export interface Session {
  readonly suite: string;
  readonly settings?: Settings;
  /** Such a suite proves that the runner notices what goes wrong in it. */
  readonly mustFail?: true;
  /** It sends between two hosts: of the lab, or of real OpenZFS with RAWSEND_ZFS=real. */
  readonly needsHosts?: true;
}

const ZFS = { suite: 'zfs', needsHosts: true } as const;

/** The default of `--suite` is `full`. */
export const SUITES = {
  full: [
    { suite: 'full' },
    {
      suite: 'untrusted',
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    },
    { suite: 'failing', mustFail: true },
    { suite: 'dying', mustFail: true },
    ZFS,
  ],
  /** What is run while one works on it. */
  hostless: [{ suite: 'full' }],
  smoke: [{ suite: 'smoke' }],
  zfs: [ZFS],
} as const satisfies Readonly<Record<string, readonly Session[]>>;

export type SuiteName = keyof typeof SUITES;

export const isSuiteName = (name: string): name is SuiteName => Object.hasOwn(SUITES, name);

export const ROOT = resolve(__dirname, '..', '..');

/**
 * Bundles a suite. The bundle lies inside the extension's folder, so the extension host gives it the same `vscode`
 * as the extension and a test can answer a dialog. Mocha stays outside: it loads its parts by name.
 */
export async function bundleSuite(suite: string): Promise<string> {
  const outfile = join(ROOT, 'out', 'extension-suite', `${suite}.js`);
  await build({
    entryPoints: [join(ROOT, 'test', 'extension', 'suite', `${suite}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
