import type { Command } from '../../zfs/command';

/** The flags of `zfs send` that change what is sent. */
export interface SendOptions {
  readonly isRaw: boolean;
  readonly isRecursive: boolean;
  readonly hasIntermediates: boolean;
  readonly hasProperties: boolean;
  readonly hasHolds: boolean;
  readonly isBackup: boolean;
  readonly skipsMissing: boolean;
  readonly isDryRun: boolean;
  /** `-v` or `-P`: says what is sent, on stdout for a dry run. */
  readonly isVerbose: boolean;
  readonly isParsable: boolean;
  readonly excluded: readonly string[];
  /** The operand of `-i` or `-I`. */
  readonly from?: string;
}

export function sendOptions({ flags }: Command): SendOptions {
  const from = flags['intermediates'] ?? flags['incremental'];
  const excluded = flags['exclude'];
  const isParsable = flags['parsable'] === true;
  const isRecursive = flags['replicate'] === true;
  return {
    isRaw: flags['raw'] === true,
    isRecursive,
    // A full -R carries all snapshots.
    hasIntermediates: flags['intermediates'] !== undefined || (isRecursive && from === undefined),
    hasProperties: flags['props'] === true,
    hasHolds: flags['holds'] === true,
    isBackup: flags['backup'] === true,
    skipsMissing: flags['skipMissing'] === true,
    isDryRun: flags['dryRun'] === true,
    isVerbose: isParsable || flags['verbose'] !== undefined || flags['proctitle'] === true,
    isParsable,
    excluded: (Array.isArray(excluded) ? excluded : []).flatMap((list: string) => list.split(',')),
    ...(typeof from === 'string' && { from }),
  };
}

/** A package has a header: it is more than the stream of one snapshot. */
export const isPackage = (options: SendOptions): boolean =>
  options.isRecursive || options.hasIntermediates || options.hasProperties || options.hasHolds || options.isBackup;

/** Whether the header tells of datasets, their properties and snapshots; a plain `-I` has an empty one. */
export const tellsDatasets = (options: SendOptions): boolean =>
  options.isRecursive || options.hasProperties || options.hasHolds;

export const isExcluded = ({ excluded }: SendOptions, dataset: string): boolean =>
  excluded.some((name) => dataset === name || dataset.startsWith(`${name}/`));
