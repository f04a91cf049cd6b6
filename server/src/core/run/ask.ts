/** The one port for questions to a person: a terminal, an editor, or nobody. */
export interface Ask {
  /** True only when a person looked at the fingerprint and accepted the unknown key. */
  readonly hostKey: (question: HostKeyQuestion) => Promise<boolean>;
  /** Undefined when nobody can answer or the person declined. Answers live in memory only. */
  readonly passphrase: (question: PassphraseQuestion) => Promise<string | undefined>;
}

export interface HostKeyQuestion {
  readonly kind: 'host-key';
  /** As ssh would write it into known_hosts: `host` or `[host]:port`. */
  readonly address: string;
  readonly algorithm: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

export interface PassphraseQuestion {
  readonly kind: 'passphrase';
  /** The private key's file. */
  readonly keyFile: string;
  /** Counts from 1; above 1 the answer before was wrong. */
  readonly attempt: number;
}

/** Refuses every question: for cron, CI and editors without a person. */
export const askNobody: Ask = {
  hostKey: () => Promise.resolve(false),
  passphrase: () => Promise.resolve(undefined),
};
