import type { FlagSite, Invocation } from '../runbook/runbook';
import { flagSpan } from './command-edits';
import type { Report } from './finding';

/** What zfs refuses about the arguments of flags. */
export function* refusedValues({ subcommand, flags }: Invocation): Iterable<Report> {
  if (subcommand?.name === 'receive') yield* properties(flags);
  if (subcommand?.name !== 'send' || flags['token']) return;
  for (const name of ['incremental', 'intermediates']) {
    const [site, again] = flags[name] ?? [];
    const flag = name === 'incremental' ? '-i' : '-I';
    if (again)
      yield { span: flagSpan(again), message: `zfs send refuses ${flag} twice: a stream has one base; keep one` };
    const many = name === 'intermediates' ? '-I' : flags['replicate'] && '-R';
    if (!site?.value || !many || !/^[^@]*#/.test(site.value.shown)) continue;
    yield {
      span: site.value.span,
      message: `zfs send refuses a bookmark as the base of ${many}: it keeps no list of what came after; use -i without -R, dataset by dataset`,
    };
  }
}

/** `-o` needs a value, and each property is named once. */
function* properties({ set = [], ignore = [] }: Invocation['flags']): Iterable<Report> {
  const named = new Set<string>();
  const sites: readonly (readonly [FlagSite, boolean])[] = [
    ...set.map((site) => [site, true] as const),
    ...ignore.map((site) => [site, false] as const),
  ];
  for (const [site, isAssignment] of sites.toSorted(([a], [b]) => a.span.start - b.span.start)) {
    const { value } = site;
    if (!value?.word.known) continue;
    const property = value.shown.split('=', 1)[0] ?? '';
    if (isAssignment && !value.shown.includes('=')) {
      yield {
        span: value.span,
        message: `zfs receive refuses -o ${property} without a value: write -o ${property}=VALUE`,
      };
    }
    if (named.has(property)) {
      yield { span: flagSpan(site), message: `zfs receive refuses ${property} twice, in -o and -x together: keep one` };
    }
    named.add(property);
  }
}
