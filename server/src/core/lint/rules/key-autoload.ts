import type { ArgumentWord, FlagSite, Invocation, Runbook } from '../../runbook/runbook';
import type { Span } from '../../text/span';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { keySettings } from '../key-settings';
import { hasRole, rolesBelow, rolesOf } from '../knowledge';
import { datasetOf } from '../../runbook/dataset-use';

export const keyAutoload = defineRule({
  kind: 'runbook',
  id: 'key-autoload',
  summary: 'A key that loads without a person: from a file or URL, or for every dataset at once',
  severity: 'warning',
  docs: `
A vault is worth something because its keys are not there. Four things bring them there without anybody deciding it again:

- \`keylocation=file://…\` or \`https://…\`: ZFS itself fetches the key, at every \`load-key\`, \`mount -l\` and \`zpool import -l\`;
- \`zfs load-key -a\` or \`-r\`, which loads each key whose location it can read, and so also that of a replica whose
  \`keylocation\` came along with a \`-R\` stream: it is copied from the source at every such receive, and neither
  \`-o\` nor \`-x keylocation\` prevents that;
- \`zfs mount -l\` and \`zpool import -l\`, which do the same on the way to something else.

After \`zfs send -w -R -I @e tank/prod@f | zfs receive -u backup/prod\` the target's own \`keylocation\` is gone:

\`\`\`text
backup/prod  keylocation  file:///keys/pass  local
\`\`\`

With that key readable at the target, the next \`zfs load-key -a\` opens the vault, and \`zfs mount -a\` mounts it.

This is a warning for a dataset that a policy or a \`# rawsend: replica DATASET\` comment declares a vault or a replica. For any other dataset a key
file may be just right, so it is reported in the strict profile only, as information. For a vault: \`zfs set keylocation=prompt DATASET\` after each
\`-R\` receive, and load a key by name, by hand, if ever. Keys that somebody loads by hand are silent: \`-L prompt\`, and commands to type, in a guide or a transcript.
`,
  examples: {
    bad: [
      {
        text: `# rawsend: replica backup/prod
zfs set keylocation=file:///etc/zfs/prod.key backup/prod
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ZFS will load the key of backup/prod from file:///etc/zfs/prod.key
zfs mount -l backup/prod
#         ^^ -l loads the key of backup/prod
`,
      },
      {
        text: `# rawsend: replica backup
zpool import -l backup
#            ^^ -l loads every key of backup
`,
      },
      {
        text: `# rawsend: replica backup
zpool create -O encryption=on -O keyformat=raw -O keylocation=file:///key/b backup /dev/vdb
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ ZFS will load the key of backup from file:///key/b
`,
      },
      {
        text: `zfs load-key -r tank
#            ^^ -r loads every key of tank
`,
      },
    ],
    good: [
      `# rawsend: replica backup/prod
zfs set keylocation=prompt backup/prod
`,
      `zfs load-key tank/prod
zfs load-key -r -L prompt tank/home
`,
      `zpool import -N tank
zfs load-key -n -r tank
`,
    ],
  },
  *check(runbook, context) {
    for (const invocation of runbook.invocations) {
      const { command, site } = invocation;
      // What loads keys at boot or by a timer is boot-unlock's.
      const isTriggered = site.setting.trigger !== undefined && command?.subcommand === 'load-key';
      if (command?.flags['dryRun'] || isTriggered) continue;
      for (const load of [...locations(invocation), ...loads(invocation)]) yield judge(load, runbook, context);
    }
  },
});

/** A place where a key is made to load by itself. */
interface AutoLoad {
  readonly invocation: Invocation;
  readonly span: Span;
  /** The dataset or pool; absent for all of them. */
  readonly operand: ArgumentWord | undefined;
  readonly effect: (name: string) => string;
  /** Datasets below the operand are reached too; without one, all. */
  readonly reachesBelow: boolean;
}

function judge(
  { invocation, span, operand, effect, reachesBelow }: AutoLoad,
  runbook: Runbook,
  context: LintContext,
): Report {
  const dataset = operand && datasetOf(operand, invocation);
  const own = dataset ? rolesOf(dataset, runbook, context) : [];
  const roles = [...own, ...(reachesBelow ? rolesBelow(dataset, runbook, context) : [])];
  const replica = hasRole(roles, 'vault', 'replica');
  const name = dataset?.name ?? 'this host';
  if (!replica) {
    const message = `${effect(name)} without a person; if it is a replica, whoever has this host can read it`;
    return { span, severity: 'information', strictOnly: true, message };
  }
  const subject = dataset && hasRole(own, 'vault', 'replica') ? dataset.name : 'a dataset there';
  const declared = `${subject} is a ${replica.kind} by ${replica.by}`;
  return {
    span,
    message: `${effect(name)} without a person, and ${declared}: its host can then read it; keep the keys away from it`,
  };
}

const LOCATION = /^keylocation=((?:file|https?):.*)$/;

/** `keylocation=file://…` in `set`, or after `-o` of create, change-key and receive, or `-O` of `zpool create`. */
function locations(invocation: Invocation): readonly AutoLoad[] {
  // The location of load-key -L is for once.
  if (invocation.command?.subcommand === 'load-key') return [];
  const { settings, dataset } = keySettings(invocation);
  return settings.flatMap(({ shown, span }): readonly AutoLoad[] => {
    const location = LOCATION.exec(shown)?.[1];
    if (location === undefined) return [];
    const effect = (name: string): string => `ZFS will load the key of ${name} from ${location}`;
    return [{ invocation, span, operand: dataset, effect, reachesBelow: false }];
  });
}

const everyKey = (flag: string) => (name: string) => `${flag} loads every key of ${name}`;
const oneKey = (name: string): string => `-l loads the key of ${name}`;

function loads(invocation: Invocation): readonly AutoLoad[] {
  if (isAttended(invocation)) return [];
  const { command, operands, flags, program, verb } = invocation;
  const [operand] = operands;
  if (command?.subcommand === 'load-key') {
    return [
      ...first(flags['all']).map((span) => ({
        invocation,
        span,
        operand: undefined,
        effect: everyKey('-a'),
        reachesBelow: true,
      })),
      ...first(flags['recursive']).map((span) => ({
        invocation,
        span,
        operand,
        effect: everyKey('-r'),
        reachesBelow: true,
      })),
    ];
  }
  if (command?.subcommand === 'mount') {
    return first(flags['loadKeys']).map((span) => ({ invocation, span, operand, effect: oneKey, reachesBelow: false }));
  }
  if (program !== 'zpool' || verb !== 'import') return [];
  return importFlag(invocation);
}

const TYPED: ReadonlySet<string> = new Set(['document', 'transcript']);

/** Somebody types the command, or the passphrase that it asks for. */
function isAttended({ site, flags }: Invocation): boolean {
  const asks = flags['keyLocation']?.at(-1)?.value?.shown === 'prompt';
  return site.setting.trigger === undefined && (asks || TYPED.has(site.setting.medium));
}

/** `zpool import` has no table; its letters without an argument are enough here. */
function importFlag(invocation: Invocation): readonly AutoLoad[] {
  const [, ...words] = invocation.words;
  const flag = words.find((word) => /^-[aDfmNFnTXl]*l/.test(word.shown));
  if (!flag) return [];
  const last = words.at(-1);
  const operand = last && last !== flag && !last.shown.startsWith('-') ? last : undefined;
  return [{ invocation, span: flag.span, operand, effect: everyKey('-l'), reachesBelow: true }];
}

function first(sites: readonly FlagSite[] = []): readonly Span[] {
  const [site] = sites;
  return site ? [site.grouped ? site.span : site.word.span] : [];
}
