import path from 'node:path';
import type { Config } from '../../core/config/parse-config';
import { parseConfig } from '../../core/config/parse-config';
import { EXIT } from '../exit-code';
import { Failure, usageFailure, worldFailure } from '../failure';
import type { Io } from '../io';
import { formatFindings } from '../reporters/lint-text';
import type { UpwardSearch } from '../repository';
import { styleFor } from '../style';
import { readTextFile } from '../text-file';

export const CONFIG_FILES = ['rawsend.config.yaml', 'rawsend.config.yml'];

/** A configuration, and the folder that its paths are relative to. */
export interface ConfigFile {
  readonly folder: string;
  readonly config: Config;
}

/** Reads each configuration once. */
export interface ConfigFiles {
  /** The one that is in force for the files of a folder: the nearest upward. */
  readonly inForce: (folder: string) => Promise<ConfigFile | undefined>;
  /** Rejects with a usage Failure, after printing what is wrong, when it has a mistake: lint must not guess what was meant. */
  readonly read: (file: string) => Promise<ConfigFile>;
}

/** Where a wrong configuration is told. */
type Place = Pick<Io, 'cwd' | 'env' | 'stderr'>;

export function createConfigFiles(search: UpwardSearch, io: Place): ConfigFiles {
  const known = new Map<string, Promise<ConfigFile>>();
  const read = (file: string): Promise<ConfigFile> => {
    const config = known.get(file) ?? readConfig(file, io);
    known.set(file, config);
    return config;
  };
  return {
    read,
    async inForce(folder) {
      const file = search.nearest(folder, CONFIG_FILES);
      return file === undefined ? undefined : read(file);
    },
  };
}

async function readConfig(file: string, io: Place): Promise<ConfigFile> {
  const shown = path.relative(io.cwd, file);
  const read = await readTextFile(file);
  if (!read.ok) throw (read.error.wrongUse ? usageFailure : worldFailure)(`${shown} ${read.error.reason}`);
  const { text } = read.value;
  const { config, problems } = parseConfig(text);
  if (config !== undefined) return { folder: path.dirname(file), config };
  const findings = problems.map((found) => ({ ...found, rule: 'configuration', severity: 'error' as const }));
  io.stderr.write(formatFindings({ path: shown, text, findings }, styleFor(io.stderr, io.env)));
  throw new Failure(EXIT.usage, `${shown} has mistakes, so nothing was linted`);
}
