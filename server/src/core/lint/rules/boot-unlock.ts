import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName } from '../command-edits';
import { commandsOf } from '../commands';
import { datasetOf } from '../../runbook/dataset-use';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import { hasRole, rolesBelow, rolesOf } from '../knowledge';
import type { Role } from '../knowledge';

export const bootUnlock = defineRule({
  kind: 'runbook',
  id: 'boot-unlock',
  summary: 'A unit, rc script or timer that loads keys without a person',
  severity: 'warning',
  docs: `
What runs at boot or by a timer runs with nobody there. A unit with \`zfs load-key -a\` opens every dataset whose \`keylocation\` it can read, and a
replica received with \`-R\` has the source's \`keylocation\`: it is overwritten at each such receive. After the next start the vault is open, and
\`zfs mount -a\` mounts it (OpenZFS 2.3.2):

\`\`\`text
backup/prod  keylocation  file:///keys/pass  local
backup/prod  keystatus    available          -
\`\`\`

It is a warning where a policy or a \`# rawsend: replica DATASET\` comment makes a vault or replica of what is loaded, and information in the strict profile
otherwise. On the host of a vault start nothing that loads keys, and keep the key files away from it. A unit that asks a person (\`systemd-ask-password … | zfs load-key …\`) is silent.
`,
  examples: {
    bad: [
      {
        text: `# rawsend: replica backup/prod
cat > /etc/systemd/system/zfs-keys.service <<'EOT'
[Service]
ExecStart=/sbin/zfs load-key -a
#         ^^^^^^^^^^^^^^^^^^ this loads keys at boot
[Install]
WantedBy=multi-user.target
EOT
`,
      },
    ],
    good: [
      `# rawsend: replica backup/prod
cat > /etc/systemd/system/zfs-keys.service <<'EOT'
[Service]
ExecStart=/sbin/zfs load-key -n tank/home
[Install]
WantedBy=multi-user.target
EOT
`,
      `# rawsend: replica backup/prod
cat > /etc/systemd/system/unlock.service <<'EOT'
[Service]
ExecStart=/bin/sh -c 'systemd-ask-password "Passphrase:" | zfs load-key backup/prod'
[Install]
WantedBy=multi-user.target
EOT
`,
      `zfs load-key -a
`,
    ],
  },
  *check(runbook, context) {
    const asked = answersOfPeople(runbook);
    for (const invocation of commandsOf(runbook, 'load-key')) {
      const { trigger } = invocation.site.setting;
      if (trigger === undefined || asked.has(invocation)) continue;
      const replica = replicaReached(invocation, runbook, context);
      const when = trigger === 'boot' ? 'at boot' : 'by a timer';
      const whose = replica
        ? `a ${replica.kind} by ${replica.by} is among what it opens, so its host can read it; keep the keys away from it`
        : 'if one of them is a replica, whoever has this host can read it';
      yield {
        span: commandName(invocation),
        message: `this loads keys ${when} with nobody there, and ${whose}`,
        ...(!replica && { severity: 'information', strictOnly: true }),
      };
    }
  },
});

const ASKS = /^(?:systemd-ask-password|plymouth)$/;

/** The loads whose key somebody types at the console: `systemd-ask-password … | zfs load-key`. */
function answersOfPeople({ pipelines }: Runbook): ReadonlySet<Invocation> {
  const loads = pipelines
    .filter(({ stages }) => stages.slice(0, -1).some(({ calls }) => calls.some(({ name }) => ASKS.test(name))))
    .flatMap(({ stages }) => stages.at(-1)?.invocations ?? []);
  return new Set(loads);
}

/** A vault or replica that the command opens: the dataset itself, what is below it with `-r`, or all with `-a`. */
function replicaReached(
  { flags, operands, ...rest }: Invocation,
  runbook: Runbook,
  context: LintContext,
): Role | undefined {
  const [operand] = operands;
  const dataset = operand && datasetOf(operand, { flags, operands, ...rest });
  const own = dataset ? rolesOf(dataset, runbook, context) : [];
  const below = flags['all'] || flags['recursive'] ? rolesBelow(dataset, runbook, context) : [];
  return hasRole([...own, ...below], 'vault', 'replica');
}
