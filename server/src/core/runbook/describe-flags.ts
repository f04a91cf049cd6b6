import type { Flag } from '../zfs/subcommand';
import { code } from './describe-values';
import type { FlagSite, Invocation } from './runbook';

/** One line for each flag that a command has, in the order in which it has them. */
export function describeFlags({ subcommand, flags }: Invocation, text: string): readonly string[] {
  const uses = (subcommand?.flags ?? []).flatMap((flag) => (flags[flag.name] ?? []).map((site) => ({ flag, site })));
  return uses
    .toSorted((a, b) => a.site.span.start - b.site.span.start)
    .map(({ flag, site }) => `${code(spell(flag, site))}${origin(site, text)} ${flag.summary}`);
}

const spell = (flag: Flag, { value }: FlagSite): string => {
  const name = flag.short === undefined ? `--${flag.long ?? flag.name}` : `-${flag.short}`;
  return value === undefined ? name : `${name} ${value.shown}`;
};

/** A flag that is not written in the command itself says which variable brings it. */
function origin({ span, word }: FlagSite, text: string): string {
  const written = text.slice(span.start, span.end);
  return !word.written && written.startsWith('$') ? ` of ${code(written)}:` : ':';
}
