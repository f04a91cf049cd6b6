import { utils } from 'ssh2';

export interface KeyPair {
  /** The private half, in OpenSSH's format. */
  readonly secret: string;
  /** The public half: algorithm and key. */
  readonly open: string;
}

/** A key for this lab alone. */
export function makeKey(comment: string): KeyPair {
  const { private: secret, public: open } = utils.generateKeyPairSync('ed25519', { comment });
  return { secret, open: open.split(' ').slice(0, 2).join(' ') };
}
