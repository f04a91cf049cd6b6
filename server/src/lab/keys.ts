import { utils } from 'ssh2';

export interface KeyPair {
  /** The private half, in OpenSSH's format. */
  readonly secret: string;
  /** The public half: algorithm and key. */
  readonly open: string;
}

/**
 * A key for this lab alone. ssh2 1.17 makes some keys that it cannot read (6 of 1,000 here): such a one is made again.
 */
export function makeKey(comment: string): KeyPair {
  for (;;) {
    const { private: secret, public: open } = utils.generateKeyPairSync('ed25519', { comment });
    if (!(utils.parseKey(secret) instanceof Error)) return { secret, open: open.split(' ').slice(0, 2).join(' ') };
  }
}
