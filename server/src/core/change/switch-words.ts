/** What can be switched to the less safe side and back. Each row holds both directions. */
import type { switches } from './safety-word';

export const SWITCH_WORDS = [
  {
    id: 'plaintext',
    unsafe: ({ send }) => !send.raw,
    on: [
      'now without -w',
      'asks for a send without -w: the source would decrypt, and whoever carries or receives the stream could read it. Rawsend refuses to plan that',
    ],
    off: ['now with -w', 'sends with -w again; a copy that was received without it takes no raw increment'],
  },
  {
    id: 'force',
    unsafe: ({ receive }) => receive.force === 'rollback',
    on: [
      'now allows -F',
      'allows `zfs receive -F`, which destroys at the target what the source does not have. Rawsend itself plans none, and a target that parted from its source stays a conflict',
    ],
    off: ['no -F any more', 'no longer allows `zfs receive -F`: a target that was changed is a conflict'],
  },
  {
    id: 'replica',
    unsafe: ({ replica }) => replica,
    on: [
      'declared a replica',
      'declares that the target is a replica and nothing else: `receive.force: rollback` may then be written, and `-F` into it in a runbook is no finding any more',
    ],
    off: ['no declared replica', 'no longer declares that there is nothing to lose at the target'],
  },
  {
    id: 'mount',
    unsafe: ({ receive }) => receive.mount,
    on: [
      'now mounts',
      'asks to mount what arrives: a write to it breaks the next increment. Rawsend refuses to plan that',
    ],
    off: ['mounts nothing', 'no longer mounts what arrives'],
  },
  {
    id: 'standby',
    unsafe: ({ intent }) => intent === 'standby',
    on: [
      'vault → standby',
      'the intent goes from vault to standby: that the target is not mounted, and cannot be, is no longer checked, and `keys.load: manual` may let keys be loaded there',
    ],
    off: [
      'standby → vault',
      'the intent goes from standby to vault: a key that is loaded at the target, or a dataset mounted there, is a conflict from the next run on',
    ],
  },
  {
    id: 'keys-loaded',
    unsafe: ({ keys }) => keys.load !== 'never',
    on: ['keys may be loaded', 'a key that is loaded at the target is no longer a conflict, nor a failed check'],
    off: ['keys never loaded', 'a key that is loaded at the target is a conflict from the next run on'],
  },
  {
    id: 'key-location',
    unsafe: ({ keys }) => keys.location !== 'prompt',
    on: [
      'key found by itself',
      'the target would find its key by itself, at the next `zpool import -l` or `zfs load-key -a`. Rawsend refuses to plan that',
    ],
    off: ['key asked for', 'the target asks a person for the key again'],
  },
  {
    id: 'writable',
    unsafe: ({ receive }) => receive.set['readonly'] !== 'on',
    on: [
      'no readonly=on',
      'readonly=on is no longer set: once mounted, the replica can be written to, which breaks the next increment; what has it already keeps it',
    ],
    off: ['readonly=on', 'readonly=on is set, on what is there at the next run, too'],
  },
  {
    id: 'mountable',
    unsafe: ({ receive }) => receive.set['mountpoint'] !== 'none',
    on: ['no mountpoint=none', 'mountpoint=none is no longer set: with its key loaded, a dataset can be mounted'],
    off: ['mountpoint=none', 'mountpoint=none is set, on what is there at the next run, too'],
  },
  {
    id: 'starts-over',
    unsafe: ({ receive }) => !receive.resumable,
    on: ['not resumable', 'a stream that is cut begins again from its start, and what had arrived is lost'],
    off: ['resumable', 'a stream that is cut goes on where it was'],
  },
  {
    id: 'fewer-snapshots',
    unsafe: ({ send }) => !send.intermediates,
    on: [
      'newest snapshot alone',
      'the snapshots between the base and the newest no longer reach the target: it has fewer points to go back to',
    ],
    off: ['with the snapshots between', 'the snapshots between the base and the newest reach the target, too'],
  },
  {
    id: 'children-left',
    unsafe: ({ recursive }) => !recursive,
    on: [
      'without children',
      'children are no longer replicated: their copies stay as they are, and the next change of the key at the source locks them there',
    ],
    off: ['with children', 'children are replicated, too: what the target does not have of them is sent in full'],
  },
  {
    id: 'schedule-gone',
    unsafe: ({ schedule }) => schedule === undefined,
    on: ['age unchecked', 'the schedule is gone: `rawsend verify` no longer notices that runs are missed'],
    off: ['age checked', 'with a schedule `rawsend verify` fails when runs are missed'],
  },
  {
    id: 'window-gone',
    unsafe: ({ window }) => window === undefined,
    on: ['at any time', 'the window is gone: runs begin at any time of day'],
    off: ['within a window', 'runs begin within a window only; one that a timer starts outside of it is refused'],
  },
  {
    id: 'rehearsal-unchecked',
    unsafe: ({ standby }) => standby === undefined,
    on: ['rehearsal unchecked', '`rawsend verify` no longer asks when loading the key was rehearsed'],
    off: ['rehearsal checked', '`rawsend verify` asks when loading the key was rehearsed'],
  },
  {
    id: 'restore-unchecked',
    unsafe: ({ escrow }) => escrow === undefined,
    on: ['restore unchecked', '`rawsend verify` no longer asks when a restore with the kept key was tried'],
    off: ['restore checked', '`rawsend verify` asks when a restore with the kept key was tried'],
  },
] satisfies readonly Parameters<typeof switches>[0][];
