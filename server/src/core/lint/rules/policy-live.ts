import { sidePath } from '../../policy/side-paths';
import { span } from '../../text/span';
import type { TextEdit } from '../../text/span';
import { addEntries } from '../../policy/add-entries';
import { defineRule } from '../define-rule';
import type { LintedPolicy } from '../define-rule';
import type { Fix } from '../finding';

export const policyLive = defineRule({
  kind: 'policy',
  id: 'policy-live',
  summary: 'What the hosts held when they were last read stands in the way of the policy',
  severity: 'warning',
  docs: `A policy can be right and still not do what it says, because of what is on its hosts. Where an inventory is known, what the plan would refuse is told here, in the planner's own words, before anybody plans:

- the source, or a child that is not excluded, **is not encrypted**: a raw send encrypts nothing, it would travel in the clear;
- **a key is loaded** in a vault, or the vault is mounted;
- **the histories have parted**: another lineage, a snapshot at the target that the source does not know, a replica that was written to, no common base;
- **an interrupted transfer** that cannot go on, or that is not raw;
- **a name that grows too long**: of a child below the target, with the snapshots that would arrive there;
- a source or a pool that is not there, a target that is no replica, a child that was renamed, a release that \`guard.versions\` does not allow.

And what it would not refuse:

- the base of the next increment **has no hold** of this policy;
- **the key was changed** at one side: its format differs, or the salt that its passphrase is hashed with, which each \`zfs change-key\` draws anew. The new wrapped key travels with the next increment of each dataset: until then the replica opens with the old key alone, and a child that gets no increment any more stays locked by it. A key that was changed at the target is undone by the next increment. A raw or hex key that took the place of another of its format cannot be seen.

In the editor the facts are those of hosts that somebody had read in this session (Hosts view, Refresh); none is ever asked while you type, and each finding says how old the facts are. \`rawsend lint\` knows only what \`--inventory FILE\` gives it, which is what \`rawsend inventory HOST --format json\` prints, so that a check in CI says the same every time. With the inventory of one host alone, what concerns the other is not told.

OpenZFS 2.3.2 says to an unencrypted child in a raw stream nothing at all: it is sent, received, and readable at the target.

Excluding a clear child is an unsafe fix: it is no longer replicated.`,
  *check({ file, spans, text }, { live = [] }) {
    for (const { policy, at, message, asOf, excludable = [] } of live) {
      const meant = file?.policies[policy];
      if (meant === undefined) continue;
      const fix = excludable.length > 0 ? exclusion({ spans, text }, meant.entry, excludable) : undefined;
      yield {
        span: spans.nearest(sidePath(spans, meant, at)),
        message: `${message} (${asOf})`,
        ...(fix && { fixes: [fix] }),
      };
    }
  },
  examples: {
    bad: [
      {
        live: [
          {
            policy: 'prod-to-vault',
            at: 'source',
            message:
              'tank/prod/tmp is not encrypted: a raw send would carry it in the clear, and the target could read it; exclude it: `exclude: [tmp]`',
            asOf: 'prod as read at 2026-11-23T02:00:00Z, vault as read at 2026-11-23T02:00:00Z',
            excludable: ['tmp'],
          },
          {
            policy: 'prod-to-vault',
            at: 'target',
            message:
              'the key of backup/prod is loaded on vault: the policy is a vault, which never has keys; find out who loaded it, then unload it: `zfs unmount backup/prod` where it is mounted, `zfs unload-key -r backup/prod`',
            asOf: 'prod as read at 2026-11-23T02:00:00Z, vault as read at 2026-11-23T02:00:00Z',
          },
        ],
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    #       ^^^^^^^^^^^^^^ tank/prod/tmp is not encrypted
    target: vault:backup/prod
    #       ^^^^^^^^^^^^^^^^^ the key of backup/prod is loaded on vault
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    exclude: [tmp]
`,
    ],
  },
});

/** Adds children to `exclude`, or writes it at the end of the policy. Undefined where it is written in a form of its own. */
function exclusion(
  { spans, text }: Pick<LintedPolicy, 'spans' | 'text'>,
  policy: string,
  children: readonly string[],
): Fix | undefined {
  const path = ['policies', policy];
  const list = children.map((child) => (/^[\w./-]+$/.test(child) ? child : JSON.stringify(child))).join(', ');
  const written = spans.node([...path, 'exclude']);
  const section = spans.node(path);
  const edit = written
    ? intoList(written, text, list)
    : section && addEntries(text, section, [{ key: 'exclude', value: `[${list}]` }]);
  const title = `Exclude ${children.length === 1 ? (children[0] ?? '') : `${children.length} children`}`;
  return edit && { title, safety: 'unsafe', edits: [edit] };
}

function intoList(
  { kind, span: at, entries }: NonNullable<ReturnType<LintedPolicy['spans']['node']>>,
  text: string,
  list: string,
): TextEdit | undefined {
  if (kind !== 'list' || text[at.start] !== '[') return undefined;
  const first = at.start + 1;
  return { span: span(first, first), newText: entries.size === 0 ? list : `${list}, ` };
}
