import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OnigScanner, OnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, Registry, parseRawGrammar } from 'vscode-textmate';
import type { HostName } from '../../scripts/vscode-host/hosts';
import { HOSTS, installationFolder, serverFolder } from '../../scripts/vscode-host/hosts';

const ROOT = path.resolve(__dirname, '../..');

/** The grammars of VS Code that ours are injected into, where the version is installed. */
const THEIRS = {
  'source.shell': 'shellscript/syntaxes/shell-unix-bash.tmLanguage.json',
  'text.html.markdown': 'markdown-basics/syntaxes/markdown.tmLanguage.json',
} as const;

export type Root = keyof typeof THEIRS;

/** Why the grammars of a VS Code cannot be had here, or undefined. */
export const grammarsMissing = (name: HostName): string | undefined =>
  Object.values(THEIRS).every((file) => existsSync(pathOf(name, file)))
    ? undefined
    : `the grammars of VS Code ${name} are not installed: npm run vscode-host`;

const pathOf = (name: HostName, file: string): string =>
  path.join(serverFolder(installationFolder(HOSTS[name])), 'extensions', file);

/** A piece of a line, with its scopes from the outermost on. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly grammars: readonly {
      readonly scopeName: string;
      readonly path: string;
      readonly injectTo?: readonly string[];
    }[];
  };
}

let oniguruma: Promise<void> | undefined;

/** Tokenizes as the editor does, with the grammars that `package.json` contributes. */
export async function createTokenizer(name: HostName, root: Root): Promise<(text: string) => readonly Token[]> {
  oniguruma ??= loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  await oniguruma;
  const ours = (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest).contributes.grammars;
  const files = new Map<string, string>([
    ...Object.entries(THEIRS).map(([scope, file]) => [scope, pathOf(name, file)] as const),
    ...ours.map((grammar) => [grammar.scopeName, path.join(ROOT, grammar.path)] as const),
  ]);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar(scope) {
      const file = files.get(scope);
      return Promise.resolve(file === undefined ? null : parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scope) =>
      ours.filter(({ injectTo }) => injectTo?.includes(scope)).map(({ scopeName }) => scopeName),
  });
  const grammar = await registry.loadGrammar(root);
  if (grammar === null) throw new Error(`no grammar ${root}`);
  return (text) => {
    let state = INITIAL;
    return text.split('\n').flatMap((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }));
    });
  };
}
