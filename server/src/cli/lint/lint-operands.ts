import path from 'node:path';
import type { BaselineEntry } from '../../core/lint/baseline';
import { documentKind } from '../../core/lint/document-kind';
import type { Io } from '../io';
import type { LintResult } from '../reporters/lint-result';
import { createIncludedReader, createPolicyReader } from '../read-included';
import { createUpwardSearch, remember } from '../repository';
import { encodeText } from '../text-encoding';
import { type BaselineFile, goneFrom, lintedByFile, readBaseline } from './baseline-file';
import { createConfigFiles, type ConfigFiles } from './config-files';
import { findFiles } from './find-files';
import { findIncluded } from './included-files';
import { createIgnoreFiles } from './ignore-rules';
import type { LintRequest } from './lint-options';
import type { LintTask } from './lint-task';
import { lintTogether } from './lint-together';
import { type Draft, readDrafts } from './read-drafts';
import { createSettings, type Settings } from './settings';
import { writeFixes } from './write-fixes';

export interface LintOutcome {
  /** In the order of the operands, and behind them what their policy files include. */
  readonly results: readonly LintResult[];
  /** Standard input after the fixes. */
  readonly stdin?: Buffer;
  readonly baselines: readonly UsedBaseline[];
  readonly configs: ConfigFiles;
}

/** A baseline, and what it has that is no longer found. */
export interface UsedBaseline {
  readonly file: string;
  readonly gone: readonly BaselineEntry[];
}

/**
 * Lints what the operands of `lint` mean, with all that their policy files include, and writes the fixes that were asked
 * for. Whatever a file can be becomes a result; a wrong configuration or baseline is a Failure.
 */
export async function lintOperands(operands: readonly string[], request: LintRequest, io: Io): Promise<LintOutcome> {
  const search = createUpwardSearch(io.cwd);
  const configs = createConfigFiles(search, io);
  const ignoreFiles = createIgnoreFiles(search, configs);
  const meant = await findFiles(operands, { cwd: io.cwd, ignoreFiles, stdinName: request.stdinName });
  const input = operands.includes('-') ? await io.stdin.read() : undefined;
  const readIncluded = createIncludedReader();
  const readPolicy = createPolicyReader(readIncluded);
  const included = await findIncluded(meant, { cwd: io.cwd, search, readPolicy });
  const found = [...meant, ...included.added];
  const read = await readDrafts(found, input, included.has);
  const files = found.flatMap((entry) => (entry.kind === 'found' ? [entry.file] : []));
  const settingsOf = createSettings(request.flags, { search, configs, files, readPolicy, isIncluded: included.has });
  const baselineOf = createBaselines(settingsOf, request, io.cwd);

  const drafts = read.flatMap((entry) => (entry.kind === 'draft' ? [entry.draft] : []));
  const tasks = await Promise.all(
    drafts.map(async (draft): Promise<Draft & LintTask> => {
      const baseline = (await baselineOf(draft.file))?.entries.get(draft.file) ?? [];
      const { context } = await settingsOf(draft.file);
      const isPolicy = documentKind(draft.document) === 'policy';
      const parts = isPolicy ? await readIncluded(draft.file, draft.document.text) : undefined;
      const unfixed = draft.origin === 'included';
      return { ...draft, context: parts === undefined ? context : { ...context, included: parts }, baseline, unfixed };
    }),
  );
  const linted = await lintTogether(
    tasks.map(({ document, context, baseline, unfixed }) => ({ document, context, baseline, unfixed })),
    request.fix,
    io.startHelper,
  );
  const done = request.diff ? linted : await writeFixes(tasks, linted);
  const byDraft = new Map(drafts.map((draft, index) => [draft, done[index]]));
  const results = read.flatMap((entry) => (entry.kind === 'draft' ? (byDraft.get(entry.draft) ?? []) : [entry]));
  const stdin = input && fixedInput(input, drafts, byDraft);
  return {
    results,
    configs,
    baselines: await usedBaselines(results, baselineOf, io.cwd),
    ...(stdin !== undefined && { stdin }),
  };
}

type BaselineOf = (file: string) => Promise<BaselineFile | undefined>;

/** The baseline of a file. There is none while one is written, because everything is reported into that. */
function createBaselines(
  settingsOf: (file: string) => Promise<Settings>,
  { writeBaseline }: LintRequest,
  cwd: string,
): BaselineOf {
  const read = remember((file) => readBaseline(file, cwd));
  return async (file) => {
    const { baseline } = await settingsOf(file);
    return writeBaseline !== undefined || baseline === undefined ? undefined : read(baseline);
  };
}

async function usedBaselines(
  results: readonly LintResult[],
  baselineOf: BaselineOf,
  cwd: string,
): Promise<readonly UsedBaseline[]> {
  const linted = lintedByFile(results, cwd);
  const baselines = new Set(await Promise.all([...linted.keys()].map(baselineOf)));
  return [...baselines].flatMap((baseline) =>
    baseline === undefined ? [] : [{ file: path.relative(cwd, baseline.file), gone: goneFrom(baseline, linted) }],
  );
}

/** What is no draft passes through as it came. */
function fixedInput(
  input: Buffer,
  drafts: readonly Draft[],
  results: ReadonlyMap<Draft, LintResult | undefined>,
): Buffer {
  const draft = drafts.find(({ origin }) => origin === 'stdin');
  const result = draft && results.get(draft);
  const isFixed = result?.kind === 'linted' && result.text !== result.original;
  return draft && isFixed ? encodeText({ ...draft.decoded, text: result.text }) : input;
}
