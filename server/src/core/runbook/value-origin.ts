import type { Analysis } from './analysis';
import type { Value } from './environment';
import type { Ran } from './runbook';

/** A part of a value, `${LAST#*@}` or `${LIST[i]}`, comes from where the whole comes from: gives back its identity. */
export function keepOrigin(analysis: Analysis, identity: string, whole: Value | undefined): string {
  const origin = whole && originOf(analysis, whole);
  if (origin) analysis.origins.set(identity, origin);
  return identity;
}

function originOf(analysis: Analysis, value: Value): Ran | undefined {
  if ('identity' in value) return analysis.origins.get(value.identity);
  const [first] = value.kind === 'text' ? value.text : (value.items[0] ?? []);
  return first?.kind === 'unknown' ? analysis.origins.get(first.identity) : undefined;
}

/** `$(echo "$LAST" | cut -d@ -f2)` comes from where `$LAST` comes from. */
export function passedOn(analysis: Analysis, { invocations, calls: [first] }: Ran): Ran | undefined {
  if (invocations.length > 0 || !first || !/^(?:echo|printf|basename)$/.test(first.name)) return undefined;
  for (const run of first.args.flatMap(({ text }) => text)) {
    const origin = run.kind === 'unknown' ? analysis.origins.get(run.identity) : undefined;
    if (origin) return origin;
  }
  return undefined;
}
