import { zlibSync } from 'fflate';

export interface FakeToken {
  readonly toName: string;
  readonly toGuid: string;
  readonly fromGuid?: string;
  readonly raw: boolean;
}

/** A resume token as ZFS writes it: `1-CHECKSUM-LENGTH-PAYLOAD` (ZFS-FACTS section 4d shows real ones). */
export function encodeToken({ toName, toGuid, fromGuid, raw }: FakeToken): string {
  const pairs = [
    ...(fromGuid === undefined ? [] : [numberPair('fromguid', fromGuid)]),
    numberPair('object', '8'),
    numberPair('offset', '0'),
    numberPair('bytes', '1000'),
    numberPair('toguid', toGuid),
    textPair('toname', toName),
    ...(raw ? [pair('rawok', 1, new Uint8Array())] : []),
  ];
  const packed = concat([Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0), ...pairs, new Uint8Array(8)]);
  const compressed = zlibSync(packed);
  const hex = [...compressed].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `1-${checksum(compressed).toString(16)}-${packed.length.toString(16)}-${hex}`;
}

function numberPair(name: string, value: string): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return pair(name, 8, bytes);
}

const textPair = (name: string, value: string): Uint8Array => pair(name, 9, new TextEncoder().encode(`${value}\0`));

function pair(name: string, type: number, value: Uint8Array): Uint8Array {
  const encoded = new TextEncoder().encode(`${name}\0`);
  const valueAt = align(16 + encoded.length);
  const bytes = new Uint8Array(align(valueAt + value.length));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, bytes.length, true);
  view.setInt16(4, encoded.length, true);
  view.setInt32(8, 1, true);
  view.setInt32(12, type, true);
  bytes.set(encoded, 16);
  bytes.set(value, valueAt);
  return bytes;
}

const align = (offset: number): number => Math.ceil(offset / 8) * 8;

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function checksum(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0n;
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) sum += BigInt(view.getUint32(offset, true));
  return sum;
}
