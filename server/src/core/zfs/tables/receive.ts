import type { Subcommand } from '../subcommand';

export const receive: Subcommand = {
  program: 'zfs',
  name: 'receive',
  aliases: ['recv'],
  summary: 'Makes or updates a dataset from the stream on standard input',
  effect: 'writes',
  operands: { usage: 'DATASET[@SNAPSHOT]', min: 1, max: 1, kinds: ['dataset'] },
  flags: [
    {
      name: 'resumable',
      short: 's',
      summary: 'Keeps what has arrived when the stream is cut, and leaves a receive_resume_token to go on with',
    },
    { name: 'noMount', short: 'u', summary: 'Does not mount what arrives; acts once, not at the next import or boot' },
    {
      name: 'force',
      short: 'F',
      summary:
        'Rolls the target back to the base, and with a -R stream destroys the snapshots and datasets that the source lacks',
      effects: ['rolls-back', 'destroys'],
    },
    {
      name: 'forceUnmount',
      short: 'M',
      summary: 'Unmounts the target by force while it is received',
      effects: ['unmounts'],
    },
    { name: 'skipHolds', short: 'h', summary: 'Does not make the holds that the stream carries' },
    {
      name: 'discardPool',
      short: 'd',
      summary: 'Names the target by the operand and the sent path without its pool',
    },
    { name: 'lastName', short: 'e', summary: 'Names the target by the operand and the last part of the sent path' },
    {
      name: 'set',
      short: 'o',
      argument: { name: 'PROPERTY=VALUE', kind: 'property-assignment' },
      repeatable: true,
      summary:
        'Sets a property at the target in place of what the stream says; covers the top dataset and what inherits from it',
    },
    {
      name: 'ignore',
      short: 'x',
      argument: { name: 'PROPERTY', kind: 'property' },
      repeatable: true,
      summary:
        'Ignores this property of the stream, so the target inherits or keeps its own; size limits such as quota only for the top dataset of a -R stream',
    },
    { name: 'verbose', short: 'v', summary: 'Prints what was received and how fast' },
    {
      name: 'dryRun',
      short: 'n',
      summary: 'Receives nothing, and with -v prints the name it would have',
      effects: ['dry-run'],
    },
    {
      name: 'corrective',
      short: 'c',
      summary: 'Repairs damaged blocks of an existing snapshot from the stream and makes nothing new',
      since: '2.2',
    },
    {
      name: 'abort',
      short: 'A',
      summary: 'Throws away what an interrupted receive had kept; takes no other flag and reads no stream',
      effects: ['destroys'],
    },
  ],
};
