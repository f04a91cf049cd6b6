import type { State } from '../core/model/state';
import type { Files } from './files';
import type { Processes } from './processes';

/** A host of the lab: the pools of the model, and as much of a machine around them as replication needs. */
export interface LabHost {
  readonly name: string;
  /** The pools as they are now; every command that runs puts a new value here. */
  state: State;
  readonly files: Files;
  readonly processes: Processes;
  /** Who may log in, with a key of the `.ssh/authorized_keys` in their homes. */
  readonly users: readonly string[];
}

export const homeOf = (user: string): string => (user === 'root' ? '/root' : `/home/${user}`);

/** The state at this moment: whoever looks at a host gives it the time. */
export const stateNow = (host: LabHost): State => ({ ...host.state, now: Math.floor(Date.now() / 1000) });
