import type { KnownError } from './known-error';

/** Keys and where they come from. */
export const KEY_ERRORS: readonly KnownError[] = [
  {
    code: 'key-not-loaded',
    pattern:
      /(?:dataset|inherited) key must be loaded|Keys must be loaded for encryption root|encryption key not loaded/,
    meaning: 'the key of the encryption root is not loaded',
    advice: 'send raw, which needs no key, or load the key where that is intended',
  },
  {
    code: 'wrong-key',
    pattern: /Incorrect key provided/,
    meaning: 'this is not the key of the dataset',
    advice:
      'use the key that the dataset had when this snapshot was sent: replicas learn of a new key with their next increment',
  },
  {
    code: 'key-already-loaded',
    pattern: /Key already loaded/,
    meaning: 'the key is loaded already',
    advice: 'nothing has to be done',
  },
  {
    code: 'key-already-unloaded',
    pattern: /Key already unloaded/,
    meaning: 'the key is not loaded',
    advice: 'nothing has to be done',
  },
  {
    code: 'key-file-unreadable',
    pattern: /Failed to open key material file/,
    meaning: 'the key file of keylocation cannot be read',
    advice: 'give the key by hand with `zfs load-key -L prompt`, or put the file in its place',
  },
  {
    code: 'key-unreadable',
    pattern: /encryption failure/,
    meaning: 'no key could be read, most often because nobody was there to type it',
    advice: 'run the command on a terminal, or pipe the key into it',
  },
  {
    code: 'key-length',
    pattern: /Passphrase too (?:short|long)|(?:Raw|Hex) key too (?:short|long)/,
    meaning: 'the key has the wrong length',
    advice: 'a passphrase has at least 8 characters, a raw key 32 bytes, a hex key 64 digits',
  },
  {
    code: 'not-encrypted',
    pattern: /is not encrypted/,
    meaning: 'the dataset is not encrypted and has no key',
    advice: 'name an encrypted dataset',
  },
  {
    code: 'keylocation-none',
    // `zfs receive -o keylocation=none` aborts with the second text.
    pattern:
      /keylocation must not be 'none' for encrypted datasets|cannot receive keylocation property .+: Invalid argument/,
    meaning: 'an encryption root always has a keylocation',
    advice: 'set keylocation=prompt, which loads nothing by itself',
  },
  {
    code: 'keylocation-clear',
    pattern: /keylocation must be 'none' for unencrypted datasets/,
    meaning: 'an unencrypted dataset has no keylocation',
    advice: 'leave it unset',
  },
  {
    code: 'keylocation-not-root',
    pattern: /keylocation may only be set on encryption roots/,
    meaning: 'the dataset inherits its key, so only its encryption root has a keylocation',
    advice: 'set it on the encryption root',
  },
  {
    code: 'keylocation-invalid',
    pattern: /Invalid keylocation/,
    meaning: 'this is no keylocation',
    advice: 'write prompt, file:///PATH, https://URL or http://URL',
  },
];
