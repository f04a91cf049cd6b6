import { countOf } from '../text/count-of';
import { formatBytes } from '../text/format-bytes';
import type { Afterwards, DatasetAfterwards, Destroyed, Hold, SourceAfterwards } from './afterwards';
import type { Job } from './plan';

/** More than this nobody reads; the JSON form has all. */
const SHOWN_DATASETS = 12;
const SHOWN_LOSSES = 50;

/** What the job leaves behind, as lines below its steps: what all datasets share is said once. */
export function formatAfterwards(job: Job, afterwards: Afterwards): readonly string[] {
  const { stop, target, source, destroys } = afterwards;
  const isKnown = stop?.reason !== 'unknown';
  return [
    isKnown ? '  afterwards' : `  afterwards: not foreseen: ${stop.message} (${stop.step})`,
    ...(stop?.reason === 'fails' ? [`    ${stop.step} will fail, and leave this: ${oneLine(stop.message)}`] : []),
    ...(isKnown ? targetLines(job, target) : []),
    ...sourceLines(job, source),
    ...destroyedLines(destroys),
  ];
}

const oneLine = (text: string): string => text.split('\n').join('; ');

function targetLines({ target: { host } }: Job, datasets: readonly DatasetAfterwards[]): readonly string[] {
  if (datasets.length === 0) return [`    ${host}: no dataset`];
  const newest = mostCommon(datasets.flatMap(({ newestSnapshot }) => newestSnapshot ?? []));
  const shared = [
    ...(datasets.some(({ keyStatus }) => keyStatus === 'available') ? [] : ['no key loaded']),
    ...(datasets.some(({ mounted }) => mounted) ? [] : ['nothing mounted']),
  ];
  const at = newest === undefined ? '' : ` at @${newest}`;
  const head = `    ${host}: ${countOf(datasets.length, 'dataset')}${at}`;
  const shown = datasets.slice(0, SHOWN_DATASETS);
  const width = Math.max(...shown.map(({ name }) => name.length));
  return [
    [head, ...shared].join(', '),
    ...shown.map((dataset) => `      ${dataset.name.padEnd(width)}  ${describe(dataset, newest)}`),
    ...(datasets.length > shown.length ? [`      and ${datasets.length - shown.length} more`] : []),
  ];
}

function describe(dataset: DatasetAfterwards, newest: string | undefined): string {
  const { name, isNew, snapshots, newSnapshots, encryptionRoot, keyLocation, newestSnapshot } = dataset;
  const gained = newSnapshots > 0 && !isNew ? ` (${newSnapshots} new)` : '';
  return [
    ...(isNew ? ['new'] : []),
    `${countOf(snapshots, 'snapshot')}${gained}`,
    ...(newestSnapshot === newest || newestSnapshot === undefined ? [] : [`at @${newestSnapshot}`]),
    encryptionRoot === undefined
      ? 'not encrypted'
      : encryptionRoot === name
        ? `encryption root, keylocation ${keyLocation ?? 'none'}`
        : `key of ${encryptionRoot}`,
    ...(dataset.keyStatus === 'available' ? ['key loaded'] : []),
    ...(dataset.mounted ? ['mounted'] : []),
  ].join(', ');
}

function sourceLines({ source: { host } }: Job, source: SourceAfterwards): readonly string[] {
  const taken = namesOf(source.snapshots);
  const held = namesOf(source.holds.map(snapshotOf));
  const released = namesOf(source.releases.map(snapshotOf));
  const datasets = new Set(source.snapshots.map((name) => name.split('@')[0]));
  const [taking, ...more] = taken;
  const place = held.length === 1 && held[0] === taking && more.length === 0 ? 'there' : `to ${held.join(', ')}`;
  const parts = [
    ...(taken.length > 0 ? [`${countOf(datasets.size, 'dataset')} with ${taken.join(' and ')}`] : []),
    ...(held.length > 0 && released.length > 0 ? [`the hold moves ${place} from ${released.join(', ')}`] : []),
    ...(held.length > 0 && released.length === 0 ? [`a hold on ${held.join(', ')}`] : []),
    ...(held.length === 0 && released.length > 0 ? [`the hold on ${released.join(', ')} is released`] : []),
  ];
  return parts.length === 0 ? [] : [`    ${host}: ${parts.join(', ')}`];
}

const snapshotOf = ({ snapshot }: Hold): string => snapshot;

/** The names after `@`, each once. */
const namesOf = (snapshots: readonly string[]): readonly string[] => [
  ...new Set(snapshots.map((name) => `@${name.split('@')[1] ?? ''}`)),
];

function destroyedLines({ datasets, snapshots, written, unknown }: Destroyed): readonly string[] {
  const whole = new Set(datasets.map(({ host, name }) => `${host}:${name}`));
  const isApart = ({ host, name }: { readonly host: string; readonly name: string }): boolean =>
    !whole.has(`${host}:${name.split('@')[0] ?? ''}`);
  const lines = [
    ...datasets.map(({ host, name, used }) => {
      const inside = snapshots.filter((one) => one.host === host && one.name.startsWith(`${name}@`)).length;
      const also = inside === 0 ? '' : ` with ${countOf(inside, 'snapshot')}`;
      return `${host}:${name} (${formatBytes(used)})${also}`;
    }),
    ...snapshots
      .filter(isApart)
      .map(
        ({ host, name, referenced, used }) =>
          `${host}:${name} (${formatBytes(referenced)}, of which it alone keeps ${formatBytes(used)})`,
      ),
    ...written.map(
      ({ host, dataset, bytes }) =>
        `${formatBytes(bytes)} written to ${host}:${dataset} since its newest snapshot that stays`,
    ),
    ...(unknown.length > 0 ? [`perhaps more: ${unknown.join(', ')} can destroy and ${was(unknown)} not foreseen`] : []),
  ];
  if (lines.length === 0) return ['  destroys: nothing'];
  const more = lines.length - SHOWN_LOSSES;
  return [
    '  destroys:',
    ...lines.slice(0, SHOWN_LOSSES).map((line) => `    ${line}`),
    ...(more > 0 ? [`    and ${more} more, which --format json names`] : []),
  ];
}

const was = (ids: readonly string[]): string => (ids.length === 1 ? 'was' : 'were');

function mostCommon(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce<readonly [string, number] | undefined>(
    (best, entry) => (best === undefined || entry[1] > best[1] ? entry : best),
    undefined,
  )?.[0];
}
