import type { Call, Invocation, Runbook } from '../../runbook/runbook';
import { describe } from '../../shell/placed-text';
import { commandName } from '../command-edits';
import { defineRule } from '../define-rule';
import type { Report } from '../finding';
import { keysInText, namedKeyFiles } from '../key-in-text';
import { keySettings } from '../key-settings';

export const keyExposed = defineRule({
  kind: 'runbook',
  id: 'key-exposed',
  summary: 'A key or passphrase in the document, in the clear on the network, or in a file where others can read it',
  severity: 'error',
  docs: `
Whoever can read the script can read the data: the passphrase is in version control, in backups of the script, and for \`echo\` in the shell's history as
well. zfs takes it from there without a word (OpenZFS 2.3.2):

\`\`\`text
$ echo passphrase1 | zfs load-key -a
1 / 1 key(s) successfully loaded
\`\`\`

A key file in \`/tmp\`, \`/var/tmp\` or \`/dev/shm\`, one that everybody may read, and a key that comes over \`http://\` are no better.

Let zfs ask (\`keylocation=prompt\`), read it without echo (\`read -rs PASS; printf %s "$PASS" | zfs load-key …\`), pipe it from a secret manager, or keep it in
a file that only root may read, on a medium of its own. A variable that the document does not set, a command's output and any other file are silent, and so is
a placeholder such as \`<passphrase>\`.
`,
  examples: {
    bad: [
      {
        text: `echo "correct horse battery" | zfs load-key tank/prod
#                              ^^^^^^^^^^^^ the key of tank/prod stands in this document
zfs load-key tank/db <<< 'hunter2hunter2'
^^^^^^^^^^^^ the key of tank/db stands in this document
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///tmp/prod.key tank/new
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the key is in /tmp/prod.key
`,
      },
      {
        text: `curl -s http://keys.lan/prod | zfs load-key tank/prod
#                              ^^^^^^^^^^^^ the key of tank/prod comes over http
echo 'correct horse battery' > /etc/zfs/db.key
#     ^^^^^^^^^^^^^^^^^^^^^ the key of tank/db stands in this document
chmod 644 /etc/zfs/db.key
^^^^^^^^^^^^^^^^^^^^^^^^^ with mode 644
zfs create -o encryption=on -o keyformat=passphrase -o keylocation=file:///etc/zfs/db.key tank/db
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
    const files = namedKeyFiles(runbook);
    for (const key of keysInText(runbook, files)) {
      const message = `the key of ${key.dataset} stands in this document, so whoever reads it can read the data; let zfs ask for it, or take it from a secret store`;
      yield { span: 'span' in key ? key.span : commandName(key.invocation), message };
    }
    for (const invocation of runbook.invocations) yield* keyLocations(invocation);
    yield* pipedKeys(runbook);
    if (files.size > 0) for (const call of runbook.calls) yield* looseMode(call, files);
  },
});

const TEMPORARY = /^(?:file:\/\/)?(\/(?:tmp|var\/tmp|dev\/shm)\/.*)$/;
const CLEAR = /^http:\/\/(?!(?:localhost|127\.|\[::1\])[^/]*(?:\/|$))/i;

const temporary = (path: string): string =>
  `the key is in ${path}, a place that is cleared and that others can write to and mostly read; keep it where only root can read it, and a copy elsewhere`;
const inTheClear = (dataset: string): string =>
  `the key of ${dataset} comes over http, so the network can read it, and change it; fetch it over https or ssh`;

/** `keylocation=…`, `load-key -L …` and `load-key < file`. */
function* keyLocations(invocation: Invocation): Iterable<Report> {
  const { command, reads } = invocation;
  const { settings, dataset } = keySettings(invocation);
  const file = command?.subcommand === 'load-key' && reads ? TEMPORARY.exec(describe(reads.text))?.[1] : undefined;
  if (file !== undefined) yield { span: reads?.span ?? invocation.span, message: temporary(file) };
  for (const { shown, span } of settings) {
    const location = /^keylocation=(.*)$/.exec(shown)?.[1] ?? '';
    const path = TEMPORARY.exec(location)?.[1];
    if (path !== undefined) yield { span, message: temporary(path) };
    else if (CLEAR.test(location)) yield { span, message: inTheClear(dataset?.shown ?? 'the dataset') };
  }
}

/** `cat /tmp/key | zfs load-key` and `curl http://… | zfs load-key`. */
function* pipedKeys({ pipelines }: Runbook): Iterable<Report> {
  for (const { stages } of pipelines) {
    const [before, last] = stages.slice(-2);
    const load = last?.invocations.find(
      ({ command }) => command?.subcommand === 'load-key' && !command.flags['dryRun'],
    );
    if (!load) continue;
    for (const { name, args } of before?.calls ?? []) {
      const words = args.map((arg) => describe(arg.text));
      const path = name === 'cat' ? words.flatMap((word) => TEMPORARY.exec(word)?.[1] ?? [])[0] : undefined;
      const isClear = /^(?:curl|wget|fetch)$/.test(name) && words.some((word) => CLEAR.test(word));
      if (path !== undefined) yield { span: commandName(load), message: temporary(path) };
      else if (isClear)
        yield { span: commandName(load), message: inTheClear(load.operands[0]?.shown ?? 'the dataset') };
    }
  }
}

/** `chmod 644` and `install -m 644` of a file that is a key location in this document. */
function* looseMode({ name, args, span }: Call, files: ReadonlyMap<string, string>): Iterable<Report> {
  if (name !== 'chmod' && name !== 'install') return;
  const words = args.map((arg) => describe(arg.text));
  const file = words.find((word) => files.has(word));
  const mode = name === 'chmod' ? words.find((word) => !word.startsWith('--')) : modeOfInstall(words);
  if (file === undefined || mode === undefined || !isLoose(mode)) return;
  yield {
    span,
    message: `with mode ${mode} everybody on this host can read ${file}, and it is the key of ${files.get(file) ?? 'a dataset'}; use 0400`,
  };
}

/** Others may read it. */
const isLoose = (mode: string): boolean => /^[0-7]*[4-7]$|(?:^|,)(?:[ugo]*[oa][ugoa]*)?[+=][wxX]*r/.test(mode);

function modeOfInstall(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^(?:-[A-Za-z]*m|--mode(?:=|$))/.test(word));
  return at === -1 ? undefined : (/^(?:-[A-Za-z]*m|--mode=)(.+)$/.exec(words[at] ?? '')?.[1] ?? words[at + 1]);
}
