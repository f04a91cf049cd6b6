import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { quote } from '../../core/shell/quote';
import type { Lab } from '../../lab/lab';
import type { LabScenario } from '../../lab/scenario';
import { defineCommand } from '../define-command';
import { EXIT } from '../exit-code';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { SSH_OPTION } from '../open-hosts';
import { FORMAT_OPTION, toJsonReport } from '../reporters/format-option';

export const lab = defineCommand({
  name: 'lab',
  summary: 'Two hosts to try everything on, with no ZFS at hand',
  operands: 'up|list',
  description: [
    '`up` starts two SSH servers on 127.0.0.1, source and target, each with a zfs that behaves as OpenZFS 2.3 does: a model, ' +
      'held to real OpenZFS by tests. Keys, configuration and a policy are written to a folder of their own. They run until Ctrl-C, ' +
      'and leave nothing behind. No root, no kernel module and no disk is needed, and no data is stored.',
    '`list` names the scenarios that the hosts can begin with. What the model does not know it refuses by name.',
  ],
  options: {
    scenario: { type: 'string', argument: 'NAME', otherwise: 'fresh', summary: 'How the hosts begin' },
    ...FORMAT_OPTION,
    ...SSH_OPTION,
  },
  examples: [
    { command: 'rawsend lab up', meaning: 'An encrypted tree at the source, an empty pool at the target' },
    { command: 'rawsend lab up --scenario interrupted', meaning: 'A transfer that was cut half-way' },
    { command: 'rawsend lab list', meaning: 'The scenarios' },
  ],
  async run({ values, operands: [action = '', ...rest] }, io) {
    const { startLab, SCENARIOS } = await import('../../lab/index.js');
    const json = values.format === 'json';
    if (rest.length > 0 || !['up', 'list'].includes(action))
      throw usageFailure('say `rawsend lab up` or `rawsend lab list`');
    if (action === 'list') {
      const named = SCENARIOS.map(({ name, summary }) => ({ name, summary }));
      io.stdout.write(json ? toJsonReport({ scenarios: named }) : named.map(formatScenario).join(''));
      return EXIT.done;
    }
    const name = values.scenario ?? 'fresh';
    const scenario = SCENARIOS.find((each) => each.name === name);
    if (scenario === undefined)
      throw usageFailure(`there is no scenario ${name}: ${SCENARIOS.map((each) => each.name).join(', ')}`);
    const stopped = new Promise<void>((resolve) => io.onStop(() => resolve()));
    const yours = values['ssh-config'] ?? (io.env['RAWSEND_SSH_CONFIG'] || path.join(os.homedir(), '.ssh', 'config'));
    const up = await startLab(scenario, mkdtempSync(path.join(os.tmpdir(), 'rawsend-lab-')), yours);
    io.stdout.write(json ? toJsonReport(describe(up, scenario)) : formatUp(up, scenario, io));
    await stopped;
    await up.stop();
    return EXIT.done;
  },
});

const formatScenario = ({ name, summary }: Pick<LabScenario, 'name' | 'summary'>): string =>
  `${name.padEnd(16)} ${summary}\n`;

const describe = ({ exec: _exec, stop: _stop, ...facts }: Lab, { name }: LabScenario) => ({ scenario: name, ...facts });

function formatUp({ sshConfig, policyFile, ports, passphrase }: Lab, { name, summary }: LabScenario, io: Io): string {
  const columns = io.stdout.columns();
  const program = 'rawsend';
  return `The lab is up: ${name}. ${summary}
  source  127.0.0.1:${ports.source}  pool tank; the passphrase of tank/prod is: ${passphrase}
  target  127.0.0.1:${ports.target}  pool backup
${'─'.repeat(Math.min(columns, 80))}
export RAWSEND_SSH_CONFIG=${quote([sshConfig])}
${program} plan ${quote(['-f', policyFile])}
${program} run ${quote(['-f', policyFile])}
ssh ${quote(['-F', sshConfig, 'target', 'zfs list'])}
${'─'.repeat(Math.min(columns, 80))}
Ctrl-C ends it and leaves nothing behind.
`;
}
