import type { Check } from '../../core/run/verification';
import { harmless, type Style } from '../style';
import { countOf } from '../../core/text/count-of';

/** The text form of `verify`: one line for each check, and under each kind once what it proves. */
export function formatChecks(policy: string, checks: readonly Check[], style: Style): string {
  const kinds = [...new Set(checks.map((check) => check.id))];
  const failed = checks.filter((check) => !check.ok).length;
  const verdict =
    failed === 0
      ? style.good(`${countOf(checks.length, 'check')} passed`)
      : style.bad(`${failed} of ${countOf(checks.length, 'check')} failed`);
  return [
    `${style.strong(policy)}: ${verdict}`,
    ...kinds.flatMap((id) =>
      formatKind(
        id,
        checks.filter((check) => check.id === id),
        style,
      ),
    ),
    '',
  ].join('\n');
}

function formatKind(id: string, checks: readonly Check[], style: Style): readonly string[] {
  // Most kinds prove the same of every dataset; where they do not, each says its own.
  const meanings = [...new Set(checks.map((check) => check.proves))];
  return [
    `  ${id}`,
    ...checks.map((check) => `    ${formatCheck(check, style)}`),
    ...meanings.map((meaning) => `    ${style.faint(`proves: ${harmless(meaning)}`)}`),
  ];
}

/** `ok vault: found` or `FAILED vault: expected this, found that`. */
export function formatCheck({ ok, dataset, expected, found }: Check, style: Style): string {
  const name = harmless(dataset);
  if (ok) return `${style.good('ok')}  ${name}: ${harmless(found)}`;
  return `${style.bad('FAILED')}  ${name}: expected ${harmless(expected)}, found ${harmless(found)}`;
}
