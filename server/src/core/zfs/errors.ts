import { DATASET_ERRORS } from './errors/dataset-errors';
import { HOST_ERRORS } from './errors/host-errors';
import { KEY_ERRORS } from './errors/key-errors';
import type { KnownError } from './errors/known-error';
import { STREAM_ERRORS } from './errors/stream-errors';

export type { KnownError } from './errors/known-error';

/**
 * Every error text that Rawsend knows, the telling ones first: one failure often prints several lines, and
 * "failed to read from stream" is only what the receive says when the send has failed.
 */
export const ZFS_ERRORS: readonly KnownError[] = [...HOST_ERRORS, ...STREAM_ERRORS, ...KEY_ERRORS, ...DATASET_ERRORS];

export interface ExplainedError {
  readonly code: string;
  /** What is wrong. */
  readonly meaning: string;
  /** What to do. */
  readonly advice: string;
  /** The part of the output that says so. */
  readonly text: string;
}

/** Finds the known error in what zfs, zpool, sudo, ssh or the shell wrote to standard error. */
export function explainZfsError(stderr: string): ExplainedError | undefined {
  for (const { code, pattern, meaning, advice } of ZFS_ERRORS) {
    const match = pattern.exec(stderr);
    if (match !== null) return { code, meaning, advice, text: match[0].trim() };
  }
  return undefined;
}
