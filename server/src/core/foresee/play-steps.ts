/**
 * Plays the steps of a plan on the model, as a run would carry them out: in their order, a stream as a send into a receive, up to
 * the first that fails. What the model does not know ends it too, and is said by name.
 */
import { apply } from '../model/apply';
import { NotModelled } from '../model/outcome';
import type { Dataset, State } from '../model/state';
import type { Stop } from '../plan/afterwards';
import type { CommandStep, Step, StreamStep } from '../plan/plan';
import { explainZfsError } from '../zfs/errors';
import { isNarrow, narrowed, putBack } from './narrow';

/** By the host's name in the policy file; one host that is both sides has one state. */
export type States = Readonly<Record<string, State>>;

export interface PlayedStep {
  readonly id: string;
  readonly exitCode: number;
  readonly stderr: string;
}

export interface Played {
  /** After the last step that was played. */
  readonly states: States;
  readonly steps: readonly PlayedStep[];
  readonly stop?: Stop;
}

export function playSteps(steps: readonly Step[], states: States): Played {
  const hosts: Hosts = new Map(Object.entries(states).map(([host, state]) => [host, ownDatasets(state)]));
  const played: PlayedStep[] = [];
  const end = (stop?: Stop): Played => ({ states: Object.fromEntries(hosts), steps: played, ...(stop && { stop }) });
  for (const step of steps) {
    try {
      const said = step.kind === 'command' ? command(step, hosts) : stream(step, hosts);
      played.push({ id: step.id, ...said });
      if (said.exitCode !== 0) return end({ step: step.id, reason: 'fails', message: said.stderr.trim() });
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      return end({ step: step.id, reason: 'unknown', message: error.message });
    }
  }
  return end();
}

/** States whose list of datasets nobody else has, so that a stream need not copy it. */
type Hosts = Map<string, Own>;

interface Own extends State {
  readonly datasets: Map<string, Dataset>;
}

const ownDatasets = (state: State): Own => ({ ...state, datasets: new Map(state.datasets) });

type Said = Omit<PlayedStep, 'id'>;

function command(step: CommandStep, hosts: Hosts): Said {
  const { state, exitCode, stderr } = apply(hostOf(hosts, step.host), step.command);
  hosts.set(step.host, ownDatasets(state));
  const known = exitCode === 0 ? undefined : explainZfsError(stderr)?.code;
  const isTolerated = known !== undefined && step.tolerates.includes(known);
  return { exitCode: isTolerated ? 0 : exitCode, stderr };
}

/** The receive is judged first: where it is at fault, the send dies of it. */
function stream(step: StreamStep, hosts: Hosts): Said {
  const part = isNarrow(step) ? narrowed : undefined;
  const source = hostOf(hosts, step.host);
  const sent = apply(part?.(source, step.dataset) ?? source, step.command);
  if (sent.stream === undefined) return { exitCode: sent.exitCode || 1, stderr: sent.stderr };
  const { host, command: receive } = step.receiver;
  const whole = hostOf(hosts, host);
  const before = part?.(whole, step.targetDataset) ?? whole;
  const received = apply(before, receive, { stream: sent.stream });
  if (part === undefined) hosts.set(host, ownDatasets(received.state));
  else {
    putBack(whole.datasets, before, received.state);
    hosts.set(host, { ...received.state, datasets: whole.datasets });
  }
  const { exitCode, stderr } = received.exitCode === 0 ? sent : received;
  return { exitCode, stderr };
}

function hostOf(hosts: Hosts, name: string): Own {
  const state = hosts.get(name);
  if (state === undefined) throw new Error(`no state of the host ${name}`);
  return state;
}
