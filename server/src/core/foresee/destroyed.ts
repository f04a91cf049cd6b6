/** What is there before the steps of a job and not after them, by name and size. Things are known by their guids: a rename destroys nothing. */
import type { Dataset, State } from '../model/state';
import type { Destroyed } from '../plan/afterwards';
import type { Step } from '../plan/plan';
import { isDestructive } from '../zfs/effects';
import { isWithin } from '../zfs/names';
import { parseCommand } from '../zfs/parse-command';
import type { Foreseen } from './aftermath';
import { onlyIn } from './histories';

export function destroyed(foreseen: Foreseen): Destroyed {
  const { job, before, played } = foreseen;
  const hosts = [...new Set([job.source.host, job.target.host])];
  const losses = hosts.map((host) => lossesOf(foreseen, host));
  const after = played.states[job.target.host];
  const written = [...(before[job.target.host]?.datasets.values() ?? [])].filter(
    (dataset) => isWithin(dataset.name, job.target.dataset) && isRolledBack(dataset, after),
  );
  const stopped = job.steps.findIndex(({ id }) => id === played.stop?.step);
  const rest = played.stop?.reason === 'unknown' ? job.steps.slice(stopped) : [];
  return {
    datasets: losses.flatMap(({ datasets }) => datasets),
    snapshots: losses.flatMap(({ snapshots }) => snapshots),
    written: written.map(({ name, written: bytes }) => ({ host: job.target.host, dataset: name, bytes })),
    unknown: rest.filter(mayDestroy).map(({ id }) => id),
  };
}

/** Nobody takes snapshots at the target, so what was written there and is written no more was rolled back. */
function isRolledBack({ name, guid, written }: Dataset, after: State | undefined): boolean {
  const dataset = after?.datasets.get(name);
  return written > 0 && dataset?.guid === guid && dataset.written === 0;
}

const mayDestroy = (step: Step): boolean =>
  [step.command, ...(step.kind === 'stream' ? [step.receiver.command] : [])].some((argv) => {
    const { command } = parseCommand(argv);
    return command === undefined || isDestructive(command);
  });

/** Sizes are those of the inventory: the model has no space that a snapshot alone keeps. */
function lossesOf({ inventories, before, played }: Foreseen, host: string): Pick<Destroyed, 'datasets' | 'snapshots'> {
  const after = played.states[host]?.datasets ?? new Map<string, Dataset>();
  const byGuid = new Map([...after.values()].map((dataset) => [dataset.guid, dataset]));
  const pairs = [...(before[host]?.datasets.values() ?? [])].map((dataset) => {
    const same = after.get(dataset.name);
    return { dataset, left: same?.guid === dataset.guid ? same : byGuid.get(dataset.guid) };
  });
  const seen = new Map((inventories[host]?.datasets ?? []).map((dataset) => [dataset.name, dataset]));
  return {
    datasets: pairs
      .filter(({ left }) => left === undefined)
      .map(({ dataset: { name, referenced } }) => ({ host, name, used: seen.get(name)?.used ?? referenced })),
    snapshots: pairs.flatMap(({ dataset, left }) =>
      onlyIn(dataset.snapshots, left?.snapshots ?? []).map(({ name, guid, referenced }) => {
        const used = seen.get(dataset.name)?.snapshots.find((snapshot) => snapshot.guid === guid)?.used ?? 0;
        return { host, name: `${dataset.name}@${name}`, referenced, used };
      }),
    ),
  };
}
