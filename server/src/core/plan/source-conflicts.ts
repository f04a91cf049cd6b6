import type { Conflict } from './plan';
import { notBrought } from './relay';
import type { Situation } from './situation';

/** Why nothing may leave the source: it is not there, or it would travel in the clear. */
export function sourceConflicts(situation: Situation): readonly Conflict[] {
  const { policy, pairs, source, relay } = situation;
  if (relay !== undefined && pairs.length === 0) return [notBrought(situation, relay)];
  if (pairs.length === 0) {
    return [
      {
        code: 'source-missing',
        subject: policy.source.dataset,
        message: `${policy.source.dataset} does not exist on ${source.host}`,
        choices: ['Correct the source of the policy', 'Import its pool'],
      },
    ];
  }
  return pairs.filter((pair) => pair.source.encryption === 'off').map((pair) => clear(situation, pair.source.name));
}

/** `-w` sends blocks as they lie on disk and encrypts nothing. */
function clear({ policy }: Situation, name: string): Conflict {
  const isTop = name === policy.source.dataset;
  return {
    code: isTop ? 'source-unencrypted' : 'clear-child',
    subject: name,
    message: `${name} is not encrypted: a raw send would carry it in the clear, and the target could read it`,
    choices: isTop
      ? [
          'Choose an encrypted dataset as the source',
          'Copy its data into a dataset made with `zfs create -o encryption=on`',
        ]
      : [
          `Exclude it: \`exclude: [${name.slice(policy.source.dataset.length + 1)}]\``,
          'Copy its data into an encrypted dataset',
        ],
  };
}
