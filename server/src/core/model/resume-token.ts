import { formatResumeToken } from '../zfs/format-token';
import type { Partial } from './state';

/** The token of an interrupted receive, as `receive_resume_token` shows it. */
export const tokenOf = (partial: Partial): string =>
  formatResumeToken({
    toName: partial.toName,
    toGuid: partial.toGuid,
    ...(partial.fromGuid !== undefined && { fromGuid: partial.fromGuid }),
    object: '128',
    offset: String(partial.bytes),
    bytes: partial.bytes,
    raw: partial.isRaw,
    compressed: partial.isRaw,
    largeBlocks: partial.isRaw,
    embedded: false,
  });
