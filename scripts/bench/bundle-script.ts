import { build } from 'esbuild';
import { basename, join } from 'node:path';
import { ALIASES } from '../bundle-aliases';

/** Bundles a script as the product is bundled, so that what runs in it is what ships; returns the bundle's path. */
export async function bundleScript(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, basename(entry).replace(/\.ts$/, '.cjs'));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    alias: ALIASES,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    minify: true,
    logLevel: 'warning',
  });
  return outfile;
}
