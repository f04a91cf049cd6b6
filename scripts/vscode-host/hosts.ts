import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The VS Code versions that the extension is tried in. Each is the server that the npm package `code-server`
 * carries: the real workbench and the real extension host, with a headless Chromium as its window.
 */
export interface VscodeHost {
  readonly vscode: string;
  readonly codeServer: string;
  /** The Node that this VS Code is made for, and the release that is fetched where another one runs us. */
  readonly node: { readonly major: number; readonly version: string };
  /** Native add-ons that are replaced by a few lines of JavaScript, so that no compiler is needed. */
  readonly stubs: Readonly<Record<string, Stub>>;
  /** Where the workbench looks for ripgrep, when its own package does not carry the program. */
  readonly ripgrep?: { readonly version: string; readonly at: string };
  /** Parts that no test touches, relative to the server. */
  readonly prune: readonly string[];
}

export type Stub = 'spdlog' | 'watchdog';

export const HOSTS = {
  '1.139': {
    vscode: '1.139',
    codeServer: '4.139.1',
    node: { major: 24, version: '24.21.0' },
    stubs: { '@vscode/spdlog': 'spdlog', '@vscode/native-watchdog': 'watchdog' },
    prune: ['extensions/copilot', 'node_modules/@github/copilot-sdk', 'node_modules/@microsoft/mxc-sdk'],
  },
  '1.99': {
    vscode: '1.99',
    codeServer: '4.99.3',
    node: { major: 20, version: '20.19.5' },
    stubs: { '@vscode/spdlog': 'spdlog', 'native-watchdog': 'watchdog' },
    ripgrep: { version: '1.18.0', at: 'node_modules/@vscode/ripgrep/bin' },
    prune: [],
  },
} as const satisfies Readonly<Record<string, VscodeHost>>;

export type HostName = keyof typeof HOSTS;

export const isHostName = (name: string): name is HostName => Object.hasOwn(HOSTS, name);

/** Raised when the recipe of `setup.ts` changes, so that an older installation is not mistaken for a new one. */
const RECIPE = 1;

export function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(cache, 'rawsend', 'vscode-host');
}

export const installationFolder = (host: VscodeHost): string =>
  join(cacheFolder(), `code-server-${host.codeServer}-${process.arch}-${RECIPE}`);

export const serverFolder = (installation: string): string =>
  join(installation, 'node_modules', 'code-server', 'lib', 'vscode');
