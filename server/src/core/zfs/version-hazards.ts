import { rangeHolds } from './version-range';
import type { VersionRange } from './version-range';

/**
 * What certain releases of OpenZFS get wrong, or do not have, in the business of replication. Each entry was looked up in the
 * sources of the releases and in the reports that it names; it is worth an entry only if a command can show it.
 */
export interface VersionHazard {
  readonly id: VersionHazardId;
  readonly affected: readonly VersionRange[];
  /** Completes "OpenZFS VERSION …". */
  readonly effect: string;
  readonly advice: string;
  /** The report, for people who want to know more. */
  readonly reference: string;
}

export type VersionHazardId =
  | 'non-raw-of-encrypted'
  | 'raw-permission-missing'
  | 'raw-permission-intermediates'
  | 'encrypted-permission-missing'
  | 'append-permission-missing'
  | 'large-block-changed';

export const VERSION_HAZARDS: readonly VersionHazard[] = [
  {
    id: 'non-raw-of-encrypted',
    affected: [{ before: '2.2.8' }, { from: '2.3.0', before: '2.3.3' }],
    effect: 'can report errors in snapshots of encrypted datasets that are sent without -w',
    advice: 'send raw, or upgrade to 2.2.8, 2.3.3 or later',
    reference: 'openzfs/zfs#12014',
  },
  {
    id: 'raw-permission-missing',
    affected: [{ before: '2.4.0' }],
    effect: 'has no permission `send:raw`, so zfs allow refuses it',
    advice: 'allow `send`, and let a forced command of sshd hold it to -w',
    reference: 'openzfs/zfs#17543',
  },
  {
    id: 'raw-permission-intermediates',
    affected: [{ from: '2.4.0', before: '2.4.1' }],
    effect: 'denies -I to whoever has `send:raw` only',
    advice: 'use -i, or upgrade to 2.4.1',
    reference: 'openzfs/zfs#18193',
  },
  {
    id: 'encrypted-permission-missing',
    affected: [{ before: '2.4.4' }],
    effect: 'has no permission `send:encrypted`, so zfs allow refuses it',
    advice: 'allow `send:raw` (2.4.0 and later), which lets unencrypted datasets through',
    reference: 'openzfs/zfs#18673',
  },
  {
    id: 'append-permission-missing',
    affected: [{ before: '2.3.2' }],
    effect: 'has no permission `receive:append`, so zfs allow refuses it',
    advice: 'allow `receive`, with which -F can destroy snapshots, or upgrade to 2.3.2',
    reference: 'openzfs/zfs#16943',
  },
  {
    id: 'large-block-changed',
    affected: [{ from: '2.1.0' }],
    effect: 'refuses an increment without -L onto a replica that was sent with it, once there are blocks above 128 KiB',
    advice: 'send every stream of this pair with -L, or with -w, which implies it',
    reference: 'openzfs/zfs#6224',
  },
];

export function hazardOf(
  id: VersionHazardId,
  version: string,
): { readonly hazard: VersionHazard; readonly sure: boolean } | undefined {
  const hazard = VERSION_HAZARDS.find((entry) => entry.id === id);
  if (!hazard) return undefined;
  const answers = hazard.affected.map((range) => rangeHolds(version, range));
  if (answers.includes('yes')) return { hazard, sure: true };
  return answers.includes('maybe') ? { hazard, sure: false } : undefined;
}
