import type { Inventory } from '../zfs/inventory';
import type { Plan } from '../plan/plan';
import type { PolicyFile } from '../policy/policy';
import type { Estimate } from './estimate';
import type { RunEvent } from './event';
import type { Cancel, Host, Transport } from './host';
import type { Receipt } from './receipt';

/** Everything that the run of one policy needs of the world. */
export interface RunRequest {
  /** Names the receipt; the caller makes it unique. */
  readonly id: string;
  readonly file: PolicyFile;
  readonly policy: string;
  /** Open connections, by the host's name in the policy file; the caller closes them. */
  readonly hosts: Readonly<Record<string, Host>>;
  readonly transport: Transport;
  /** ISO 8601, UTC. */
  readonly clock: () => string;
  /**
   * Asked before every plan that is run: the first, the one after a resumed transfer, and a plan that is no longer
   * what was approved because the hosts have changed. The inventories, by host, are what the plan was made of.
   */
  readonly approve: (
    plan: Plan,
    estimate: Estimate,
    inventories: Readonly<Record<string, Inventory>>,
  ) => Promise<boolean>;
  readonly emit: (event: RunEvent) => void;
  /** Stores the receipt and returns where; a rejection makes the run a failed one. */
  readonly writeReceipt: (receipt: Receipt) => Promise<string>;
  readonly cancel?: Cancel;
  /** What the reader should know before this run, e.g. of the run that was to bring its source; it goes on record. */
  readonly told?: readonly string[];
  /** True to begin outside of the policy's window too. */
  readonly anyTime?: boolean;
}

/** How a run ends, before it is written down. */
export interface Verdict {
  readonly outcome: Receipt['outcome'];
  readonly message: string;
}
