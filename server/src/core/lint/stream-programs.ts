import type { Call } from '../runbook/runbook';
import { textOf } from '../shell/placed-text';

/** What a program does to the stream that goes through it. */
export interface Compressor {
  /** Programs of one family read each other's output. */
  readonly family: string;
  readonly expands: boolean;
}

/** Families of programs that compress a stream, and of those the names that only expand one. */
const FAMILIES: Readonly<Record<string, readonly [compress: string, expand: string]>> = {
  gzip: ['gzip pigz', 'gunzip unpigz zcat gzcat'],
  bzip2: ['bzip2 pbzip2 lbzip2', 'bunzip2 bzcat lbunzip2 lbzcat'],
  xz: ['xz pxz pixz lzma', 'unxz xzcat unlzma lzcat'],
  zstd: ['zstd zstdmt pzstd', 'unzstd zstdcat'],
  lz4: ['lz4 lz4c', 'unlz4 lz4cat'],
  lzop: ['lzop', 'unlzop'],
  lzip: ['lzip plzip', 'lunzip'],
  brotli: ['brotli', 'unbrotli'],
  compress: ['compress', 'uncompress'],
};

const COMPRESSORS: ReadonlyMap<string, Compressor> = new Map<string, Compressor>(
  Object.entries(FAMILIES).flatMap(([family, [compress, expand]]) => [
    ...compress.split(' ').map((name) => [name, { family, expands: false }] as const),
    ...expand.split(' ').map((name) => [name, { family, expands: true }] as const),
  ]),
);

export function compressorOf({ name, args }: Call): Compressor | undefined {
  const known = COMPRESSORS.get(name);
  if (!known || known.expands) return known;
  const words = args.map((field) => textOf(field.text));
  // A test, a listing, and text for people carry nothing.
  if (words.some((word) => /^--(?:test|list|help|version)$|^-[A-Za-z]*[tlV]$/.test(word))) return undefined;
  return { ...known, expands: words.some((word) => /^--(?:decompress|uncompress)$|^-[A-Za-z0-9]*d/.test(word)) };
}

const CIPHERS: ReadonlySet<string> = new Set(
  'openssl gpg gpg2 age rage ccrypt ccencrypt ccdecrypt ccat mcrypt mdecrypt aespipe aescrypt'.split(' '),
);

const OPENSSL = /^(?:enc|smime|cms|aes-?\d+-?\w+|camellia\w*|des\w*|chacha20)$/;

/** Whether the program encrypts or decrypts what goes through it with a key of its own. */
export function cipherOf({ name, args }: Call): 'encrypts' | 'decrypts' | undefined {
  if (!CIPHERS.has(name)) return undefined;
  const words = args.map((field) => textOf(field.text));
  if (name === 'openssl' && !OPENSSL.test(words[0] ?? '')) return undefined;
  const decrypts = /^(?:ccdecrypt|ccat|mdecrypt)$/.test(name) || words.some((word) => /^(?:-d|--?decrypt)$/.test(word));
  return decrypts ? 'decrypts' : 'encrypts';
}
