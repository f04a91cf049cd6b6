/** The direction of imports, as ARCHITECTURE.md draws it. Anything that this table does not allow is an error. */
import assert from 'node:assert/strict';
import { sourceFiles, type SourceFile } from './source-files';

const CORE = 'server/src/core/';

/** Folder → the folders that it may import, besides itself. `result` is core's ten-line Result type. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'core/result': [],
  'core/text': ['core/result'],
  'core/zfs': ['core/result', 'core/text'],
  'core/shell': ['core/result', 'core/text'],
  'core/runbook': ['core/result', 'core/text', 'core/zfs', 'core/shell', 'core/yaml'],
  'core/yaml': ['core/result', 'core/text'],
  'core/model': ['core/result', 'core/text', 'core/zfs'],
  'core/policy': ['core/result', 'core/text', 'core/zfs', 'core/yaml'],
  'core/lint': ['core/result', 'core/text', 'core/zfs', 'core/shell', 'core/runbook', 'core/policy'],
  'core/config': ['core/text', 'core/yaml', 'core/lint'],
  'core/plan': ['core/result', 'core/text', 'core/zfs', 'core/shell', 'core/policy'],
  'core/foresee': ['core/text', 'core/zfs', 'core/shell', 'core/policy', 'core/model', 'core/plan'],
  'core/simulate': ['core/result', 'core/text', 'core/zfs', 'core/policy', 'core/model', 'core/plan', 'core/foresee'],
  'core/change': ['core/text', 'core/zfs', 'core/shell', 'core/policy', 'core/plan', 'core/run'],
  'core/live': ['core/text', 'core/zfs', 'core/policy', 'core/lint', 'core/plan'],
  'core/run': ['core/result', 'core/text', 'core/zfs', 'core/shell', 'core/policy', 'core/plan'],
  ssh: ['core'],
  local: ['core'],
  lab: ['core'],
  connect: ['core', 'ssh', 'local'],
  protocol: ['core'],
  lsp: ['core', 'connect', 'protocol'],
  cli: ['core', 'connect', 'lab', 'protocol'],
  bin: ['core', 'ssh', 'local', 'connect', 'lsp', 'cli', 'protocol'],
  client: ['protocol'],
};

/** Folder → packages; a name ending in `/` allows its sub-paths, `node:` all of Node. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'core/shell': ['unbash'],
  'core/yaml': ['yaml', 'zod'],
  'core/policy': ['zod'],
  'core/lint': ['yaml', '@noble/hashes/'],
  'core/zfs': ['fflate', '@noble/hashes/'],
  'core/config': ['zod'],
  'core/plan': ['@noble/hashes/'],
  ssh: ['node:', 'ssh2', 'ssh-config'],
  local: ['node:'],
  lab: ['node:', 'ssh2'],
  connect: ['node:'],
  lsp: ['node:', 'vscode-languageserver', 'vscode-languageserver/', 'vscode-languageserver-textdocument'],
  cli: ['node:', 'ignore', 'picomatch'],
  bin: ['node:', 'vscode-languageserver', 'vscode-languageserver/'],
  client: ['node:', 'vscode', 'vscode-languageclient', 'vscode-languageclient/'],
};

/** `server/src/core/zfs/names` → `core/zfs`; `server/src/connect` → `connect`; `client/src/x` → `client`. */
function folderOf(path: string): string {
  if (path.startsWith('client/')) return 'client';
  const parts = path
    .replace(/\.[jt]s$/, '')
    .replace('server/src/', '')
    .split('/');
  return parts[0] === 'core' ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

function wrongImports(file: SourceFile): readonly string[] {
  const from = folderOf(file.path);
  const allowed = ALLOWED[from] ?? [];
  const packages = PACKAGES[from] ?? [];
  return file.imports.filter((target) => {
    if (!target.startsWith('server/') && !target.startsWith('client/'))
      return !packages.some((name) => target === name || (/[:/]$/.test(name) && target.startsWith(name)));
    const to = folderOf(target);
    return to !== from && !allowed.includes(to) && !(allowed.includes('core') && target.startsWith(CORE));
  });
}

describe('imports', () => {
  const files = sourceFiles().filter((file) => file.path !== `${CORE}index.ts`);

  it('finds the sources', () => assert.ok(files.length > 50, `only ${files.length} files`));

  it('knows every folder', () => {
    const unknown = files.map((file) => folderOf(file.path)).filter((folder) => !(folder in ALLOWED));
    assert.deepEqual([...new Set(unknown)], []);
  });

  it('run one way', () => {
    const wrong = files.flatMap((file) => wrongImports(file).map((target) => `${file.path} imports ${target}`));
    assert.deepEqual(wrong, []);
  });

  it('are seen by this test', () => {
    const bad: SourceFile = {
      path: `${CORE}zfs/x.ts`,
      text: '',
      imports: ['node:fs', 'server/src/core/lint/finding', 'fflate'],
    };
    assert.deepEqual(wrongImports(bad), ['node:fs', 'server/src/core/lint/finding']);
  });
});
