/** Makes `rawsend.vsix` from the bundles and says how large it is; over 1 MB is a failure. */
import { createVSIX } from '@vscode/vsce';
import { statSync } from 'node:fs';

const LIMIT = 1_000_000;
const FILE = 'rawsend.vsix';

async function main(): Promise<void> {
  await createVSIX({
    packagePath: FILE,
    dependencies: false,
    skipLicense: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = statSync(FILE);
  console.log(`${FILE}  ${(size / 1024).toFixed(0)} KiB`);
  if (size >= LIMIT) {
    console.error(`${FILE} has ${size} bytes; the limit is ${LIMIT}`);
    process.exitCode = 1;
  }
}

void main();
