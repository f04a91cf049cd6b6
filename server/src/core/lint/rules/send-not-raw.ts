import { mayHold } from '../../runbook/runbook';
import type { Invocation, Runbook } from '../../runbook/runbook';
import { commandName, insertFlag } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { encryptionOf } from '../knowledge';
import { datasetOf } from '../../runbook/dataset-use';
import type { EncryptionKnowledge } from '../knowledge';

/** Flags that zfs refuses for an encrypted dataset unless the stream is raw. */
const REFUSED: Readonly<Record<string, string>> = { replicate: '-R', props: '-p', backup: '-b', holds: '-h' };

export const sendNotRaw = defineRule({
  kind: 'runbook',
  id: 'send-not-raw',
  summary: 'A `zfs send` of an encrypted dataset without `-w`',
  severity: 'error',
  docs: `
Without \`-w\` (\`--raw\`) ZFS decrypts what it sends. While the key is loaded at the source, the plain form succeeds:
the stream is clear text and so is the dataset that the receiver makes of it. Nothing warns, and the exit status is 0:

\`\`\`text
$ zfs send tank/prod/db@a | zfs receive -u backup/db_plain; zfs list -o name,encryption backup/db_plain
NAME             ENCRYPTION
backup/db_plain  off
\`\`\`

With \`-R\`, \`-p\`, \`-b\` or \`-h\` nothing leaks, and nothing is sent either:

\`\`\`text
cannot send tank/prod@a: encrypted dataset tank/prod may not be sent with properties without the raw flag
\`\`\`

Whether a dataset is encrypted is looked up in the document, in the policies of the workspace, in the inventory, and in
the setting \`assumeEncrypted\`, in this order; the message names the one that answered. Where none does, the finding is
a warning. \`-w\` does no harm to a dataset that is not encrypted: the blocks are sent as they lie on disk.

Adding \`-w\` is an unsafe fix. A target that was received without it refuses raw increments ("IV set guid mismatch", or
"cannot perform raw receive on top of existing unencrypted dataset"), so the chain has to be started again.

Nothing is said of a dry run, of \`-t\` (the token decides) and \`-S\` (the saved state decides), of \`--redact\`, which zfs refuses with \`-w\`, nor of a
stream of unknown encryption that the receiver encrypts anew with \`-o encryption=…\` or \`-x encryption\`.
`,
  examples: {
    bad: [
      {
        text: `zfs create -o encryption=on -o keyformat=passphrase tank/prod
zfs send tank/prod@a > /srv/prod.zfs
^^^^^^^^ tank/prod is encrypted by \`zfs create\` in this document, and this send decrypts it
`,
        fixed: `zfs create -o encryption=on -o keyformat=passphrase tank/prod
zfs send -w tank/prod@a > /srv/prod.zfs
`,
      },
      {
        text: `zfs load-key tank/prod
zfs send -R tank/prod@a | ssh vault 'zfs receive -u backup/prod'
^^^^^^^^ tank/prod is encrypted by \`zfs load-key\` in this document, and zfs refuses to send it with -R
`,
        fixed: `zfs load-key tank/prod
zfs send -w -R tank/prod@a | ssh vault 'zfs receive -u backup/prod'
`,
      },
      {
        text: `ssh prod "zfs send -i @a tank/db@b" > /srv/db.zfs
#         ^^^^^^^^ nothing says whether tank/db is encrypted
`,
        fixed: `ssh prod "zfs send -w -i @a tank/db@b" > /srv/db.zfs
`,
      },
    ],
    good: [
      `zfs send -w -R tank/prod@a | ssh vault 'zfs receive -u backup/prod'
`,
      `zfs create -o encryption=off tank/public
zfs send tank/public@a > /srv/public.zfs
`,
      `zfs send -nvP tank/prod@a
zfs send -t "$TOKEN" > /srv/rest.zfs
`,
    ],
  },
  *check(runbook, context) {
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'send') continue;
      const { flags } = invocation.command;
      if (flags['raw'] || flags['dryRun'] || flags['token'] || flags['saved'] || flags['redact']) continue;
      yield* judge(invocation, runbook, context);
    }
  },
});

function* judge(invocation: Invocation, runbook: Runbook, context: LintContext): Iterable<Report> {
  const [operand] = invocation.operands;
  if (!operand) return;
  const dataset = datasetOf(operand, invocation);
  const knowledge = encryptionOf(dataset, runbook, context);
  if (knowledge.state === 'unencrypted') return;
  const holders = mayHold(invocation, 'raw');
  const isKnown = knowledge.state === 'encrypted';
  // Where neither the dataset nor the flags are known, a correct script looks just like this one.
  if (!isKnown && (holders.length > 0 || isEncryptedAnew(invocation, runbook))) return;
  const edits = insertFlag(invocation, '-w');
  yield {
    span: commandName(invocation),
    message: messageFor(dataset.name, invocation, knowledge),
    severity: isKnown && holders.length === 0 ? 'error' : 'warning',
    related: knowledge.related,
    ...(edits && holders.length === 0 && { fixes: [{ title: FIX, safety: 'unsafe', edits }] }),
  };
}

const FIX = 'Add -w (a target that was received without it refuses raw increments)';

function messageFor(name: string, invocation: Invocation, knowledge: EncryptionKnowledge): string {
  const holders = mayHold(invocation, 'raw');
  const refused = Object.entries(REFUSED).find(([flag]) => invocation.command?.flags[flag])?.[1];
  const advice =
    holders.length > 0 ? `unless ${holders.join(' or ')} holds -w, which only a run can tell: write -w here` : 'add -w';
  if (knowledge.state === 'encrypted') {
    const effect = refused
      ? `zfs refuses to send it with ${refused} and without -w`
      : 'this send decrypts it: whoever receives the stream can read it';
    return `${name} is encrypted ${knowledge.source}, and ${effect}; ${advice}`;
  }
  const effect = refused
    ? `zfs refuses to send it with ${refused} and without -w`
    : 'this send decrypts it and whoever receives the stream can read it';
  return `nothing says whether ${name} is encrypted: if it is, ${effect}; ${advice}, or name it in a policy or an inventory`;
}

/** The receiver encrypts with a key of its own, on purpose: such a stream must not be raw. */
function isEncryptedAnew(invocation: Invocation, runbook: Runbook): boolean {
  return (runbook.receivers.get(invocation) ?? []).some(({ flags }) => {
    const properties = [...(flags['set'] ?? []), ...(flags['ignore'] ?? [])];
    return properties.some((flag) => /^encryption(?:$|=(?!off))/.test(flag.value?.shown ?? ''));
  });
}
