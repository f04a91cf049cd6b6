/** What a vault cannot be: every choice here would let a key or a plain block reach the target, or mount it. */
import type { PathSpans } from '../yaml/path-spans';
import type { PolicyProblem } from './problem';
import { problem } from './problem';
import { replacement, show } from '../yaml/problem';
import type { Draft } from './read-drafts';

interface Demand {
  readonly path: readonly string[];
  readonly isMet: (policy: Draft['policy']) => boolean;
  /** What happens otherwise. */
  readonly message: string;
  /** The value that meets the demand. */
  readonly value: string;
}

const DEMANDS: readonly Demand[] = [
  {
    path: ['send', 'raw'],
    isMet: ({ send }) => send.raw,
    message:
      'without `raw` the source decrypts what it sends, so a vault would receive plain data: remove it, or declare `intent: standby`',
    value: 'true',
  },
  {
    path: ['receive', 'mount'],
    isMet: ({ receive }) => !receive.mount,
    message: 'a vault is never mounted, because that takes its key: remove it, or declare `intent: standby`',
    value: 'false',
  },
  {
    path: ['keys', 'location'],
    isMet: ({ keys }) => keys.location === 'prompt',
    message:
      'a vault with a key location loads its key at the next `zfs load-key -a` or `zpool import -l`: use `prompt`, or declare `intent: standby`',
    value: 'prompt',
  },
  {
    path: ['keys', 'load'],
    isMet: ({ keys }) => keys.load === 'never',
    message: 'a vault never has its key, not even by hand: use `never`, or declare `intent: standby`',
    value: 'never',
  },
];

export function checkVault(spans: PathSpans, draft: Draft): readonly PolicyProblem[] {
  const { policy } = draft;
  if (policy.intent !== 'vault') return [];
  const unmet = DEMANDS.filter(({ isMet }) => !isMet(policy)).map(({ path, message, value }) => {
    const at = spans.nearest(['policies', policy.entry, ...path]);
    const title = `Change ${path.at(-1) ?? ''} to ${value}`;
    return problem('policy-vault', at, message, { fixes: [replacement(title, 'unsafe', at, value)] });
  });
  return [...unmet, ...checkMountable(spans, draft), ...checkStandby(spans, draft)];
}

function checkStandby(spans: PathSpans, { policy }: Draft): readonly PolicyProblem[] {
  const written = spans.key(['policies', policy.entry, 'standby']);
  const message =
    'a vault never has keys, so nobody loads them there: remove this section, or declare `intent: standby`';
  return written === undefined ? [] : [problem('policy-vault', written, message)];
}

/**
 * mountpoint is inherited, so `none` covers the whole tree; canmount is not, and `zfs receive -o canmount=off` of a
 * `-R` stream sets it on the top dataset only. A canmount is enough for one dataset alone.
 */
function checkMountable(spans: PathSpans, { policy, isSound }: Draft): readonly PolicyProblem[] {
  const { mountpoint, canmount = '' } = policy.receive.set;
  if (mountpoint === 'none') return [];
  if (['off', 'noauto'].includes(canmount) && (!policy.recursive || !isSound('recursive'))) return [];
  const receive = ['policies', policy.entry, 'receive'];
  const written = spans.value([...receive, 'set', 'mountpoint']);
  const end = 'so the target can be mounted once its key is loaded';
  if (written !== undefined) {
    const message = `${show(mountpoint)} is a place to mount, ${end}: use \`none\`, or declare \`intent: standby\``;
    return [
      problem('policy-vault', written, message, {
        fixes: [replacement('Change mountpoint to none', 'unsafe', written, 'none')],
      }),
    ];
  }
  const index = [...(spans.node([...receive, 'ignore'])?.entries.values() ?? [])].findIndex(
    ({ node }) => node.value === 'mountpoint',
  );
  const message = `an ignored mountpoint is inherited from the target's parent, ${end}: remove it, or declare \`intent: standby\``;
  return [problem('policy-vault', spans.nearest([...receive, 'ignore', String(index)]), message)];
}
