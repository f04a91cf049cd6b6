import type { FlagSite, Invocation, Runbook } from '../../runbook/runbook';
import { datasetOf } from '../../runbook/dataset-use';
import { span } from '../../text/span';
import type { Span } from '../../text/span';
import { flagSpan, removeSite } from '../command-edits';
import { defineRule } from '../define-rule';
import type { LintContext } from '../document';
import type { Report } from '../finding';
import { encryptionOf, upstreamOf } from '../knowledge';
import { propertyFlag } from '../travelling-properties';

export const receiveKeyOverride = defineRule({
  kind: 'runbook',
  id: 'receive-key-override',
  summary: 'A `zfs receive` of a raw stream that sets or excludes what the stream alone decides about encryption',
  severity: 'error',
  docs: `
A raw stream brings its encryption with it: cipher, key format, iterations and the wrapped key. \`zfs receive\` refuses to change them, and treats the
key's location in ways that surprise. Measured with OpenZFS 2.3.2 (2.1.11 does the same):

| flag | effect on a raw stream |
| --- | --- |
| \`-o\` or \`-x\` of \`encryption\`, \`keyformat\`, \`pbkdf2iters\` | refused |
| \`-o keylocation=none\` | \`zfs receive\` aborts (SIGABRT, status 134) and leaves a dataset behind |
| \`-o\` or \`-x keylocation\`, stream with \`-R\` or \`-p\` | ignored without a word: the source's value arrives |
| \`-o keylocation=…\`, stream without them | set |

\`\`\`text
$ zfs send -w -R tank/prod@a | zfs receive -u -x encryption backup/t7
cannot receive new filesystem stream: encryption property 'encryption' cannot be set or excluded for raw streams.
$ zfs send -w -R tank/prod@a | zfs receive -u -o keylocation=none backup/t3
internal error: cannot receive keylocation property on backup/t3: Invalid argument
\`\`\`

So the location of a vault's key is set after the receive: \`zfs set keylocation=prompt backup/prod\`, after each \`-R\` or \`-p\` stream.
The fix takes the flag out; it is unsafe where the flag was meant to do something.

Nothing is said of streams whose origin the document does not show, nor of datasets that are known to be unencrypted: \`-w\` is no raw stream
for those. Where nothing says whether the dataset is encrypted, it is a warning.
`,
  examples: {
    bad: [
      {
        text: `zfs load-key tank/prod
zfs send -w tank/prod@a | zfs receive -u -o encryption=aes-256-gcm backup/prod
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^^ zfs refuses -o encryption
`,
        fixed: `zfs load-key tank/prod
zfs send -w tank/prod@a | zfs receive -u backup/prod
`,
      },
      {
        text: `zfs load-key tank/prod
zfs send -w -R tank/prod@a | ssh vault 'zfs receive -u -o keylocation=prompt backup/prod'
#                                                      ^^^^^^^^^^^^^^^^^^^^^ zfs ignores -o keylocation
`,
        fixed: `zfs load-key tank/prod
zfs send -w -R tank/prod@a | ssh vault 'zfs receive -u backup/prod'
`,
      },
      {
        text: `zfs send -w tank/prod@a | zfs receive -u -o keylocation=none backup/prod
#                                        ^^^^^^^^^^^^^^^^^^^ -o keylocation=none aborts
`,
        fixed: `zfs send -w tank/prod@a | zfs receive -u backup/prod
`,
      },
    ],
    good: [
      `zfs send -w tank/prod@a | zfs receive -u -o keylocation=prompt backup/prod
`,
      `zfs send tank/plain@a | zfs receive -u -o encryption=on -o keyformat=passphrase backup/plain
`,
      `zfs create -o encryption=off tank/public
zfs send -w -R tank/public@a | zfs receive -u -x encryption backup/public
`,
    ],
  },
  *check(runbook, context) {
    for (const invocation of runbook.invocations) {
      if (invocation.command?.subcommand !== 'receive') continue;
      for (const override of overridesOf(invocation)) yield* judge(override, { runbook, context });
    }
  },
});

interface Override {
  readonly receive: Invocation;
  readonly site: FlagSite;
  readonly flag: '-o' | '-x';
  readonly property: string;
  readonly value: string | undefined;
}

const PROPERTY = /^(encryption|keyformat|pbkdf2iters|keylocation)(?:=(.*))?$/;

function overridesOf(receive: Invocation): readonly Override[] {
  const read = (flag: '-o' | '-x', sites: readonly FlagSite[] = []): readonly Override[] =>
    sites.flatMap((site) => {
      const [, property, value] = PROPERTY.exec(site.value?.shown ?? '') ?? [];
      return property === undefined ? [] : [{ receive, site, flag, property, value }];
    });
  return [...read('-o', receive.flags['set']), ...read('-x', receive.flags['ignore'])];
}

function* judge(
  override: Override,
  { runbook, context }: { readonly runbook: Runbook; readonly context: LintContext },
): Iterable<Report> {
  const { receive, site, flag, property } = override;
  const sends = upstreamOf(receive, runbook).filter((send) => send.flags['raw']);
  const states = sends.flatMap((send) => send.operands.map((word) => stateOf(word, send)));
  function stateOf(word: Invocation['operands'][number], send: Invocation): string {
    return encryptionOf(datasetOf(word, send), runbook, context).state;
  }
  const effect = states.every((state) => state === 'unencrypted') ? undefined : effectOf(override, runbook);
  if (effect === undefined) return;
  const edits = removeSite(runbook.text, receive, site);
  const condition = states.includes('encrypted') ? '' : ' if the dataset is encrypted, which nothing here says';
  yield {
    span: wholeSpan(site),
    message: `${effect.what}${condition}: ${effect.advice}`,
    severity: condition === '' ? 'error' : 'warning',
    ...(edits && { fixes: [{ title: `Remove ${flag} ${property}`, safety: 'unsafe', edits }] }),
  };
}

interface Effect {
  readonly what: string;
  readonly advice: string;
}

function effectOf({ receive, flag, property, value }: Override, runbook: Runbook): Effect | undefined {
  if (property !== 'keylocation') {
    return {
      what: `zfs refuses ${flag} ${property} for a raw stream`,
      advice: 'the stream brings its own encryption; remove it',
    };
  }
  const after = 'remove it, and `zfs set keylocation=prompt` at the target after the receive';
  if (flag === '-o' && value === 'none') {
    return { what: '-o keylocation=none aborts the receive of a raw stream', advice: after };
  }
  const travels = propertyFlag(receive, runbook);
  if (travels === undefined) return undefined;
  const what = `zfs ignores ${flag} keylocation for a raw stream with ${travels}, and the source's value arrives`;
  return { what, advice: after };
}

/** The flag with its argument, where they stand side by side. */
function wholeSpan(site: FlagSite): Span {
  const flag = flagSpan(site);
  const { value } = site;
  return value && value.span.start >= flag.end && value.span.start - flag.end <= 1
    ? span(flag.start, value.span.end)
    : flag;
}
