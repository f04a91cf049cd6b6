import path from 'node:path';
import type { Io } from '../io';
import { countOf } from '../../core/text/count-of';
import { harmless } from '../style';
import { DEFAULT_BASELINE, lintedByFile, writeBaseline } from './baseline-file';
import type { LintOutcome } from './lint-operands';
import type { LintRequest } from './lint-options';

/** Writes what was found to the baseline that was named, else to the one in use, else to the one of the usual name. */
export async function writeNewBaseline({ results, configs }: LintOutcome, request: LintRequest, io: Io): Promise<void> {
  const config = await configs.inForce(io.cwd);
  const configured = config?.config.baseline && path.join(config.folder, config.config.baseline);
  const named = request.writeBaseline || request.flags.baseline || configured || DEFAULT_BASELINE;
  const file = path.resolve(io.cwd, named);
  const entries = await writeBaseline(file, lintedByFile(results, io.cwd), io.cwd);
  const count = entries.reduce((sum, entry) => sum + entry.count, 0);
  const files = new Set(entries.map((entry) => entry.path)).size;
  const shown = harmless(path.relative(io.cwd, file));
  io.stdout.write(`${shown} holds ${countOf(count, 'finding')} in ${countOf(files, 'file')}\n`);
  if (request.flags.baseline === undefined && configured === undefined)
    io.stdout.write(`Use it with --baseline ${shown}, or with \`baseline:\` in rawsend.config.yaml\n`);
}
