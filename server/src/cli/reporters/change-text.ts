import type { PolicyChange } from '../../core/change/compare-policies';
import type { Weight } from '../../core/change/safety-word';
import { SIGNS } from '../../core/change/safety-word';
import type { Style } from '../style';
import { harmless, harmlessLines } from '../style';
import { formatUnifiedDiff } from './unified-diff';

/** For each policy that changes what matters most in words, then its plan as a diff; last how many there are. */
export function formatChanges(changes: readonly PolicyChange[], unchanged: number, style: Style): string {
  return [...changes.map((change) => formatChange(change, style)), `${formatCounts(changes, unchanged)}\n`].join('\n');
}

function formatChange(change: PolicyChange, style: Style): string {
  const { words, planned } = change;
  return [
    style.strong(titleOf(change)),
    style.faint(`  ${harmless(planned)}`),
    ...words.map(({ weight, message }) => paint(weight, style)(`  ${SIGNS[weight]} ${harmless(message)}`)),
    '',
    ...harmlessLines(diffOf(change))
      .split('\n')
      .map((line) => paintLine(line, style)),
  ].join('\n');
}

/** As `patch` takes it. */
export const diffOf = ({ name, before, after }: PolicyChange): string => formatUnifiedDiff(name, before, after);

const titleOf = ({ kind, name, formerName }: PolicyChange): string =>
  `${name}: ${formerName === undefined ? kind : `${kind}, was ${formerName}`}`;

const paint = (weight: Weight, style: Style): ((text: string) => string) =>
  ({ risk: style.bad, note: (text: string): string => text, relief: style.good })[weight];

function paintLine(line: string, style: Style): string {
  if (/^(?:---|\+\+\+) [ab]\//.test(line)) return style.strong(line);
  if (line.startsWith('@@')) return style.faint(line);
  if (line.startsWith('-')) return style.bad(line);
  return line.startsWith('+') ? style.good(line) : line;
}

const KINDS = ['changed', 'renamed', 'added', 'removed'] as const;

function formatCounts(changes: readonly PolicyChange[], unchanged: number): string {
  const counts = KINDS.map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }));
  const parts = [
    ...counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`),
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  return `Policies: ${parts.join(', ') || 'none'}`;
}
