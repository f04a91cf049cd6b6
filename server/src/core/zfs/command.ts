/**
 * A zfs or zpool invocation as a value. Only `printCommand` turns one into argv and only
 * `shell/quote` turns argv into text: preview, dry run and execution show the same value.
 */
export interface Command {
  readonly program: 'zfs' | 'zpool';
  /** As in the tables, e.g. `send`; `recv` and other aliases are resolved by the parser. */
  readonly subcommand: string;
  /** Keyed by the flag's name in its table, e.g. `raw` for `-w`. */
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly operands: readonly string[];
}

/** `true` for a bare flag, a string for one with an argument, a list where the flag may be repeated. */
export type FlagValue = true | string | readonly string[];
