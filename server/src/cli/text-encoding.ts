import { isUtf8 } from 'node:buffer';

/** A text, and what it takes to write it back byte for byte. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** A byte order mark stands before the text, where editors do not count it. */
  readonly marked: boolean;
}

type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/**
 * UTF-8, or UTF-16 where a byte order mark says so. A byte that is no UTF-8 becomes a lone surrogate, one character for
 * each byte: scripts in old encodings can be judged all the same, and are written back as they were.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const encoding = encodingOf(bytes);
  const decoded = DECODERS[encoding](bytes);
  const marked = decoded.startsWith('\uFEFF');
  return { text: marked ? decoded.slice(1) : decoded, encoding, marked };
}

/** The reverse of `decodeText`, also for a text that was edited in between. */
export const encodeText = ({ text, encoding, marked }: DecodedText): Buffer =>
  ENCODERS[encoding](marked ? `\uFEFF${text}` : text);

/** As git has it: a zero byte near the beginning. In UTF-16 every other byte may be zero. */
export const isBinary = (bytes: Buffer): boolean => encodingOf(bytes) === 'utf8' && bytes.subarray(0, 8000).includes(0);

/** A text of UTF-16 has an even number of bytes. */
function encodingOf(bytes: Buffer): Encoding {
  if (bytes.length % 2 !== 0) return 'utf8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf16be' : 'utf8';
}

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

const DECODERS: Readonly<Record<Encoding, (bytes: Buffer) => string>> = {
  utf8: (bytes) => (isUtf8(bytes) ? bytes.toString('utf8') : decodeBroken(bytes)),
  utf16le: (bytes) => bytes.toString('utf16le'),
  utf16be: (bytes) => swapped(bytes).toString('utf16le'),
};

const ENCODERS: Readonly<Record<Encoding, (text: string) => Buffer>> = {
  utf8: encodeBroken,
  utf16le: (text) => Buffer.from(text, 'utf16le'),
  utf16be: (text) => Buffer.from(text, 'utf16le').swap16(),
};

/**
 * Well-formed sequences (Unicode, table 3-7) in a text of one character for each byte. Their number is bounded, because
 * an expression that repeats for megabytes runs out of stack.
 */
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex -- it matches bytes
  /(?:[\x00-\x7F]|[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2}){1,4096}/g;

/** Added to a byte it makes the lone surrogate that stands for it. */
const ESCAPE = 0xdc00;

const escapeBytes = (bytes: string): string =>
  bytes.replaceAll(/./gs, (byte) => String.fromCharCode(ESCAPE + byte.charCodeAt(0)));

function decodeBroken(bytes: Buffer): string {
  const source = bytes.toString('latin1');
  const parts: string[] = [];
  let position = 0;
  for (const { 0: run, index } of source.matchAll(SEQUENCES)) {
    parts.push(escapeBytes(source.slice(position, index)), bytes.toString('utf8', index, index + run.length));
    position = index + run.length;
  }
  return [...parts, escapeBytes(source.slice(position))].join('');
}

function encodeBroken(text: string): Buffer {
  // A low surrogate without a high one before it.
  const [first = '', ...rest] = text.split(/(?<![\uD800-\uDBFF])([\uDC80-\uDCFF])/);
  const parts = rest.map((part, index) =>
    index % 2 === 0 ? Buffer.of(part.charCodeAt(0) - ESCAPE) : Buffer.from(part, 'utf8'),
  );
  return Buffer.concat([Buffer.from(first, 'utf8'), ...parts]);
}
