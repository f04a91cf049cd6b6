import { readFileSync, readdirSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { SSHConfig, glob } from 'ssh-config';
import type { Line } from 'ssh-config';

export interface ConfigFiles {
  readonly home: string;
  /** Read instead of the user's and the system's files, as `ssh -F` does. */
  readonly configFile?: string | undefined;
}

/** The lines of the ssh configuration, with `Include` put in place. A file that is not there has none; others throw. */
export function readConfigFiles(files: ConfigFiles): SSHConfig {
  const { configFile, home } = files;
  if (configFile !== undefined) return readConfig(configFile, { home, depth: 0, required: true });
  const all = SSHConfig.parse('');
  for (const file of [join(home, '.ssh', 'config'), '/etc/ssh/ssh_config']) {
    all.push(...readConfig(file, { home, depth: 0, required: false }));
  }
  return all;
}

interface Reading {
  readonly home: string;
  readonly depth: number;
  readonly required: boolean;
}

/** ssh gives up at the same depth. */
const DEEPEST = 16;

function readConfig(file: string, reading: Reading): SSHConfig {
  const config = SSHConfig.parse(readText(file, reading.required));
  return includeInto(config, file, reading);
}

function readText(file: string, required: boolean): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!required && error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function includeInto(config: SSHConfig, file: string, reading: Reading): SSHConfig {
  const result = SSHConfig.parse('');
  for (const line of config) {
    if ('config' in line) line.config = includeInto(line.config, file, reading);
    const patterns = includePatterns(line);
    if (patterns === undefined) result.push(line);
    else result.push(...patterns.flatMap((pattern) => include(pattern, file, reading)));
  }
  return result;
}

function includePatterns(line: Line): readonly string[] | undefined {
  if (!('param' in line) || line.param.toLowerCase() !== 'include') return undefined;
  return typeof line.value === 'string' ? line.value.split(/\s+/) : line.value.map(({ val }) => val);
}

function include(pattern: string, file: string, reading: Reading): readonly Line[] {
  if (reading.depth >= DEEPEST) throw new Error(`${file} includes files more than ${DEEPEST} deep`);
  const path = pattern.replace(/^~(?=\/)/, () => reading.home);
  const full = isAbsolute(path) ? path : join(reading.home, '.ssh', path);
  return matchingFiles(full).flatMap((found) => [
    ...readConfig(found, { home: reading.home, depth: reading.depth + 1, required: false }),
  ]);
}

/** Wildcards count in the last part of the path only: `conf.d/*` is what people write. */
function matchingFiles(path: string): readonly string[] {
  const pattern = path.slice(path.lastIndexOf('/') + 1);
  if (!/[*?]/.test(pattern)) return [path];
  try {
    const names = readdirSync(dirname(path)).filter((name) => !name.startsWith('.') && glob(pattern, name));
    return names.toSorted().map((name) => join(dirname(path), name));
  } catch {
    return [];
  }
}
