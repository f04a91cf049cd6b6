/**
 * The shape of the command tables. Everything that knows what a flag is (parser, printer, hover, completion,
 * version gates, what is destroyed) reads these values, so a flag is described once.
 */
export interface Subcommand {
  readonly program: 'zfs' | 'zpool';
  readonly name: string;
  readonly aliases: readonly string[];
  /** One sentence, for hover. */
  readonly summary: string;
  readonly effect: Effect;
  readonly operands: Operands;
  /** In the order in which commands are printed. */
  readonly flags: readonly Flag[];
}

export interface Flag {
  /** The key in `Command.flags`; camelCase. */
  readonly name: string;
  /** One character, without the dash. A flag has this or `long`, most have both. */
  readonly short?: string;
  /** Without the dashes. */
  readonly long?: string;
  readonly argument?: Argument;
  /** Every occurrence counts; of other flags with an argument the last one wins. */
  readonly repeatable?: true;
  /** One sentence, for hover. */
  readonly summary: string;
  /** Absent when every version from 2.1 on has it. */
  readonly since?: Version;
  readonly effects?: readonly Effect[];
  /** With this flag the command takes no operands, e.g. `zfs send -t TOKEN`. */
  readonly replacesOperands?: true;
}

/** The release that brought a flag; tables know 2.1 to 2.4. */
export type Version = '2.1.10' | '2.2' | '2.2.3' | '2.2.4' | '2.3';

/** The first release of which the tables know nothing; what they lack may be there. */
export const LATEST_KNOWN = '2.5';

export interface Argument {
  /** As usage texts show it, in capitals. */
  readonly name: string;
  readonly kind: ArgumentKind;
}

export type ArgumentKind =
  | 'bookmark'
  | 'columns'
  | 'dataset'
  | 'datasets'
  | 'directory'
  | 'hold-tag'
  | 'key-location'
  | 'mount-options'
  | 'number'
  | 'pool'
  | 'property'
  | 'property-assignment'
  | 'size'
  | 'snapshot'
  | 'sources'
  | 'time-format'
  | 'token'
  | 'types'
  | 'value'
  | 'version';

/** What a command or a flag does to a host; `reads` for what changes nothing. */
export type Effect =
  | 'reads'
  | 'writes'
  | 'destroys'
  | 'rolls-back'
  | 'releases'
  | 'loads-keys'
  | 'unloads-keys'
  | 'changes-keys'
  | 'mounts'
  | 'unmounts'
  | 'dry-run';

export interface Operands {
  /** As usage texts show them, e.g. `TAG SNAPSHOT…`. */
  readonly usage: string;
  readonly min: number;
  /** Absent where any number is taken. */
  readonly max?: number;
  /** What each operand is, by position; the last kind holds for all that follow. */
  readonly kinds: readonly ArgumentKind[];
}
