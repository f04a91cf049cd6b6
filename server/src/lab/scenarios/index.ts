import type { LabScenario } from '../scenario';
import { HUGE } from './huge';
import { on } from './lines';
import { TREE, VAULT } from './tree';

const MEBIBYTE = 2 ** 20;

/** How a lab can begin. */
export const SCENARIOS: readonly LabScenario[] = [
  { name: 'fresh', summary: 'An encrypted tree at the source, an empty pool at the target.', lines: TREE },
  {
    name: 'healthy',
    summary: 'A vault that its policy made, and something new at the source since.',
    lines: [...VAULT, ...on('source', 'head -c 3m /dev/urandom >/tank/prod/db/rows')],
  },
  {
    name: 'diverged',
    summary: 'A stream that was not raw went onto the vault: the guids agree, the ivsetguids do not.',
    lines: [
      ...VAULT,
      ...on(
        'source',
        `head -c 64k /dev/urandom >/tank/prod/db/leak
        zfs snapshot tank/prod/db@leak`,
      ),
      ...on('target', 'zfs load-key backup/prod'),
      {
        send: 'zfs send -i @rep-2026-11-01T020000Z tank/prod/db@leak',
        receive: 'zfs receive -u backup/prod/db',
      },
      ...on('target', 'zfs unload-key backup/prod'),
    ],
  },
  {
    name: 'interrupted',
    summary: 'A transfer that was cut half-way; the vault holds a resume token.',
    lines: [
      ...VAULT,
      ...on(
        'source',
        `head -c 48m /dev/urandom >/tank/prod/db/large
        zfs snapshot -r tank/prod@rep-2026-11-02T020000Z
        zfs hold -r rawsend:prod-to-vault:vault tank/prod@rep-2026-11-02T020000Z`,
      ),
      {
        send: 'zfs send -w -i @rep-2026-11-01T020000Z tank/prod/db@rep-2026-11-02T020000Z',
        receive: 'zfs receive -s -u backup/prod/db',
        bytes: 20 * MEBIBYTE,
      },
    ],
  },
  {
    name: 'plaintext-child',
    summary: 'Somebody made a dataset without encryption below the encrypted tree.',
    lines: [
      ...VAULT,
      ...on(
        'source',
        `zfs create -o encryption=off tank/prod/scratch
        head -c 1m /dev/urandom >/tank/prod/scratch/export.csv`,
      ),
    ],
  },
  {
    name: 'key-loaded',
    summary: 'Somebody loaded the key in the vault.',
    lines: [...VAULT, ...on('target', 'zfs load-key backup/prod')],
  },
  {
    name: 'demo',
    summary: 'As fresh, with 24 MiB more to send at 8 MiB a second: enough for a progress bar.',
    lines: [...TREE, ...on('source', 'head -c 24m /dev/urandom >/tank/prod/db/large')],
    links: { target: { rate: 8 * MEBIBYTE } },
  },
  HUGE,
  {
    name: 'slow',
    summary: 'The way to the target carries 2 MiB a second.',
    lines: [...TREE, ...on('source', 'head -c 64m /dev/urandom >/tank/prod/db/large')],
    links: { target: { rate: 2 * MEBIBYTE } },
  },
  {
    name: 'flaky',
    summary:
      'The way to the target is lost after every 24 MiB: several runs, each going on where the last one was cut.',
    lines: [...TREE, ...on('source', 'head -c 64m /dev/urandom >/tank/prod/db/large')],
    links: { target: { rate: 16 * MEBIBYTE, dropsAfter: 24 * MEBIBYTE } },
  },
];
