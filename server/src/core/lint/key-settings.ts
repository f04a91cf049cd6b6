import type { ArgumentWord, Invocation } from '../runbook/runbook';
import type { Span } from '../text/span';
import { settingsOf } from './commands';
import { readPoolCreate } from './pool-create';

/** A property that a command sets, or the key location of `load-key -L`. */
export interface KeySetting {
  readonly shown: string;
  readonly span: Span;
}

/** What a command says about the encryption of a dataset, or of a pool's root dataset. */
export interface KeySettings {
  /** `NAME=VALUE`, and `keylocation=…` for `-L` too. */
  readonly settings: readonly KeySetting[];
  readonly dataset: ArgumentWord | undefined;
}

/** Of create, set, change-key, load-key, receive and `zpool create`. */
export function keySettings(invocation: Invocation): KeySettings {
  const { command, operands, flags } = invocation;
  const pool = readPoolCreate(invocation);
  if (pool) return { settings: pool.settings, dataset: pool.pool };
  const set = settingsOf(invocation, 'set').map(({ site, shown }) => ({ shown, span: site.value?.span ?? site.span }));
  const written = command?.subcommand === 'set' ? operands.slice(0, -1) : [];
  const once = (flags['keyLocation'] ?? []).flatMap(({ value }) =>
    value ? [{ shown: `keylocation=${value.shown}`, span: value.span }] : [],
  );
  return { settings: [...set, ...written, ...once], dataset: operands.at(-1) };
}
