import type { Known } from '../core/policy/known';
import type { LspContext } from './context';

/** What is known beside a policy file at this moment: read earlier or on this machine's disk, never by connecting. */
export const knownFor = ({ client, inventories, ports }: LspContext, uri: string): Known => ({
  aliases: ports.sshAliases(client.sshConfig).aliases,
  inventories: inventories.of(uri),
  now: Date.now() / 1000,
});
