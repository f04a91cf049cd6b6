import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { UpwardSearch } from '../repository';
import { CONFIG_FILES, type ConfigFiles } from './config-files';

/** What the ignore files of one folder say about everything below it. */
interface Level {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** The levels that decide about the content of a folder, the nearest first: the first that says anything wins, as in git. */
export type IgnoreRules = readonly Level[];

/** Whether a file or folder is left out. */
export function ignores(rules: IgnoreRules, file: string, kind: 'file' | 'folder'): boolean {
  for (const level of rules) {
    const { ignored, unignored } = test(level, file, kind);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function test({ folder, patterns }: Level, file: string, kind: 'file' | 'folder'): ReturnType<Ignore['test']> {
  const relative = path.relative(folder, file).replaceAll(path.sep, '/');
  return patterns.test(kind === 'folder' ? `${relative}/` : relative);
}

/** Reads the ignore files of a tree. */
export interface IgnoreFiles {
  /** The rules that the folders above a folder make for it, from the top of its repository. */
  readonly above: (folder: string) => Promise<IgnoreRules>;
  /** The rules for the content of a folder that is entered. */
  readonly enter: (rules: IgnoreRules, folder: string) => Promise<IgnoreRules>;
}

export function createIgnoreFiles(search: UpwardSearch, configs: ConfigFiles): IgnoreFiles {
  const enter: IgnoreFiles['enter'] = async (rules, folder) => {
    // A level that leaves out the folder itself cannot judge its content: the folder was named, or let in from nearer by.
    const outer = rules.filter((level) => !test(level, folder, 'folder').ignored);
    const patterns = await readPatterns(folder, search, configs);
    return patterns.length === 0 ? outer : [toLevel(folder, patterns), ...outer];
  };
  const above: IgnoreFiles['above'] = async (folder) => {
    if (folder === search.top(folder)) {
      const exclude = await readExclude(path.join(folder, '.git'));
      return exclude === undefined ? [] : [toLevel(folder, [exclude])];
    }
    const parent = path.dirname(folder);
    return enter(await above(parent), parent);
  };
  return { above, enter };
}

/** Case counts, as git has it where file names have it. */
const toLevel = (folder: string, patterns: readonly string[]): Level => ({
  folder,
  patterns: ignore({ ignorecase: false, allowRelativePaths: true }).add(patterns.join('\n')),
});

/** Later patterns win, so what is written for Rawsend comes after what is written for git. */
async function readPatterns(folder: string, search: UpwardSearch, configs: ConfigFiles): Promise<readonly string[]> {
  const at = (names: readonly string[]): readonly string[] =>
    names.map((name) => path.join(folder, name)).filter(search.exists);
  const texts = await Promise.all(at(['.gitignore', '.rawsendignore']).map(readIfThere));
  const [config] = at(CONFIG_FILES);
  const configured = config === undefined ? [] : ((await configs.read(config)).config.ignore ?? []);
  return [...texts.filter((text) => text !== undefined), ...configured];
}

/** `info/exclude` of a repository, which is elsewhere for a worktree or a submodule: its `.git` is a file that says where. */
async function readExclude(git: string): Promise<string | undefined> {
  const elsewhere = /^gitdir: (.+)$/m.exec((await readIfThere(git)) ?? '')?.[1];
  const own = elsewhere === undefined ? git : path.resolve(path.dirname(git), elsewhere);
  const common = (await readIfThere(path.join(own, 'commondir')))?.trim();
  return readIfThere(path.join(common === undefined ? own : path.resolve(own, common), 'info', 'exclude'));
}

/** An ignore file that is missing, a folder or unreadable ignores nothing. */
const readIfThere = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);
