import type { HostEntry } from '../../core/policy/policy';
import { readInventory } from '../../core/run/read-inventory';
import { nearest } from '../../core/text/nearest';
import { defineCommand } from '../define-command';
import { EXIT } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { FILE_OPTION, loadPolicy } from '../load-policy';
import { SSH_OPTION, readHosts } from '../open-hosts';
import { FORMAT_OPTION, toJsonReport } from '../reporters/format-option';
import { formatInventory } from '../reporters/inventory-text';
import { findPolicyFile } from '../repository';
import { styleFor } from '../style';

const ELEVATIONS: readonly HostEntry['elevate'][] = ['none', 'sudo', 'doas'];

export const inventory = defineCommand({
  name: 'inventory',
  summary: 'Show the pools, datasets, snapshots and keys of a host',
  operands: 'HOST',
  description: [
    'HOST is a name of the policy file, or else an SSH destination: [user@]host[:port] or an alias of ~/.ssh/config. ' +
      'The host is read and nothing on it is changed.',
  ],
  options: {
    ...FORMAT_OPTION,
    ...FILE_OPTION,
    ...SSH_OPTION,
    elevate: {
      type: 'string',
      argument: 'HOW',
      choices: ELEVATIONS,
      otherwise: 'none',
      summary: 'How to become root on an SSH destination',
    },
  },
  examples: [
    { command: 'rawsend inventory vault', meaning: 'The tree of a host of the policy file' },
    {
      command: 'rawsend inventory cr0x@dest --format json > dest.json',
      meaning: 'Facts for lint --inventory, without a policy file',
    },
  ],
  async run({ values, operands }, io) {
    const [name, ...others] = operands;
    if (name === undefined || others.length > 0) throw usageFailure('inventory takes one HOST');
    const declared = await findHost(name, values.file, io);
    if (declared !== undefined && values.elevate !== undefined)
      throw usageFailure(`the policy file already says how to become root on ${name}`, 'Leave --elevate out');
    const elevate = ELEVATIONS.find((known) => known === values.elevate) ?? 'none';
    const entry: HostEntry = declared ?? { name, ssh: name, local: false, elevate };
    const found = await readHosts([entry], { io, sshConfig: values['ssh-config'] }, ({ hosts }) => {
      const host = hosts[entry.name];
      if (host === undefined) throw new Error(`${entry.name} was opened under another name`);
      return readInventory(host, io.now().toISOString());
    });
    io.stdout.write(
      values.format === 'json' ? toJsonReport(found) : formatInventory(found, styleFor(io.stdout, io.env)),
    );
    return EXIT.done;
  },
});

/** The policy file's host of that name. What can only be an SSH destination needs no policy file. */
async function findHost(name: string, option: string | undefined, io: Io): Promise<HostEntry | undefined> {
  if (option === undefined && (/[@:]/.test(name) || findPolicyFile(io.cwd) === undefined)) return undefined;
  const { file, path } = await loadPolicy(option, io);
  if (Object.hasOwn(file.hosts, name)) return file.hosts[name];
  if (option === undefined) return undefined;
  const known = Object.keys(file.hosts);
  const meant = nearest(name, known);
  throw usageFailure(
    `${path} has no host ${name}`,
    meant === undefined ? `It has ${known.join(', ')}` : `Did you mean ${meant}?`,
  );
}
