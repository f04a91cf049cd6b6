/**
 * Flags that zfs refuses together, or without another, as zfs_do_send and zfs_do_receive check them before anything is done
 * (measured on 2.3.2). What it refuses beside `-t` is another matter: there the token decides.
 */
export interface FlagConflict {
  readonly subcommand: 'send' | 'receive';
  /** By its name in the table of the subcommand. */
  readonly flag: string;
  /** Refused beside any of these. */
  readonly beside?: readonly string[];
  /** Refused unless this one is there. */
  readonly without?: string;
  /** Why, and what to do. */
  readonly advice: string;
}

export const FLAG_CONFLICTS: readonly FlagConflict[] = [
  {
    subcommand: 'send',
    flag: 'intermediates',
    beside: ['incremental'],
    advice: 'both name the base; keep -I to send the snapshots between too, -i to leave them out',
  },
  {
    subcommand: 'send',
    flag: 'exclude',
    without: 'replicate',
    advice: 'it leaves datasets out of a -R stream, and without -R only one is sent',
  },
  {
    subcommand: 'send',
    flag: 'skipMissing',
    without: 'replicate',
    advice: 'it skips children of a -R stream, and without -R none are sent',
  },
  {
    subcommand: 'send',
    flag: 'saved',
    beside: [
      'raw',
      'replicate',
      'props',
      'backup',
      'holds',
      'largeBlock',
      'embed',
      'compressed',
      'incremental',
      'intermediates',
      'redact',
    ],
    advice: 'the saved state says what is sent and how',
  },
  {
    subcommand: 'send',
    flag: 'redact',
    beside: ['raw', 'replicate', 'intermediates'],
    advice: 'a redacted stream is of one snapshot and is never raw',
  },
  {
    subcommand: 'receive',
    flag: 'lastName',
    beside: ['discardPool'],
    advice: 'both make the name of the target from the one that was sent; keep one',
  },
  {
    subcommand: 'receive',
    flag: 'abort',
    beside: ['discardPool', 'lastName', 'dryRun', 'resumable', 'noMount'],
    advice: 'it throws away what an interrupted receive had kept and receives nothing',
  },
];
