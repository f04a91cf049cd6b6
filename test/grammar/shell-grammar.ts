import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import type { IGrammar } from 'vscode-textmate';
import { INITIAL, Registry, parseRawGrammar } from 'vscode-textmate';
import type { HostName } from '../../scripts/vscode-host/hosts';
import { HOSTS, installationFolder, serverFolder } from '../../scripts/vscode-host/hosts';

/** A piece of a line and all its scopes, the outermost first. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** A whole text, token by token, line by line. */
export type Tokenize = (text: string) => readonly (readonly Token[])[];

interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

const ROOT = join(__dirname, '..', '..');

/** The grammars of VS Code itself that the injections go into. */
const THEIRS = {
  'source.shell': 'shellscript/syntaxes/shell-unix-bash.tmLanguage.json',
  'text.html.markdown': 'markdown-basics/syntaxes/markdown.tmLanguage.json',
} as const;

const theirs = (host: HostName): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(THEIRS).map(([name, file]) => [
      name,
      join(serverFolder(installationFolder(HOSTS[host])), 'extensions', file),
    ]),
  );

/** Skips the suite where VS Code's own grammars are missing, with the reason; fails it where everything is required. */
export function requireGrammars(context: Mocha.Context, host: HostName): void {
  if (Object.values(theirs(host)).every((file) => existsSync(file))) return;
  const reason = `the grammars of VS Code ${host} are missing: npm run vscode-host`;
  if (process.env['RAWSEND_REQUIRE'] === 'all') throw new Error(reason);
  process.stderr.write(`skipped: ${reason}\n`);
  context.skip();
}

/** VS Code's grammar of this name, with the injections of package.json, or as it is without them. */
export async function loadGrammar(
  host: HostName,
  scopeName: keyof typeof THEIRS,
  { injected }: { readonly injected: boolean } = { injected: true },
): Promise<Tokenize> {
  const own = injected ? injections() : [];
  const files: Readonly<Record<string, string>> = {
    ...theirs(host),
    ...Object.fromEntries(own.map(({ scopeName: name, path }) => [name, join(ROOT, path)])),
  };
  const registry = new Registry({
    onigLib: (onigLib ??= loadOnigLib()),
    loadGrammar: (name) => {
      const file = files[name];
      return Promise.resolve(file === undefined ? null : parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (name) => own.filter(({ injectTo }) => injectTo?.includes(name)).map((one) => one.scopeName),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`${scopeName} has no grammar`);
  return (text) => tokenize(grammar, text);
}

let onigLib: ReturnType<typeof loadOnigLib> | undefined;

async function loadOnigLib(): Promise<{
  createOnigScanner: typeof createOnigScanner;
  createOnigString: typeof createOnigString;
}> {
  await loadWASM(readFileSync(createRequire(__filename).resolve('vscode-oniguruma/release/onig.wasm')));
  return { createOnigScanner, createOnigString };
}

function injections(): readonly Contribution[] {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly contributes: { readonly grammars: readonly Contribution[] };
  };
  return manifest.contributes.grammars.filter(({ injectTo }) => injectTo !== undefined);
}

function tokenize(grammar: IGrammar, text: string): readonly (readonly Token[])[] {
  let state = INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }));
  });
}
