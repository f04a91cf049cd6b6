import { unzlibSync } from 'fflate';
import type { Result } from '../result';
import { err, ok } from '../result';
import type { NvValue } from './nvlist';
import { readNvlist } from './nvlist';

/** What a resume token says about the stream that was cut. */
export interface ResumeToken {
  /** The snapshot that was being sent, by its name at the source. */
  readonly toName: string;
  readonly toGuid: string;
  /** The guid of the base; absent for a full stream. */
  readonly fromGuid?: string;
  /** Where the stream goes on. */
  readonly object: string;
  readonly offset: string;
  /** Bytes of the stream that had arrived. */
  readonly bytes: number;
  readonly raw: boolean;
  readonly compressed: boolean;
  readonly largeBlocks: boolean;
  readonly embedded: boolean;
}

export interface TokenProblem {
  readonly code: 'format' | 'version' | 'checksum' | 'payload';
  readonly message: string;
}

/** Far above any token, whose longest text is one snapshot name; keeps a forged length from costing memory. */
const MAX_LENGTH = 65_536;

/**
 * Reads a `receive_resume_token` without a host: `VERSION-CHECKSUM-LENGTH-PAYLOAD`, where the payload is the
 * hex of a zlib-compressed nvlist, the length is that of the nvlist, and the checksum is the first word of
 * the fletcher4 of the compressed bytes (libzfs_sendrecv.c, zfs_send_resume_token_to_nvlist).
 */
export function parseResumeToken(token: string): Result<ResumeToken, TokenProblem> {
  const match = /^(\d+)-([0-9a-f]{1,16})-([0-9a-f]{1,8})-((?:[0-9a-f]{2})+)$/i.exec(token.trim());
  if (match === null) return refuse('format', 'it is not of the form VERSION-CHECKSUM-LENGTH-PAYLOAD');
  const [, version, checksum = '', lengthText = '', payload = ''] = match;
  if (version !== '1') return refuse('version', `its version is ${version} and only 1 is known`);
  const compressed = fromHex(payload);
  if (fletcher4(compressed) !== BigInt(`0x${checksum}`)) {
    return refuse('checksum', 'its checksum does not fit, so it was changed or cut');
  }
  const length = Number.parseInt(lengthText, 16);
  const packed = length > MAX_LENGTH ? undefined : inflate(compressed, length);
  const pairs = packed === undefined ? undefined : readNvlist(packed);
  if (pairs === undefined) return refuse('payload', 'its contents cannot be read');
  return readToken(pairs);
}

function refuse(code: TokenProblem['code'], why: string): Result<never, TokenProblem> {
  return err({ code, message: `the resume token is damaged: ${why}; read receive_resume_token of the target again` });
}

function readToken(pairs: ReadonlyMap<string, NvValue>): Result<ResumeToken, TokenProblem> {
  const toName = pairs.get('toname');
  const toGuid = pairs.get('toguid');
  if (typeof toName !== 'string' || typeof toGuid !== 'bigint') {
    return refuse('payload', 'it does not name its snapshot');
  }
  const fromGuid = pairs.get('fromguid');
  return ok({
    toName,
    toGuid: String(toGuid),
    ...(typeof fromGuid === 'bigint' ? { fromGuid: String(fromGuid) } : {}),
    object: String(pairs.get('object') ?? 0),
    offset: String(pairs.get('offset') ?? 0),
    bytes: Number(pairs.get('bytes') ?? 0),
    raw: pairs.has('rawok'),
    compressed: pairs.has('compressok'),
    largeBlocks: pairs.has('largeblockok'),
    embedded: pairs.has('embedok'),
  });
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

/** The first of fletcher4's four words: the sum of the whole 32-bit words, little-endian; the rest is not counted. */
export function fletcher4(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0n;
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) sum += BigInt(view.getUint32(offset, true));
  return sum;
}

function inflate(compressed: Uint8Array, length: number): Uint8Array | undefined {
  try {
    const packed = unzlibSync(compressed, { out: new Uint8Array(length + 1) });
    return packed.length === length ? packed : undefined;
  } catch {
    // fflate throws for damaged data, which here is the world's fault and not ours.
    return undefined;
  }
}
