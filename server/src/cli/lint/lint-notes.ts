import { countOf } from '../../core/text/count-of';
import { countFindings } from './lint-exit-code';
import type { LintOutcome, UsedBaseline } from './lint-operands';
import type { LintRequest } from './lint-options';

/** What a reader of the report should know beside it, one line each. */
export function lintNotes(
  { results, baselines }: LintOutcome,
  { maxWarnings, writeBaseline }: LintRequest,
): readonly string[] {
  const warnings = countFindings(results, 'warning');
  const isOver = warnings > maxWarnings && maxWarnings > 0 && writeBaseline === undefined;
  return [
    ...(results.length === 0 ? ['nothing was linted: there is no document here that rawsend reads'] : []),
    ...baselines.flatMap(goneNote),
    ...(isOver ? [`${warnings} warnings are more than --max-warnings ${maxWarnings}`] : []),
  ];
}

const SHOWN = 3;

function goneNote({ file, gone }: UsedBaseline): readonly string[] {
  if (gone.length === 0) return [];
  const count = gone.reduce((sum, entry) => sum + entry.count, 0);
  const names = [...new Set(gone.map(({ path, rule }) => `${path} ${rule}`))];
  const shown = [...names.slice(0, SHOWN), ...(names.length > SHOWN ? ['…'] : [])].join(', ');
  const verb = count === 1 ? 'is' : 'are';
  return [
    `${countOf(count, 'finding')} of ${file} ${verb} no longer found (${shown}): --write-baseline takes them out`,
  ];
}
