import type { Flag } from '../subcommand';

export const scripted: Flag = {
  name: 'scripted',
  short: 'H',
  summary: 'Prints no header and puts one tab between columns, for programs',
};

export const exact: Flag = {
  name: 'exact',
  short: 'p',
  summary: 'Prints exact numbers: bytes, and seconds since 1970',
};

export const json: Flag = { name: 'json', short: 'j', long: 'json', summary: 'Prints JSON', since: '2.3' };

export const jsonInt: Flag = {
  name: 'jsonInt',
  long: 'json-int',
  summary: 'Prints numbers of the JSON as integers, which cuts guids above 9223372036854775807',
  since: '2.3',
};

export const columns: Flag = {
  name: 'columns',
  short: 'o',
  argument: { name: 'COLUMN[,COLUMN]…', kind: 'columns' },
  summary: 'Prints these columns',
};

export const recursive: Flag = { name: 'recursive', short: 'r', summary: 'Includes every descendant' };

export const depth: Flag = {
  name: 'depth',
  short: 'd',
  argument: { name: 'DEPTH', kind: 'number' },
  summary: 'Includes descendants down to this depth; 1 is the children',
};

export const types: Flag = {
  name: 'types',
  short: 't',
  argument: { name: 'TYPE[,TYPE]…', kind: 'types' },
  summary: 'Shows only these kinds: filesystem, volume, snapshot, bookmark or all',
};

export const property: Flag = {
  name: 'set',
  short: 'o',
  argument: { name: 'PROPERTY=VALUE', kind: 'property-assignment' },
  repeatable: true,
  summary: 'Sets a property at creation',
};
