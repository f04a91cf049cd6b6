import { err, ok } from '../result';
import type { Result } from '../result';

export interface ZfsVersion {
  readonly userland: string;
  readonly kernel: string;
}

/**
 * Reads `zfs version`: a line `zfs-2.3.2-2~bpo12+2` and a line `zfs-kmod-2.3.2-…`. The part of the
 * distribution is left out. The error says what was printed in their place.
 */
export function parseVersionOutput(output: string): Result<ZfsVersion, string> {
  const userland = /^zfs-v?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  const kernel = /^zfs-kmod-v?(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (userland !== undefined && kernel !== undefined) return ok({ userland, kernel });
  return err(
    `\`zfs version\` printed no ${userland === undefined ? 'zfs' : 'zfs-kmod'} version: ${JSON.stringify(output)}`,
  );
}

/** Compares versions such as `2.3.2` and `2.2`: below 0, 0, or above 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
