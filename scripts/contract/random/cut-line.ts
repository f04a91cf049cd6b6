import { recordSize } from '../../../server/src/core/model/stream';
import type { Stream } from '../../../server/src/core/model/stream';
import { playLine } from '../play-on-model';
import type { World } from '../play-on-model';
import type { Random } from '../../fuzz/random';

/**
 * The same pipeline, cut well within what was written into a dataset, so that some of it has arrived on either side and what is left
 * fills a pipe: only the payload of a stream is of the same size in the model. Undefined where nothing is that large.
 */
export function cutLine(world: World, line: string, random: Random): string | undefined {
  const [send = '', receive] = line.split(' | ');
  const { state } = world;
  playLine(world, `${send} > probe`);
  world.state = state;
  const places = placesToCut(world.kept.get('probe') ?? { records: [] });
  world.kept.delete('probe');
  if (places.length === 0 || receive === undefined) return undefined;
  const bytes = random.pick(places) + random.between(100_000, 150_000);
  const kept = / -s\b/.test(receive) || random.chance(0.3) ? receive : receive.replace('zfs receive', 'zfs receive -s');
  return `${send} | head -c ${bytes} | ${kept}`;
}

const LARGE = 250_000;

/** Where a run of data begins that is large enough. */
function placesToCut({ records }: Stream): readonly number[] {
  const places: number[] = [];
  let offset = 0;
  let run = { from: 0, bytes: 0 };
  for (const record of [...records, { kind: 'conclusion' } as const]) {
    if (record.kind === 'data') run = { ...run, bytes: run.bytes + record.bytes };
    else {
      if (run.bytes >= LARGE) places.push(run.from);
      run = { from: offset + recordSize(record), bytes: 0 };
    }
    offset += recordSize(record);
  }
  return places;
}
