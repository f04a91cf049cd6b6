import type { LabScenario } from '../scenario';
import { on } from './lines';

/** 2,000 datasets in 40 groups, with 100 snapshots each. */
export const HUGE: LabScenario = {
  name: 'huge',
  summary: '2,000 datasets and 200,000 snapshots at the source.',
  pools: { source: 100 * 2 ** 40, target: 100 * 2 ** 40 },
  lines: on(
    'source',
    `zfs create -o encryption=aes-256-gcm -o keyformat=passphrase tank/prod
    for group in $(seq 40); do zfs create tank/prod/team$group; for home in $(seq 49); do zfs create tank/prod/team$group/home$home; done; done
    for day in $(seq 100); do head -c 64k /dev/urandom >/tank/prod/team1/home1/day$day; zfs snapshot -r tank/prod@day$day; done`,
  ),
};
