import type { Span } from '../text/span';
import { readYaml } from '../yaml/read-yaml';
import { ownEntries, wordSpan } from './own-entries';

/** Where the aliases of this machine's ssh configuration stand in a policy file: those are settled elsewhere. */
export function aliasPlaces(text: string, aliases: readonly string[]): readonly Span[] {
  const hosts = readYaml(text).root?.entries.get('hosts')?.node;
  return ownEntries(hosts).flatMap(([, { node }]) => {
    const ssh = ownEntries(node).find(([key]) => key === 'ssh')?.[1].node;
    if (typeof ssh?.value !== 'string' || !aliases.includes(aliasOf(ssh.value))) return [];
    return wordSpan(text, ssh.span, ssh.value) ?? [];
  });
}

/** `alias` of `user@alias:port`. */
const aliasOf = (ssh: string): string => ssh.slice(ssh.lastIndexOf('@') + 1).replace(/:\d+$/, '');
