import { NotModelled } from '../../../server/src/core/model/outcome';
import { parentOf } from '../../../server/src/core/zfs/names';
import type { Release, State } from '../../../server/src/core/model/state';
import { createRandom } from '../../fuzz/random';
import type { Random } from '../../fuzz/random';
import { freshWorld, playLine } from '../play-on-model';
import type { World } from '../play-on-model';
import { BEGINNINGS } from '../scenario';
import type { Beginning, Scenario } from '../scenario';
import { cutLine } from './cut-line';
import { drawLine } from './draw-line';
import { looks } from './looks';

const FROM: readonly Beginning[] = ['pools', 'tree', 'vault', 'vault', 'clear'];

const MAX_DRAWN = 400;

/** How many of the commands that the model refuses are kept. */
const KEPT_FAILURES = 0.4;

/** How many streams are cut. */
const CUT = 0.25;

/**
 * The same seed and number make the same sequence. It walks the model: every command is drawn from what is there, and left out where
 * the model does not know what OpenZFS would do.
 */
export function randomSequence(seed: number, number: number, release: Release): Scenario {
  const random = createRandom(seed, number);
  const name = `random sequence ${number} of seed ${seed}`;
  const from = random.pick(FROM);
  const world = freshWorld(name, release);
  for (const line of BEGINNINGS[from]) playLine(world, line);
  const lines: string[] = [];
  const wanted = random.between(8, 20);
  for (let drawn = 0; lines.length < wanted && drawn < MAX_DRAWN; drawn++) {
    const line = drawLine({ random, state: world.state });
    const { kept = [], isBroken } = line === undefined ? {} : attempt(world, line, random);
    lines.push(...kept);
    // A model that breaks is what the comparison has to show.
    if (isBroken) return { name, from, lines };
  }
  return { name, from, lines: [...lines, ...looks(world.state)] };
}

interface Attempt {
  readonly kept: readonly string[];
  readonly isBroken?: true;
}

/** Keeps no line where the command is not modelled, or fails and is one too many. */
function attempt(world: World, line: string, random: Random): Attempt {
  const before = world.state;
  try {
    const isCut = line.includes(' | ') && random.chance(CUT);
    const tried = isCut ? cutLine(world, line, random) : line;
    if (tried === undefined) return { kept: [] };
    const hasFailed = playLine(world, tried).exitCodes.at(-1) !== 0;
    const isKept = !hidesMount(before, world.state) && (!hasFailed || isCut || random.chance(KEPT_FAILURES));
    if (!isKept) world.state = before;
    return { kept: isKept ? asKept(world, tried, hasFailed && !isCut) : [] };
  } catch (error) {
    world.state = before;
    return error instanceof NotModelled ? { kept: [] } : { kept: [line], isBroken: true };
  }
}

/**
 * By way of a file where the receive fails: whether a sender notices, and dies of SIGPIPE, depends on how much was left and on who
 * was faster.
 */
function asKept(world: World, line: string, hasFailed: boolean): readonly string[] {
  const [send = '', receive] = line.split(' | ');
  if (!hasFailed || receive === undefined) return [line];
  const file = `f${world.kept.size + 1}`;
  world.kept.set(file, { records: [] });
  return [`${send} > ${file}`, `${receive} < ${file}`];
}

/** Two in one place, or a parent over its children: whatever writes or unmounts there meets the wrong one. */
function hidesMount(before: State, { datasets }: State): boolean {
  const mounted = [...datasets.values()].filter(({ mount }) => mount);
  const paths = mounted.map(({ mount }) => mount?.path);
  if (new Set(paths).size < paths.length) return true;
  const wasMounted = (name: string): boolean => before.datasets.get(name)?.mount !== undefined;
  return mounted.some(({ name }) => wasMounted(name) && hasNewAbove(name));

  function hasNewAbove(name: string): boolean {
    for (let above = parentOf(name); above !== undefined; above = parentOf(above))
      if (before.datasets.has(above) && !wasMounted(above) && datasets.get(above)?.mount) return true;
    return false;
  }
}
