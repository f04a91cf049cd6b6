import type { DatasetUse } from '../../runbook/dataset-use';
import { mayHold } from '../../runbook/runbook';
import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName, flagSpan, insertFlag } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { hasRole, rolesOf, sourcesOf, targetOf } from '../knowledge';
import { saysRestore } from '../says-restore';
import { propertyFlag } from '../travelling-properties';
import { volumeTest } from '../volumes';

export const receiveMountpointTravels = defineRule({
  kind: 'runbook',
  id: 'receive-mountpoint-travels',
  summary: "A replica that takes over the source's mountpoints",
  severity: 'warning',
  docs: `
A stream that was sent with \`-R\` or \`-p\` carries the source's local properties, \`mountpoint\` among them. At the target the dataset then wants to be
mounted where the source is. \`-u\` only puts that off to the next \`zfs mount -a\`, import or boot, which mounts the copy over whatever is there, with
exit status 0. OpenZFS 2.3.2, after \`zfs send -w -R tank/prod@a | zfs receive -u backup/prod\`:

\`\`\`text
NAME         PROPERTY    VALUE      RECEIVED   SOURCE
backup/prod  mountpoint  /srv/prod  /srv/prod  received
\`\`\`

\`-o mountpoint=none\` sets it aside for the whole tree, because \`mountpoint\` is inherited. \`-x mountpoint\` drops the received one, so that the tree is
mounted below its new parent, if at all. \`-o canmount=off\` is no substitute for a \`-R\` stream: \`canmount\` is not inherited, so it covers the top
dataset only, and the children still mount:

\`\`\`text
backup/t12	canmount	off	-	local
backup/t12/db	canmount	on	-	default
backup/t12/db	mountpoint	/srv/db	/srv/db	received
\`\`\`

The flag belongs on every such receive and not on the first only: a dataset that is new at the source arrives with its own mountpoint.

This is a warning for a target that a policy or a \`# rawsend: replica DATASET\` comment declares a vault or a replica, and is reported in the strict profile
only for any other. Volumes have no mountpoint. Nothing is said of standbys and restores, where the mountpoints are wanted. The fix is unsafe, because
somebody may use what is mounted.
`,
  examples: {
    bad: [
      {
        text: `# rawsend: replica backup/prod
zfs send -w -R -I @a tank/prod@b | ssh vault zfs receive -s -u backup/prod
#                                            ^^^^^^^^^^^ the stream carries the source's mountpoints (-R)
`,
        fixed: `# rawsend: replica backup/prod
zfs send -w -R -I @a tank/prod@b | ssh vault zfs receive -o mountpoint=none -s -u backup/prod
`,
      },
      {
        text: `zfs send -w -R tank/prod@a | ssh vault zfs receive -u -o canmount=off backup/prod
#                                                     ^^ canmount=off covers backup/prod only
`,
        fixed: `zfs send -w -R tank/prod@a | ssh vault zfs receive -x mountpoint -u -o canmount=off backup/prod
`,
      },
    ],
    good: [
      `# rawsend: replica backup/prod
zfs send -w -R tank/prod@a | ssh vault zfs receive -s -u -x mountpoint backup/prod
`,
      `# rawsend: replica backup/prod
zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
`,
      `zfs send -w -p tank/prod@a | ssh vault zfs receive -u -o canmount=noauto backup/prod
`,
      `# rawsend: standby backup/prod
zfs send -w -R tank/prod@a | ssh vault zfs receive -u backup/prod
`,
    ],
  },
  *check(runbook, context) {
    const isVolume = volumeTest(runbook, context);
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'receive') continue;
      const { flags } = invocation.command;
      if (flags['dryRun'] || flags['abort'] || flags['corrective'] || saysRestore(invocation, runbook)) continue;
      const travels = propertyFlag(invocation, runbook);
      const target = travels && targetOf(invocation, runbook);
      if (!travels || !target) continue;
      if (!isVolume(target) && !sourcesOf(invocation, runbook).some(isVolume))
        yield* judge({ receive: invocation, target, travels }, runbook, context);
    }
  },
});

interface Travel {
  readonly receive: Invocation;
  readonly target: DatasetUse;
  /** The flag that carries the properties. */
  readonly travels: string;
}

function* judge({ receive, target, travels }: Travel, runbook: Runbook, context: LintContext): Iterable<Report> {
  const roles = rolesOf(target, runbook, context);
  if (hasRole(roles, 'standby', 'restore', 'source') || settles(receive)) return;
  const canmount = receive.flags['set']?.find(({ value }) => /^canmount=(?:off|noauto)$/.test(value?.shown ?? ''));
  if (canmount && travels !== '-R') return;
  const declared = hasRole(roles, 'vault', 'replica');
  const flag = declared ? '-o mountpoint=none' : '-x mountpoint';
  const edits = insertFlag(receive, flag);
  const what = canmount
    ? `${canmount.value?.shown} covers ${target.name} only, because canmount is not inherited: what is below it keeps the source's mountpoints`
    : `the stream carries the source's mountpoints (${travels}), and the next import or boot of this host may mount ${target.name} there`;
  yield {
    span: canmount ? flagSpan(canmount) : commandName(receive),
    message: `${what}; add ${flag}`,
    strictOnly: declared === undefined,
    ...(edits && { fixes: [{ title: `Add ${flag}`, safety: 'unsafe', edits }] }),
  };
}

/** The receive says what becomes of mountpoints, or may say so in a variable. */
function settles(receive: Invocation): boolean {
  const settings = [...(receive.flags['set'] ?? []), ...(receive.flags['ignore'] ?? [])];
  const says = settings.some(
    ({ value }) => /^mountpoint(?:=|$)/.test(value?.shown ?? '') || value?.word.known === false,
  );
  return says || mayHold(receive, 'set').length > 0 || mayHold(receive, 'ignore').length > 0;
}
