import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The wanted modules and all they depend on, each after its dependencies: the order in which the guest loads them. */
export function orderModules(roots: readonly string[], wanted: readonly string[]): string[] {
  const paths = new Map(roots.flatMap(moduleFiles).map((path) => [moduleName(path), path]));
  const ordered: string[] = [];
  const add = (name: string): void => {
    const path = paths.get(name);
    // A dependency without a file is built into the kernel.
    if (path === undefined || ordered.includes(path)) return;
    dependenciesOf(path).forEach(add);
    ordered.push(path);
  };
  for (const name of wanted) {
    if (!paths.has(name)) throw new Error(`no kernel module ${name} was built`);
    add(name);
  }
  return ordered;
}

function moduleFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ko'))
    .map((name) => join(root, name));
}

const moduleName = (path: string): string => basename(path, '.ko').replaceAll('-', '_');

function dependenciesOf(path: string): string[] {
  const match = /\0depends=([^\0]*)\0/.exec(readFileSync(path, 'latin1'));
  return match?.[1]?.split(',').filter(Boolean) ?? [];
}
