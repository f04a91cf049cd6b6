import type { DatasetUse } from '../../runbook/dataset-use';
import { mayHold } from '../../runbook/runbook';
import type { Invocation, Runbook } from '../../runbook/runbook';
import { parseResumeToken } from '../../zfs/token';
import type { ResumeToken } from '../../zfs/token';
import { commandName, insertFlag } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Fix, Report } from '../finding';
import { encryptionOf, hasRole, rolesOf, targetOf } from '../knowledge';

export const tokenNotRaw = defineRule({
  kind: 'runbook',
  id: 'token-not-raw',
  summary: 'A `zfs send -t` without `-w`, which leaves it to the receiver whether the stream is raw',
  severity: 'warning',
  docs: `
The token comes from the target. It says which snapshot is sent on, and whether raw: \`rawok\` is in it or is not. Without \`-w\` the source believes
it, so whoever can write a token at the target gets the data decrypted while the key is loaded at the source. With \`-w\` the stream is raw
whatever the token says. OpenZFS 2.3.2 prints what is in a token:

\`\`\`text
$ zfs send -nvP -t 1-d12f70aa3-f0-789c…
resume token contents:
	toguid = 0x76ef575615185a7b
	toname = tank/prod/db@a
	compressok = 1
	rawok = 1
\`\`\`

\`-w\` with a raw token changes nothing (measured on 2.3.2 and 2.1.11), so it costs nothing to write it. Adding it is safe where the token is written
out in the document and is raw, and unsafe elsewhere: a stream that was begun without \`-w\` cannot be finished with it.

This is a warning where a policy declares the target a vault, and where the document holds a token that is not raw for a dataset that is known to
be encrypted. Everywhere else it is reported in the strict profile only.
`,
  examples: {
    bad: [
      {
        text: `zfs send -t "$TOKEN" | ssh vault zfs receive -s -u backup/prod
^^^^^^^^ whether this stream is raw is up to the token, which comes from backup/prod
`,
        fixed: `zfs send -w -t "$TOKEN" | ssh vault zfs receive -s -u backup/prod
`,
      },
    ],
    good: [
      `zfs send -w -t "$TOKEN" | ssh vault zfs receive -s -u backup/prod
`,
      `zfs send -nvP -t "$TOKEN"
`,
    ],
  },
  *check(runbook, context) {
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'send') continue;
      const { flags } = invocation.command;
      if (!flags['token'] || flags['raw'] || flags['dryRun'] || mayHold(invocation, 'raw').length > 0) continue;
      yield judge(invocation, runbook, context);
    }
  },
});

function judge(send: Invocation, runbook: Runbook, context: LintContext): Report {
  const token = tokenOf(send);
  const [receive] = runbook.receivers.get(send) ?? [];
  const target = receive && targetOf(receive, runbook);
  const from = target?.name ?? 'the target';
  const vault = target && hasRole(rolesOf(target, runbook, context), 'vault');
  if (token && !token.raw) return decrypting(send, token, { runbook, context, isVault: vault !== undefined });
  const what = token
    ? `this token is raw, but the next one from ${from} need not be`
    : `whether this stream is raw is up to the token, which comes from ${from}`;
  return {
    span: commandName(send),
    message: `${what}: without -w a token that is not raw makes the source decrypt what it sends; add -w`,
    strictOnly: vault === undefined,
    fixes: fixFor(send, token),
  };
}

/** A token that is written out and is not raw: the stream is clear text if the dataset is encrypted. */
function decrypting(
  send: Invocation,
  token: ResumeToken,
  {
    runbook,
    context,
    isVault,
  }: { readonly runbook: Runbook; readonly context: LintContext; readonly isVault: boolean },
): Report {
  const name = token.toName.replace(/@.*/, '');
  const source: DatasetUse = { name, known: name, key: name, route: send.site.route };
  const isEncrypted = encryptionOf(source, runbook, context).state === 'encrypted';
  return {
    span: commandName(send),
    message: `this token of ${token.toName} is not raw, so the rest of the stream is ${isEncrypted ? '' : 'decrypted if the dataset is encrypted, and '}readable for whoever receives it; \`zfs receive -A\` at the target and begin anew with -w`,
    strictOnly: !isVault && !isEncrypted,
    fixes: fixFor(send, token),
  };
}

function tokenOf({ flags }: Invocation): ResumeToken | undefined {
  const value = flags['token']?.at(-1)?.value;
  const parsed = value?.word.known ? parseResumeToken(value.shown) : undefined;
  return parsed?.ok ? parsed.value : undefined;
}

function fixFor(send: Invocation, token: ResumeToken | undefined): readonly Fix[] {
  const edits = insertFlag(send, '-w');
  if (!edits) return [];
  if (token?.raw) return [{ title: 'Add -w', safety: 'safe', edits }];
  return [{ title: 'Add -w (a stream that was begun without it cannot be finished with it)', safety: 'unsafe', edits }];
}
