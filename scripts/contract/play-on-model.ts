import { apply } from '../../server/src/core/model/apply';
import { newState } from '../../server/src/core/model/new-state';
import { tokenOf } from '../../server/src/core/model/resume-token';
import type { Release, State } from '../../server/src/core/model/state';
import { cutStream, streamSize } from '../../server/src/core/model/stream';
import type { Stream } from '../../server/src/core/model/stream';
import { write } from '../../server/src/core/model/write';
import { parseLine } from './parse-line';
import type { Stage } from './parse-line';
import { SIGPIPE } from './played';
import type { Played } from './played';
import { KEY_FILES, linesOf } from './scenario';
import type { Scenario } from './scenario';

const POOL_SIZE = 480 * 2 ** 20;

/** A pipe keeps this much: a sender of more is broken by a reader that leaves it, a sender of less only when it is the slower one. */
const PIPE_BUFFER = 65_536;

/** The pools at work, and the streams that are kept under a name. */
export interface World {
  state: State;
  readonly kept: Map<string, Stream>;
}

export function playOnModel(scenario: Scenario, release: Release): readonly Played[] {
  const world = freshWorld(scenario.name, release);
  return linesOf(scenario).map((line) => playLine(world, line));
}

export function freshWorld(seed: string, release: Release): World {
  const pools = [
    { name: 'tank', size: POOL_SIZE },
    { name: 'backup', size: POOL_SIZE },
  ];
  return { state: newState({ release, seed, now: 1_800_000_000, pools, keyFiles: KEY_FILES }), kept: new Map() };
}

/** What flows through a pipe. */
interface Flow {
  readonly text?: string;
  readonly stream?: Stream;
}

export function playLine(world: World, line: string): Played {
  world.state = { ...world.state, now: world.state.now + 1 };
  const { stages, saveAs, readFrom } = parseLine(line);
  const exitCodes: number[] = [];
  const racing: number[] = [];
  let stderr = '';
  let flow: Flow = readFrom === undefined ? {} : keptFlow(world, readFrom);
  for (const [index, stage] of stages.entries()) {
    const { flow: next, said, exitCode, unread } = playStage(world, stage, flow);
    stderr += said;
    exitCodes.push(exitCode);
    if (unread > 0 && index > 0 && exitCodes[index - 1] === 0) {
      if (unread > PIPE_BUFFER) exitCodes[index - 1] = SIGPIPE;
      else racing.push(index - 1);
    }
    flow = next;
  }
  if (saveAs !== undefined) {
    world.kept.set(saveAs, flow.stream ?? { records: [] });
    flow = {};
  }
  return { line, exitCodes, racing, stdout: flow.text ?? '', stderr };
}

const keptFlow = (world: World, name: string): Flow =>
  name === '/dev/null' ? {} : { stream: world.kept.get(name) ?? { records: [] } };

interface StageOutcome {
  readonly flow: Flow;
  readonly said: string;
  readonly exitCode: number;
  readonly unread: number;
}

function playStage(world: World, stage: Stage, input: Flow): StageOutcome {
  const silent = { said: '', exitCode: 0, unread: 0 };
  if (stage.kind === 'echo') return { ...silent, flow: { text: stage.text } };
  if (stage.kind === 'count') return { ...silent, flow: { text: `${input.stream ? streamSize(input.stream) : 0}\n` } };
  if (stage.kind === 'head') return headStage(input, stage.bytes);
  if (stage.kind === 'write') {
    world.state = write(world.state, stage.dataset, stage.bytes);
    return { ...silent, flow: {} };
  }
  const argv = stage.argv.map((word) => tokenIn(world.state, word));
  const outcome = apply(world.state, argv, { ...input, ...(stage.user !== undefined && { user: stage.user }) });
  world.state = outcome.state;
  const { stdout, stderr, exitCode, stream } = outcome;
  // A command that fails before it reads leaves everything.
  const unread = outcome.unread ?? (input.stream && exitCode !== 0 ? streamSize(input.stream) : 0);
  return { flow: { text: stdout, ...(stream && { stream }) }, said: stderr, exitCode, unread };
}

function headStage({ stream }: Flow, bytes: number): StageOutcome {
  if (stream === undefined) return { flow: {}, said: '', exitCode: 0, unread: 0 };
  return { flow: { stream: cutStream(stream, bytes) }, said: '', exitCode: 0, unread: streamSize(stream) - bytes };
}

function tokenIn(state: State, word: string): string {
  const dataset = /^\$\(token (.*)\)$/.exec(word)?.[1];
  if (dataset === undefined) return word;
  const partial = state.datasets.get(dataset)?.partial;
  return partial ? tokenOf(partial) : '-';
}
