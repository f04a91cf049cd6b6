import type { RawStream } from '../raw-streams';
import { rawUses } from '../raw-streams';
import { defineRule } from '../define-rule';
import { cipherOf } from '../stream-programs';

export const layeredEncryption = defineRule({
  kind: 'runbook',
  id: 'layered-encryption',
  summary: 'Encryption around a raw stream, which is encrypted already',
  severity: 'information',
  docs: `
A raw stream carries the blocks as they lie on disk, sealed with the dataset's own key. \`openssl\`, \`gpg\` or \`age\` around it adds a second key,
and with it a second way to lose the backup: what is stored can be restored only by who has both.

What the second layer does hide is little: names of datasets and snapshots, sizes, and the properties of a \`-R\` or \`-p\` stream, as seen
with OpenZFS 2.3.2:

\`\`\`text
$ zfs send -w -p tank/t@a | strings -n 6 | grep -E '^tank/t@a|org.example|finance'
tank/t@a
org.example:owner
finance
tank/t@a
\`\`\`

Leave it out, and let ssh hide the rest on the way. Keep it where those names must not be seen in a place that only stores files, and keep its
key apart from what it protects; suppress the finding there and say so.

Nothing is said of a stream that is not raw, nor of a dataset that is known to be unencrypted: \`-w\` encrypts nothing.
`,
  examples: {
    bad: [
      {
        text: `zfs load-key tank/prod
zfs send -w tank/prod@a | gpg --batch --encrypt -r backup > /mnt/usb/prod.zfs.gpg
#                         ^^^ gpg encrypts once more what is sealed already
`,
      },
      {
        text: `zfs send -w tank/prod@a | openssl enc -aes-256-ctr -pbkdf2 -pass file:/etc/zfs/stream.key | ssh nas 'cat > prod.enc'
#                         ^^^^^^^ if tank/prod is encrypted, openssl encrypts once more
`,
      },
    ],
    good: [
      `zfs send tank/public@a | age -r "$RECIPIENT" > /mnt/usb/public.zfs.age
`,
      `zfs create -o encryption=off tank/public
zfs send -w tank/public@a | gpg --encrypt -r backup > /mnt/usb/public.zfs.gpg
`,
    ],
  },
  *check(runbook, context) {
    if (!runbook.calls.some((call) => cipherOf(call) === 'encrypts')) return;
    for (const { call, stream } of rawUses(runbook, context)) {
      if (cipherOf(call) !== 'encrypts') continue;
      yield { span: call.programSpan, message: messageFor(call.name, stream), related: stream.related };
    }
  },
});

function messageFor(program: string, { dataset, source }: RawStream): string {
  const advice = 'restoring then takes both keys, so leave it out unless names and properties have to be hidden';
  if (source === undefined) {
    return `if ${dataset} is encrypted, ${program} encrypts once more what -w sends sealed already: ${advice}`;
  }
  return `${program} encrypts once more what is sealed already, for ${dataset} is encrypted ${source}: ${advice}`;
}
