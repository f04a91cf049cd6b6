import type { Run } from '../shell/placed-text';
import type { Invocation, LoopUse, Ran, Runbook } from '../runbook/runbook';

/**
 * Says whether commands in a loop are the same at each of its turns. In doubt they are not: a value that may be determined
 * anew inside of the loop makes every turn another one.
 */
export function sameEachTurnTest(runbook: Runbook): (loop: LoopUse, invocations: readonly Invocation[]) => boolean {
  const names = boundNames(runbook.text);
  const inLoops = new Map<number, BoundNames>();
  const namesIn = (loop: LoopUse): BoundNames => {
    const known = inLoops.get(loop.span.start);
    if (known) return known;
    const bound = boundNames(runbook.text.slice(loop.span.start, loop.span.end));
    inLoops.set(loop.span.start, bound);
    return bound;
  };
  return (loop, invocations) => {
    const inside = namesIn(loop);
    if (inside.anything) return false;
    return invocations.every(({ words, site, span }) => {
      const isWritten = loop.span.start <= span.start && span.end <= loop.span.end;
      const isKept = (run: Run): boolean => {
        if (run.kind !== 'unknown') return true;
        const { identity } = run;
        if (identity.startsWith('$')) return true;
        const origin = runbook.origins.get(identity);
        if (origin) return !ranIn(origin, loop);
        const name = nameOf(run.name);
        if (!isWritten || name === undefined) return false;
        if (/^\d+$/.test(name)) return !inside.shifted;
        // Set by an outer loop, and nowhere else.
        return names.byLoop.has(name) && !names.assigned.has(name) && !inside.byLoop.has(name);
      };
      const isSameHost = site.route.every((host) => {
        const name = nameOf(host);
        return name === undefined || !(inside.byLoop.has(name) || inside.assigned.has(name));
      });
      return isSameHost && words.every((word) => word.text.every(isKept));
    });
  };
}

interface BoundNames {
  /** By `for`, `read` and their kin. */
  readonly byLoop: ReadonlySet<string>;
  /** By `NAME=value`. */
  readonly assigned: ReadonlySet<string>;
  /** The positional parameters move on. */
  readonly shifted: boolean;
  /** Another file or a text is run, which may set any name. */
  readonly anything: boolean;
}

function boundNames(text: string): BoundNames {
  const byLoop = new Set<string>();
  for (const match of text.matchAll(
    /\b(?:for|select)[ \t]+(\w+)|\b(?:read|mapfile|readarray|getopts)\b([^\n;|&<]*)/g,
  )) {
    for (const name of (match[1] ?? match[2] ?? '').split(/\s+/)) byLoop.add(name);
  }
  return {
    byLoop,
    assigned: new Set(Array.from(text.matchAll(/\b(\w+)(?:\[\w*\])?\+?=/g), (match) => match[1] ?? '')),
    shifted: /\bshift\b|\bset[ \t]+--/.test(text),
    anything: /(?:^|[;&|\n])[ \t]*(?:\.|source|eval)[ \t]/.test(text),
  };
}

/** `$ds`, `${ds}` and `${ds#tank/}` are made of `ds`. */
const nameOf = (written: string): string | undefined => /\$\{?(\w+)/.exec(written)?.[1];

/** Without a command of its own nothing says where it ran. */
export function ranIn({ invocations, calls, span }: Ran, loop: LoopUse): boolean {
  const ran = [...invocations, ...calls];
  if (ran.length === 0) return loop.span.start <= span.start && span.end <= loop.span.end;
  return ran.some(({ site }) => site.loops.some((other) => other.span.start === loop.span.start));
}
