import type { Flag, Subcommand } from '../subcommand';

const content: readonly Flag[] = [
  {
    name: 'raw',
    short: 'w',
    long: 'raw',
    summary:
      'Sends encrypted blocks as they lie on disk: no key is needed and the receiver cannot read them; encrypts nothing by itself',
  },
  {
    name: 'replicate',
    short: 'R',
    long: 'replicate',
    summary: 'Sends the dataset with its descendants, properties, snapshots up to the named one, and clones',
  },
  { name: 'props', short: 'p', long: 'props', summary: 'Sends the properties of the dataset; implied by -R' },
  {
    name: 'backup',
    short: 'b',
    long: 'backup',
    summary: 'Sends received property values in place of local ones, to restore what was backed up; implies -p',
  },
  { name: 'holds', short: 'h', long: 'holds', summary: 'Sends the hold tags of the snapshots' },
  {
    name: 'compressed',
    short: 'c',
    long: 'compressed',
    summary: 'Sends compressed blocks compressed, as they lie on disk; implied by -w',
  },
  {
    name: 'embed',
    short: 'e',
    long: 'embed',
    summary: 'Sends small blocks inside their pointers, as they lie on disk; implied by -w',
  },
  {
    name: 'largeBlock',
    short: 'L',
    long: 'large-block',
    summary: 'Keeps blocks above 128 KiB whole; implied by -w, and never to be changed between increments',
  },
  {
    name: 'dedup',
    short: 'D',
    long: 'dedup',
    summary: 'Has no effect: deduplicated streams were removed, and zfs prints a warning and sends a normal one',
  },
  {
    name: 'skipMissing',
    short: 's',
    long: 'skip-missing',
    summary: 'With -R, leaves out descendants that lack the snapshot, and still exits with 0',
  },
];

const report: readonly Flag[] = [
  {
    name: 'dryRun',
    short: 'n',
    long: 'dryrun',
    summary: 'Sends nothing; with -v or -P prints what would be sent and how large it is',
    effects: ['dry-run'],
  },
  {
    name: 'verbose',
    short: 'v',
    long: 'verbose',
    summary: 'Prints the snapshots, their sizes and, once a second, the progress on standard error',
  },
  {
    name: 'parsable',
    short: 'P',
    long: 'parsable',
    summary: 'Prints sizes in bytes between tabs, for programs; implies -v',
  },
  {
    name: 'proctitle',
    short: 'V',
    long: 'proctitle',
    summary: 'Shows the progress in the title of the process',
    since: '2.1.10',
  },
];

const range: readonly Flag[] = [
  {
    name: 'incremental',
    short: 'i',
    argument: { name: 'SNAPSHOT|BOOKMARK', kind: 'snapshot' },
    summary: 'Sends the difference from this base in one step, without the snapshots between',
  },
  {
    name: 'intermediates',
    short: 'I',
    argument: { name: 'SNAPSHOT', kind: 'snapshot' },
    summary: 'Sends the difference from this snapshot with every snapshot between; takes no bookmark',
  },
  {
    name: 'exclude',
    short: 'X',
    long: 'exclude',
    argument: { name: 'DATASET[,DATASET]…', kind: 'datasets' },
    repeatable: true,
    summary: 'With -R, leaves out these datasets, named in full, and everything below them',
    since: '2.2',
  },
  {
    name: 'redact',
    short: 'd',
    long: 'redact',
    argument: { name: 'BOOKMARK', kind: 'bookmark' },
    summary: 'Leaves out the blocks that this redaction bookmark lists',
  },
  {
    name: 'token',
    short: 't',
    long: 'resume',
    argument: { name: 'TOKEN', kind: 'token' },
    summary:
      'Goes on with an interrupted stream by the receive_resume_token of the target; the token knows whether it is raw',
    replacesOperands: true,
  },
  {
    name: 'saved',
    short: 'S',
    long: 'saved',
    summary: 'Sends the partly received state of a dataset, as a stream that can itself be resumed',
  },
];

export const send: Subcommand = {
  program: 'zfs',
  name: 'send',
  aliases: [],
  summary: 'Writes a snapshot, or the difference between two, as a stream to standard output',
  effect: 'reads',
  operands: { usage: 'SNAPSHOT', min: 1, max: 1, kinds: ['snapshot'] },
  flags: [...content, ...report, ...range],
};
