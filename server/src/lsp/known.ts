import type { Known } from '../core/policy/known';
import type { Subject } from './answer';
import type { LspContext } from './context';

/** What is known beside a policy file at this moment: read earlier or on this machine's disk, never by connecting. */
export const knownFor = (
  { client, inventories, ports }: LspContext,
  { open, included }: Pick<Subject, 'open' | 'included'>,
): Known => ({
  aliases: ports.sshAliases(client.sshConfig).aliases,
  inventories: inventories.of(open.uri, ...included.uris.values()),
  included,
  now: Date.now() / 1000,
});
