import type { Flag, Subcommand } from '../subcommand';
import { columns, exact, json, jsonInt, scripted } from './output-flags';

const jsonByGuid: Flag = {
  name: 'jsonPoolKeyGuid',
  long: 'json-pool-key-guid',
  summary: 'Names the pools of the JSON by guid',
  since: '2.3',
};
const vdevGuids: Flag = { name: 'vdevGuids', short: 'g', summary: 'Shows the guids of vdevs in place of their names' };
const realPaths: Flag = { name: 'realPaths', short: 'L', summary: 'Shows the devices that links lead to' };
const fullPaths: Flag = { name: 'fullPaths', short: 'P', summary: 'Shows the full paths of vdevs' };
const time: Flag = {
  name: 'time',
  short: 'T',
  argument: { name: 'u|d', kind: 'time-format' },
  summary: 'Prints the time before each output, as seconds (u) or as a date (d)',
};

const list: Subcommand = {
  program: 'zpool',
  name: 'list',
  aliases: [],
  summary: 'Lists pools with their size, space and health',
  effect: 'reads',
  operands: { usage: '[POOL]… [INTERVAL [COUNT]]', min: 0, kinds: ['pool'] },
  flags: [
    scripted,
    exact,
    json,
    jsonInt,
    jsonByGuid,
    vdevGuids,
    realPaths,
    fullPaths,
    { name: 'verbose', short: 'v', summary: 'Shows the vdevs of each pool too' },
    time,
    columns,
  ],
};

const get: Subcommand = {
  program: 'zpool',
  name: 'get',
  aliases: [],
  summary: 'Prints properties of pools or vdevs with their values and where these come from',
  effect: 'reads',
  operands: { usage: 'all|PROPERTY[,PROPERTY]… [POOL [VDEV]…]', min: 1, kinds: ['columns', 'pool'] },
  flags: [scripted, exact, json, jsonInt, jsonByGuid, columns],
};

const status: Subcommand = {
  program: 'zpool',
  name: 'status',
  aliases: [],
  summary: 'Shows the health of pools and their vdevs, and what can be done about errors',
  effect: 'reads',
  operands: { usage: '[POOL]… [INTERVAL [COUNT]]', min: 0, kinds: ['pool'] },
  flags: [
    exact,
    json,
    jsonInt,
    jsonByGuid,
    {
      name: 'jsonFlatVdevs',
      long: 'json-flat-vdevs',
      summary: 'Prints the vdevs of the JSON as a flat list',
      since: '2.3',
    },
    { name: 'onlyTroubled', short: 'x', summary: 'Shows only pools that have errors or are not available' },
    { name: 'onlyUnhealthyVdevs', short: 'e', summary: 'Shows only vdevs that are not online', since: '2.2.3' },
    { name: 'verbose', short: 'v', summary: 'Lists the files with errors too' },
    { name: 'dedup', short: 'D', summary: 'Shows statistics of deduplication' },
    { name: 'directErrors', short: 'd', summary: 'Shows checksum errors of direct IO', since: '2.3' },
    { name: 'initializing', short: 'i', summary: 'Shows how far vdevs are initialized' },
    { name: 'slow', short: 's', summary: 'Shows the number of slow IOs' },
    { name: 'trim', short: 't', summary: 'Shows how far vdevs are trimmed' },
    { name: 'power', long: 'power', summary: 'Shows the power state of slots', since: '2.2.3' },
    vdevGuids,
    realPaths,
    fullPaths,
    time,
    {
      name: 'script',
      short: 'c',
      argument: { name: 'SCRIPT[,SCRIPT]…', kind: 'value' },
      summary: 'Runs scripts of zpool.d for each vdev and shows their output',
    },
  ],
};

export const ZPOOL: readonly Subcommand[] = [list, get, status];
