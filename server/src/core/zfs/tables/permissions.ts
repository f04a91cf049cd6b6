import type { Flag, Subcommand } from '../subcommand';

const scopes: readonly Flag[] = [
  { name: 'local', short: 'l', summary: 'For this dataset only' },
  { name: 'descendants', short: 'd', summary: 'For what is below this dataset only' },
];
const everyone: Flag = { name: 'everyone', short: 'e', summary: 'For every user' };
const users: Flag = { name: 'user', short: 'u', summary: 'The name is that of a user' };
const groups: Flag = { name: 'group', short: 'g', summary: 'The name is that of a group' };
const created: Flag = { name: 'created', short: 'c', summary: 'For whoever makes a dataset below, on that dataset' };
const help: Flag = { name: 'help', short: 'h', summary: 'Shows the permissions there are' };
const named: Flag = { name: 'named', short: 's', summary: 'Names a set of permissions' };

const allow: Subcommand = {
  program: 'zfs',
  name: 'allow',
  aliases: [],
  summary: 'Lets users who are not root do something with a dataset, or shows what is allowed',
  effect: 'writes',
  operands: { usage: '[USER[,USER]… PERMISSION[,PERMISSION]…] DATASET', min: 1, max: 3, kinds: ['value'] },
  flags: [...scopes, users, groups, everyone, created, named, help],
};

const unallow: Subcommand = {
  program: 'zfs',
  name: 'unallow',
  aliases: [],
  summary: 'Takes permissions back',
  effect: 'writes',
  operands: { usage: 'USER[,USER]… [PERMISSION[,PERMISSION]…] DATASET', min: 1, max: 3, kinds: ['value'] },
  flags: [
    ...scopes,
    users,
    groups,
    everyone,
    created,
    named,
    help,
    { name: 'recursive', short: 'r', summary: 'On every dataset below too' },
  ],
};

export const PERMISSIONS: readonly Subcommand[] = [allow, unallow];
