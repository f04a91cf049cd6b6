import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Module specifiers, relative ones resolved to repository paths without extension. */
  readonly imports: readonly string[];
}

/** The TypeScript files of the product; tests and scripts may import what they like. */
export function sourceFiles(): readonly SourceFile[] {
  return listFiles(['client/src', 'server/src'], '.ts').map((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const specifiers = [
      ...text.matchAll(/^\s*(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|\b(?:import|require)\('([^']+)'\)/gm),
    ];
    const imports = specifiers.map((match) => match[1] ?? match[2] ?? '');
    return { path: file, text, imports: imports.map((specifier) => resolve(file, specifier)) };
  });
}

export function listFiles(folders: readonly string[], extension: string): readonly string[] {
  return walk(folders).filter((file) => file.endsWith(extension));
}

function walk(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? walk([`${folder}/${entry.name}`]) : [`${folder}/${entry.name}`]))
      .toSorted(),
  );
}

function resolve(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}
