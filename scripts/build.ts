/** Bundles the programs into `dist/`: minified, for Node 20.18 (VS Code 1.99's runtime), source maps apart. */
import { build } from 'esbuild';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ALIASES } from './bundle-aliases';

const PROGRAMS = [
  { entry: 'client/src/extension.ts', out: 'dist/client.js' },
  { entry: 'server/src/bin/cli.ts', out: 'dist/cli.js' },
] as const;

/** The language server is in the bundle of the command line. */
const SERVER = "#!/usr/bin/env node\nrequire('./cli.js').serve();\n";

async function main(): Promise<void> {
  rmSync('dist', { recursive: true, force: true });
  const started = Date.now();
  await Promise.all(
    PROGRAMS.map(({ entry, out }) =>
      build({
        entryPoints: [entry],
        outfile: out,
        bundle: true,
        alias: ALIASES,
        platform: 'node',
        target: 'node20.18',
        format: 'cjs',
        minify: true,
        sourcemap: 'external',
        legalComments: 'none',
        // `vscode` is given by the host; the two native addons are optional speed-ups that ssh2 does without.
        external: ['vscode', 'cpu-features', './crypto/build/Release/sshcrypto.node'],
        logLevel: 'warning',
      }),
    ),
  );
  writeFileSync('dist/server.js', SERVER);
  for (const program of ['dist/server.js', 'dist/cli.js']) chmodSync(program, 0o755);
  for (const { out } of PROGRAMS) console.log(`${out}  ${(statSync(out).size / 1024).toFixed(0)} KiB`);
  console.log(`built in ${Date.now() - started} ms`);
}

void main();
