import type { Input, Invocation, Runbook } from '../../runbook/runbook';
import { describe, isKnown, textOf } from '../../shell/placed-text';
import type { Span } from '../../text/span';
import { commandName } from '../command-edits';
import { commandsOf, settingsOf } from '../commands';
import { defineRule } from '../define-rule';

export const keyExposed = defineRule({
  kind: 'runbook',
  id: 'key-exposed',
  summary: 'A key or passphrase in the document, or a key file where others can read it',
  severity: 'error',
  docs: `
Whoever can read the script can read the data: the passphrase is in version control, in backups of the script, and for \`echo\` in the shell's history as
well. A key file in \`/tmp\`, or one that everybody may read, is no better.

\`\`\`text
$ echo "correct horse battery" | zfs load-key tank/prod      # loads, exit 0; and the passphrase is in this file from now on
\`\`\`

Let zfs ask (\`keylocation=prompt\`), read it without echo (\`read -rs PASS; printf %s "$PASS" | zfs load-key …\`), pipe it from a secret manager, or keep it in
a file that only root may read, on a medium of its own. A variable that the document does not set, a command's output and a file are silent.
`,
  examples: {
    bad: [
      {
        text: `echo "correct horse battery" | zfs load-key tank/prod
#                              ^^^^^^^^^^^^ the key of tank/prod stands in this document
zfs load-key tank/db <<< 'hunter2hunter2'
^^^^^^^^^^^^ the key of tank/db stands in this document
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///tmp/prod.key tank/new
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /tmp/prod.key
`,
      },
    ],
    good: [
      `read -rs PASS
printf '%s' "$PASS" | zfs load-key tank/prod
vault kv get -field=key secret/prod | zfs load-key tank/prod
zfs load-key tank/prod < /etc/zfs/prod.key
`,
      `zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///etc/zfs/keys/prod.key tank/prod
`,
    ],
  },
  *check(runbook) {
    for (const invocation of commandsOf(runbook, 'create', 'load-key', 'change-key')) {
      if (invocation.input && isSecret(invocation.input, invocation)) {
        const name = invocation.operands.at(-1)?.shown ?? 'the dataset';
        yield {
          span: commandName(invocation),
          message: `the key of ${name} stands in this document, so whoever reads it can read the data; let zfs ask for it, or take it from a secret store`,
        };
      }
      yield* keyFiles(invocation);
    }
    yield* looseModes(runbook);
  },
});

/** Text that the document holds whole. An answer such as `y`, and what a run fills in, is none. */
function isSecret({ text }: Input, invocation: Invocation): boolean {
  const { command } = invocation;
  const takesKey =
    command?.subcommand !== 'create' ||
    settingsOf(invocation, 'property').some(({ shown }) => /^(?:encryption|keyformat)=/.test(shown));
  return takesKey && isKnown(text) && textOf(text).trim().length >= 8;
}

const LOCATION = /^keylocation=file:\/\/(\/.*)$/;
const TEMPORARY = /^\/(?:tmp|var\/tmp|dev\/shm)\//;

interface Exposed {
  readonly span: Span;
  readonly message: string;
}

function* keyFiles(invocation: Invocation): Iterable<Exposed> {
  for (const { site, shown } of settingsOf(invocation, 'property', 'set', 'keyLocation')) {
    const path = LOCATION.exec(shown)?.[1] ?? /^file:\/\/(\/.*)$/.exec(shown)?.[1];
    if (path === undefined || !TEMPORARY.test(path)) continue;
    yield {
      span: site.value?.span ?? site.span,
      message: `${path} is a place that is cleared and that others can read, and the key of the dataset is in it; keep it where only root can read it, and a copy elsewhere`,
    };
  }
}

/** `chmod 644` of a file that is a key location in this document. */
function* looseModes({ calls, invocations }: Runbook): Iterable<Exposed> {
  const keys = new Set(
    invocations.flatMap((invocation) =>
      settingsOf(invocation, 'property', 'set', 'keyLocation').flatMap(
        ({ shown }) => /file:\/\/(\/.*)$/.exec(shown)?.[1] ?? [],
      ),
    ),
  );
  for (const { name, args, span } of keys.size > 0 ? calls : []) {
    if (name !== 'chmod') continue;
    const [mode = '', ...files] = args.map((arg) => describe(arg.text)).filter((word) => !word.startsWith('--'));
    const file = files.find((word) => keys.has(word));
    if (file === undefined || !/^[0-7]*[4-7]$|(?:^|,)(?:a|o|go|ugo)\+[wx]*r/.test(mode)) continue;
    yield {
      span,
      message: `with mode ${mode} everybody on this host can read ${file}, and it is the key of a dataset; use 0400`,
    };
  }
}
