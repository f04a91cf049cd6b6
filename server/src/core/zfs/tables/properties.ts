import type { Subcommand } from '../subcommand';

const set: Subcommand = {
  program: 'zfs',
  name: 'set',
  aliases: [],
  summary: 'Sets properties of datasets',
  effect: 'writes',
  operands: {
    usage: 'PROPERTY=VALUE… DATASET|SNAPSHOT…',
    min: 2,
    kinds: ['property-assignment', 'dataset'],
  },
  flags: [
    {
      name: 'noMount',
      short: 'u',
      summary: 'Changes mountpoint, sharenfs or sharesmb without mounting or sharing anything now',
      since: '2.2',
    },
  ],
};

const inherit: Subcommand = {
  program: 'zfs',
  name: 'inherit',
  aliases: [],
  summary: 'Clears a property, so that it is inherited or falls back to its default',
  effect: 'writes',
  operands: { usage: 'PROPERTY DATASET|SNAPSHOT…', min: 2, kinds: ['property', 'dataset'] },
  flags: [
    { name: 'recursive', short: 'r', summary: 'Clears the property on every descendant too' },
    { name: 'received', short: 'S', summary: 'Goes back to the received value where there is one' },
  ],
};

export const PROPERTIES: readonly Subcommand[] = [set, inherit];
