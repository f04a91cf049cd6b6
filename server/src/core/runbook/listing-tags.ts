import type { ListingHint } from './listing';
import type { Dialect } from './runbook';

/** What a block of a document holds by the tag that its author gave it. */
export type TagMeaning =
  | { readonly kind: 'listing'; readonly hint: ListingHint; readonly dialect: Dialect }
  /** A file of another kind, under a name of that kind. */
  | { readonly kind: 'file'; readonly path: string };

const listing = (hint: ListingHint, dialect: Dialect): TagMeaning => ({ kind: 'listing', hint, dialect });
const file = (path: string): TagMeaning => ({ kind: 'file', path });

const SH = listing('script', 'sh');
const CONSOLE = listing('console', 'unknown');
const UNIT = file('block.service');
const YAML = file('block.yaml');

const TAGS: ReadonlyMap<string, TagMeaning> = new Map([
  ['', listing('none', 'unknown')],
  ['sh', SH],
  ['shell', SH],
  ['bash', listing('script', 'bash')],
  ['zsh', listing('script', 'zsh')],
  ['ksh', listing('script', 'ksh')],
  ['console', CONSOLE],
  ['shell-session', CONSOLE],
  ['shellsession', CONSOLE],
  ['sh-session', CONSOLE],
  ['bash-session', CONSOLE],
  ['terminal', CONSOLE],
  ['yaml', YAML],
  ['yml', YAML],
  ['nix', file('block.nix')],
  ['systemd', UNIT],
  ['service', UNIT],
  ['ini', UNIT],
  ['cron', file('block.crontab')],
  ['crontab', file('block.crontab')],
]);

/** Undefined for what is no shell: other languages, output, differences. */
export function tagMeaning(tag: string): TagMeaning | undefined {
  return TAGS.get(tag.toLowerCase());
}
