/**
 * Flags and subcommands that our tables lack because another ZFS, or a later one, has them: Oracle Solaris (`key`, `send -r`,
 * `get -e`, `set -r`), illumos and OpenZFS 0.8 (`remap`), and OpenZFS after 2.4 (`send -U`, `bookmark -r`). Where nothing says which
 * ZFS a document is for they are no mistake.
 */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  zfs: ['key', 'remap'],
  zpool: ['monitor', 'remap'],
  'zfs send': ['-r', '-U', '--no-preserve-encryption'],
  'zfs get': ['-e'],
  'zfs set': ['-r', '-c'],
  'zfs bookmark': ['-r'],
};

/** `command` is the program, with the subcommand for a flag. */
export const isForeign = (command: string, written: string): boolean => FOREIGN[command]?.includes(written) ?? false;
