/** A value of the three kinds that resume tokens hold; a number is 64-bit, a boolean is true by being there. */
export type NvValue = bigint | string | true;

const TYPE_BOOLEAN = 1;
const TYPE_UINT64 = 8;
const TYPE_STRING = 9;

/** Encoding and endianness, two spare bytes, version and flags. */
const HEADER = 12;
/** Size, name size, spare, count and type of a pair; its name follows. */
const PAIR_HEADER = 16;

/**
 * Reads a packed nvlist of the native little-endian encoding, which is what OpenZFS on x86 and ARM puts into
 * tokens. Pairs of other kinds are left out. Undefined when the bytes are none.
 */
export function readNvlist(bytes: Uint8Array): ReadonlyMap<string, NvValue> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER + 4 || bytes[0] !== 0 || bytes[1] !== 1) return undefined;
  const pairs = new Map<string, NvValue>();
  let offset = HEADER;
  while (offset + 4 <= bytes.length) {
    const size = view.getInt32(offset, true);
    if (size === 0) return pairs;
    if (size < PAIR_HEADER || offset + size > bytes.length) return undefined;
    const nameSize = view.getInt16(offset + 4, true);
    const valueOffset = align(PAIR_HEADER + nameSize);
    if (nameSize < 1 || valueOffset > size) return undefined;
    const name = text(bytes, offset + PAIR_HEADER, offset + PAIR_HEADER + nameSize);
    const value = readValue(view, offset + valueOffset, offset + size, view.getInt32(offset + 12, true));
    if (value !== undefined) pairs.set(name, value);
    offset += size;
  }
  return undefined;
}

function readValue(view: DataView, start: number, end: number, type: number): NvValue | undefined {
  if (type === TYPE_BOOLEAN) return true;
  if (type === TYPE_UINT64) return start + 8 <= end ? view.getBigUint64(start, true) : undefined;
  if (type !== TYPE_STRING) return undefined;
  return text(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), start, end);
}

/** Names of ZFS are ASCII; the text ends at its NUL. */
function text(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end);
  const nul = part.indexOf(0);
  return String.fromCharCode(...(nul < 0 ? part : part.subarray(0, nul)));
}

/** Values begin at a multiple of eight within their pair. */
const align = (offset: number): number => Math.ceil(offset / 8) * 8;

export type NvPair = readonly [name: string, value: NvValue];

/** Packs pairs in the native little-endian encoding: the counterpart of `readNvlist`. */
export function packNvlist(pairs: readonly NvPair[]): Uint8Array {
  const packed = pairs.map(packPair);
  const bytes = new Uint8Array(HEADER + packed.reduce((sum, pair) => sum + pair.length, 0) + 4);
  // Native encoding, little-endian; the pairs have unique names.
  bytes[1] = 1;
  bytes[8] = 1;
  let offset = HEADER;
  for (const pair of packed) {
    bytes.set(pair, offset);
    offset += pair.length;
  }
  return bytes;
}

function packPair([name, value]: NvPair): Uint8Array {
  const valueOffset = align(PAIR_HEADER + name.length + 1);
  const length = value === true ? 0 : typeof value === 'bigint' ? 8 : value.length + 1;
  const bytes = new Uint8Array(align(valueOffset + length));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, bytes.length, true);
  view.setInt16(4, name.length + 1, true);
  view.setInt32(8, value === true ? 0 : 1, true);
  view.setInt32(12, typeOf(value), true);
  writeText(bytes, PAIR_HEADER, name);
  if (typeof value === 'bigint') view.setBigUint64(valueOffset, value, true);
  else if (typeof value === 'string') writeText(bytes, valueOffset, value);
  return bytes;
}

function typeOf(value: NvValue): number {
  if (value === true) return TYPE_BOOLEAN;
  return typeof value === 'bigint' ? TYPE_UINT64 : TYPE_STRING;
}

function writeText(bytes: Uint8Array, start: number, written: string): void {
  for (let index = 0; index < written.length; index++) bytes[start + index] = written.charCodeAt(index);
}
