import { zlibSync } from 'fflate';
import { packNvlist } from './nvlist';
import type { NvPair } from './nvlist';
import { fletcher4 } from './token';
import type { ResumeToken } from './token';

/** Writes a resume token as OpenZFS does: the counterpart of `parseResumeToken`, for the model. */
export function formatResumeToken(token: ResumeToken): string {
  const pairs: readonly NvPair[] = [
    ...(token.fromGuid === undefined ? [] : ([['fromguid', BigInt(token.fromGuid)]] as const)),
    ['object', BigInt(token.object)],
    ['offset', BigInt(token.offset)],
    ['bytes', BigInt(token.bytes)],
    ['toguid', BigInt(token.toGuid)],
    ['toname', token.toName],
    ...(token.largeBlocks ? ([['largeblockok', true]] as const) : []),
    ...(token.embedded ? ([['embedok', true]] as const) : []),
    ...(token.compressed ? ([['compressok', true]] as const) : []),
    ...(token.raw ? ([['rawok', true]] as const) : []),
  ];
  const packed = packNvlist(pairs);
  const compressed = zlibSync(packed);
  const hex = Array.from(compressed, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `1-${fletcher4(compressed).toString(16)}-${packed.length.toString(16)}-${hex}`;
}
