import path from 'node:path';
import type { Profile } from '../../core/lint/document';
import type { Severity } from '../../core/lint/finding';
import { RULES } from '../../core/lint/rules/index';
import { nearest } from '../../core/text/nearest';
import type { Invocation } from '../define-command';
import { usageFailure } from '../failure';
import { REPORT_FORMS, type ReportForm } from '../reporters/lint-reporters';
import { readInventoryFile } from './inventory-file';
import type { FixMode } from './lint-together';
import type { LintFlags } from './settings';

const PROFILES = ['minimal', 'recommended', 'strict'] as const satisfies readonly Profile[];
const LEVELS = ['off', 'information', 'warning', 'error'] as const satisfies readonly (Severity | 'off')[];

export const LINT_OPTIONS = {
  format: {
    type: 'string',
    argument: 'FORM',
    choices: REPORT_FORMS,
    otherwise: 'text',
    summary: 'Form of the report',
  },
  profile: {
    type: 'string',
    argument: 'PROFILE',
    choices: PROFILES,
    otherwise: 'recommended',
    summary: 'Which rules report',
  },
  rule: {
    type: 'string',
    multiple: true,
    argument: 'RULE=SEVERITY',
    summary: `Severity of one rule: ${LEVELS.join(', ')}`,
  },
  'max-warnings': {
    type: 'string',
    argument: 'N',
    otherwise: '0',
    summary: 'So many warnings do not change the exit code',
  },
  fix: { type: 'boolean', summary: 'Apply the safe fixes: those that cannot change a run that works today' },
  'unsafe-fixes': { type: 'boolean', summary: 'Apply all fixes; read what they changed' },
  diff: { type: 'boolean', summary: 'Print what the fixes would change, as a patch, and change nothing' },
  baseline: { type: 'string', argument: 'FILE', summary: 'Leave out the findings that this file has' },
  'write-baseline': {
    type: 'string',
    argument: 'FILE',
    optional: true,
    otherwise: 'rawsend-baseline.json',
    summary: 'Write what is found into a baseline',
  },
  inventory: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    summary: 'Facts of a host, from inventory --format json',
  },
  'stdin-filename': { type: 'string', argument: 'NAME', summary: 'What - is called in the report; decides its kind' },
} as const;

/** What the options ask for, checked. */
export interface LintRequest {
  readonly form: ReportForm;
  readonly flags: LintFlags;
  readonly fix: FixMode;
  readonly diff: boolean;
  readonly maxWarnings: number;
  /** The baseline to write; empty where its name was left out. */
  readonly writeBaseline?: string;
  readonly stdinName: string;
}

/** Rejects with a usage Failure for options that contradict each other or mean nothing. */
export async function readLintOptions({ values }: Invocation<typeof LINT_OPTIONS>, cwd: string): Promise<LintRequest> {
  const form = REPORT_FORMS.find((known) => known === values.format) ?? 'text';
  const diff = values.diff ?? false;
  const writeBaseline = values['write-baseline'];
  if (diff && form !== 'text') throw usageFailure(`--diff has no ${form} form`);
  if (diff && writeBaseline !== undefined)
    throw usageFailure('--diff changes nothing, and --write-baseline writes a file', 'Give one of them');
  const profile = PROFILES.find((known) => known === values.profile);
  const inventories = await Promise.all(
    (values.inventory ?? []).map((file) => readInventoryFile(path.resolve(cwd, file))),
  );
  return {
    form,
    flags: {
      severities: Object.fromEntries((values.rule ?? []).map(parseRule)),
      inventories,
      ...(profile !== undefined && { profile }),
      ...(values.baseline !== undefined && { baseline: path.resolve(cwd, values.baseline) }),
    },
    fix: fixMode({ all: values['unsafe-fixes'] ?? false, safe: (values.fix ?? false) || diff }),
    diff,
    maxWarnings: parseMaxWarnings(values['max-warnings'] ?? '0'),
    ...(writeBaseline !== undefined && { writeBaseline }),
    stdinName: values['stdin-filename'] ?? 'stdin',
  };
}

function fixMode({ all, safe }: { readonly all: boolean; readonly safe: boolean }): FixMode {
  if (all) return 'all';
  return safe ? 'safe' : 'none';
}

function parseRule(written: string): readonly [string, Severity | 'off'] {
  const [id = '', word] = written.split('=', 2);
  const severity = LEVELS.find((known) => known === word);
  if (!RULES.some((rule) => rule.id === id)) throw unknownRule(id);
  if (severity !== undefined) return [id, severity];
  const meant = word === undefined ? undefined : nearest(word, LEVELS);
  throw usageFailure(
    word === undefined ? `--rule ${id} lacks a severity` : `--rule ${written}: there is no severity '${word}'`,
    meant === undefined ? `Write --rule ${id}=SEVERITY with one of ${LEVELS.join(', ')}` : `Did you mean ${meant}?`,
  );
}

/** Also for `explain`. */
export function unknownRule(id: string): Error {
  const meant = nearest(
    id,
    RULES.map((rule) => rule.id),
  );
  const list = "'rawsend explain' lists the rules";
  return usageFailure(`there is no rule ${id}`, meant === undefined ? list : `Did you mean ${meant}? ${list}`);
}

function parseMaxWarnings(written: string): number {
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw usageFailure(`--max-warnings must be a number, not '${written}'`);
}
