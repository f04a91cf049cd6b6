import type { Assigned, Call, WrittenFile } from '../../runbook/runbook';
import { HOLE, createPlacement, sliceOf, textOf } from '../../shell/placed-text';
import type { PlacedText } from '../../shell/placed-text';
import type { Span } from '../../text/span';
import { defineRule } from '../define-rule';
import type { Report } from '../finding';
import { joinWords, writtenPlace } from '../written-place';

export const hostKeyOff = defineRule({
  kind: 'runbook',
  id: 'host-key-off',
  summary: 'SSH that accepts any host key',
  severity: 'error',
  docs: `
The host key is what tells the vault from a machine that merely answers under its address. With \`StrictHostKeyChecking=no\`, which is the same
as \`off\`, ssh accepts a key that it has never seen, and one that is not the key it knows: whoever answers gets the stream and the login that
comes with it. A restore is worse off, for what comes back is then whatever the other side likes to send.

Measured with OpenSSH 9.2p1, where known_hosts had another key for the host:

\`\`\`text
$ ssh -o BatchMode=yes -o StrictHostKeyChecking=no vault echo got in
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
got in
--exit 0--
$ ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new vault echo got in
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
Host key verification failed.
--exit 255--
$ ssh -o BatchMode=yes -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=accept-new vault echo got in
Warning: Permanently added 'vault' (ED25519) to the list of known hosts.
got in
--exit 0--
\`\`\`

With \`UserKnownHostsFile=/dev/null\` nothing is remembered, so every key is a new one. It is fine together with \`StrictHostKeyChecking=yes\` or
\`BatchMode=yes\`, which leave the system's file to check against, or with another \`GlobalKnownHostsFile\`.

A raw stream is no way out: its blocks are sealed, but names, sizes and properties are not, and who has the login can destroy the replica.

Put the key where ssh looks for it, once: compare what \`ssh-keyscan vault | ssh-keygen -lf -\` prints with \`ssh-keygen -lf
/etc/ssh/ssh_host_ed25519_key.pub\` on the vault itself, and append it to known_hosts. Where the first contact has to do without a person,
\`StrictHostKeyChecking=accept-new\` accepts a new key and still refuses a changed one.

Looked at are the options of ssh, scp, sftp, autossh and sshfs, the remote shell of rsync and its like, \`syncoid --sshoption\`,
variables that hold such options, and what the document writes into a configuration of ssh.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | ssh -o StrictHostKeyChecking=no vault zfs receive -u backup/prod
#                                ^^^^^^^^^^^^^^^^^^^^^^^^ StrictHostKeyChecking=no accepts any host key
`,
      },
      {
        text: `SSH_OPTS="-o Compression=no -o UserKnownHostsFile=/dev/null"
#                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ with UserKnownHostsFile=/dev/null no host key is remembered
ssh $SSH_OPTS vault zfs list
`,
      },
      {
        text: `cat >> ~/.ssh/config <<EOF
Host vault
  StrictHostKeyChecking no
# ^^^^^^^^^^^^^^^^^^^^^^^^ StrictHostKeyChecking no accepts any host key
EOF
`,
      },
    ],
    good: [
      `ssh -o StrictHostKeyChecking=accept-new vault zfs list
`,
      `ssh -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/etc/replication/known_hosts vault zfs list
`,
      `ssh -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/etc/replication/known_hosts -o StrictHostKeyChecking=yes vault zfs list
`,
    ],
  },
  *check({ calls, assignments, files, text }) {
    if (!WORDS.test(text)) return;
    const places = [...calls.map(inCall), ...assignments.map(inAssignment), ...files.map(inFile)].flat();
    // Where only a value of a value says it, the variable that it comes from is reported.
    yield* places.filter(({ span }) => WORDS.test(text.slice(span.start, span.end)));
  },
});

const WORDS = /HostKey|KnownHosts/i;

/** Programs that take options of ssh, or the words of an ssh command. */
const TAKES_OPTIONS =
  /^(?:ssh|slogin|autossh|scp|sftp|sshfs|ssh-copy-id|pssh|parallel-ssh|mosh|rsync|borg|duplicity|unison|git|syncoid|bzfs)$/;

const KEYS = 'StrictHostKeyChecking|UserKnownHostsFile|GlobalKnownHostsFile|KnownHostsCommand|BatchMode';
const SETTING = String.raw`(?<key>${KEYS})(?:\s*=\s*|[ \t]+)["']?(?<value>[^\s"',]+)`;

/** `-o` and its like, and the lines of a configuration. */
const OPTION = new RegExp(
  String.raw`(?<![\w-])(?:-[A-Za-z0-9]{0,12}o|--ssh-?options?)[\s=]{0,9}["']?(?:[^\s"']{0,200},)?${SETTING}`,
  'gid',
);
const LINE = new RegExp(String.raw`^[ \t]*${SETTING}`, 'gimd');

const inCall = ({ name, args }: Call): readonly Report[] =>
  TAKES_OPTIONS.test(name) && args.some(({ text }) => saysWord(text))
    ? judge(joinWords(args.map((field) => field.text)), OPTION)
    : [];

/** A value that begins like options or like a command that takes them. */
const COMMAND = /^\s*(?:-|(?:\S*\/)?(?:ssh|scp|sftp|sshpass|autossh|rsync|sudo|env)\s)/;

/** A variable whose value is for people to read. */
const PROSE = /msg|message|usage|help|text|warn|error|hint/i;

/** Options for another place. What is missing beside them may stand there, so only what is said counts. */
function inAssignment({ name, items }: Assigned): readonly Report[] {
  const [first] = items;
  if (!first || !items.some(saysWord) || !COMMAND.test(textOf(first)) || PROSE.test(name)) return [];
  return judge(joinWords(items), OPTION).filter(({ message }) => message.startsWith('Strict'));
}

const saysWord = (text: PlacedText): boolean => WORDS.test(textOf(text));

const BLOCK = /^[ \t]*(?:Host|Match)[ \t]/gim;

function inFile({ path, text }: WrittenFile): readonly Report[] {
  if (!saysWord(text)) return [];
  const placement = createPlacement(text);
  const blocks = [...placement.text.matchAll(BLOCK)].map((match) => match.index);
  if (blocks.length === 0 && !/ssh(?!d)/.test(path)) return [];
  return [0, ...blocks].flatMap((from, index) =>
    judge(sliceOf(placement, from, blocks[index] ?? placement.text.length), LINE),
  );
}

interface Option {
  readonly value: string;
  readonly written: string;
  readonly span: Span;
}

function judge(text: PlacedText, pattern: RegExp): readonly Report[] {
  const options = readOptions(text, pattern);
  const strict = options.get('stricthostkeychecking');
  if (strict && /^(?:no|off|false)$/.test(strict.value)) return [{ span: strict.span, message: accepts(strict) }];
  const known = options.get('userknownhostsfile');
  const isSure = strict?.value.includes(HOLE) === true || /^(?:yes|true)$/.test(strict?.value ?? '');
  if (known?.value !== '/dev/null' || isSure) return [];
  // Whoever may not ask a person refuses what is new.
  if (strict?.value !== 'accept-new' && options.get('batchmode')?.value === 'yes') return [];
  const other = options.get('globalknownhostsfile') ?? options.get('knownhostscommand');
  if (other && other.value !== '/dev/null' && other.value !== 'none') return [];
  const holder = strict ? undefined : text.find((run) => run.kind === 'unknown' && /opt|arg|flag/i.test(run.name));
  if (holder?.kind !== 'unknown') return [{ span: known.span, message: forgets(known) }];
  const unless = `, unless ${holder.name} says so already`;
  return [{ span: known.span, message: `${forgets(known)}${unless}`, severity: 'warning' }];
}

/** Of an option that is given twice ssh takes the first. */
function readOptions(text: PlacedText, pattern: RegExp): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>();
  const placement = createPlacement(text);
  for (const { groups = {}, indices } of placement.text.matchAll(pattern)) {
    const { key = '', value = '' } = groups;
    const [from, to] = [indices?.groups?.['key']?.[0], indices?.groups?.['value']?.[1]];
    if (from === undefined || to === undefined || options.has(key.toLowerCase())) continue;
    const written = placement.text.slice(from, to);
    options.set(key.toLowerCase(), { value: value.toLowerCase(), written, span: writtenPlace(placement, from, to) });
  }
  return options;
}

const accepts = ({ written }: Option): string =>
  `${written} accepts any host key, also a changed one: whoever answers under that address gets the stream and the login; put the key into known_hosts, or say accept-new`;

const forgets = ({ written }: Option): string =>
  `with ${written} no host key is remembered, so every one is new and whoever answers under that address gets the stream; put the key into a file of its own and add StrictHostKeyChecking=yes`;
