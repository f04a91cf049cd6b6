import type { Call } from '../runbook/runbook';
import { textOf } from '../shell/placed-text';

/** What a program does to the stream that goes through it. */
export interface Compressor {
  /** Programs of one family read each other's output. */
  readonly family: string;
  readonly expands: boolean;
}

/** Families of programs that compress a stream, and the names that only expand one. */
const FAMILIES: readonly (readonly [string, RegExp, RegExp])[] = [
  ['gzip', /^(?:gzip|pigz)$/, /^(?:gunzip|unpigz|g?zcat)$/],
  ['bzip2', /^(?:bzip2|pbzip2|lbzip2)$/, /^(?:bunzip2|bzcat|lbunzip2|lbzcat)$/],
  ['xz', /^(?:xz|pxz|pixz|lzma)$/, /^(?:unxz|xzcat|unlzma|lzcat)$/],
  ['zstd', /^(?:zstd|zstdmt|pzstd)$/, /^(?:unzstd|zstdcat)$/],
  ['lz4', /^lz4c?$/, /^(?:unlz4|lz4cat)$/],
  ['lzop', /^lzop$/, /^unlzop$/],
  ['lzip', /^(?:lzip|plzip)$/, /^lunzip$/],
  ['brotli', /^brotli$/, /^unbrotli$/],
  ['compress', /^compress$/, /^uncompress$/],
];

export function compressorOf({ name, args }: Call): Compressor | undefined {
  for (const [family, compresses, expands] of FAMILIES) {
    if (expands.test(name)) return { family, expands: true };
    if (compresses.test(name)) {
      const words = args.map((field) => textOf(field.text));
      // A test, a listing, and text for people carry nothing.
      if (words.some((word) => /^--(?:test|list|help|version)$|^-[A-Za-z]*[tlV]$/.test(word))) return undefined;
      return {
        family,
        expands: words.some((word) => /^--(?:decompress|uncompress)$|^-[A-Za-z0-9]*d/.test(word)),
      };
    }
  }
  return undefined;
}

/** Whether the program encrypts or decrypts what goes through it with a key of its own. */
export function cipherOf({ name, args }: Call): 'encrypts' | 'decrypts' | undefined {
  const words = args.map((field) => textOf(field.text));
  if (name === 'openssl') {
    const isCipher = /^(?:enc|smime|cms|aes-?\d+-?\w+|camellia\w*|des\w*|chacha20)$/.test(words[0] ?? '');
    if (!isCipher) return undefined;
  } else if (!/^(?:gpg2?|age|rage|ccrypt|ccencrypt|ccdecrypt|ccat|mcrypt|mdecrypt|aespipe|aescrypt)$/.test(name)) {
    return undefined;
  }
  const decrypts = /^(?:ccdecrypt|ccat|mdecrypt)$/.test(name) || words.some((word) => /^(?:-d|--?decrypt)$/.test(word));
  return decrypts ? 'decrypts' : 'encrypts';
}
