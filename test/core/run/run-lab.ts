import type { PolicyFile } from '../../../server/src/core/policy/policy';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { RunEvent } from '../../../server/src/core/run/event';
import type { Cancel, Transport } from '../../../server/src/core/run/host';
import type { Receipt } from '../../../server/src/core/run/receipt';
import type { RunRequest } from '../../../server/src/core/run/run-request';
import { runPolicy } from '../../../server/src/core/run/run-policy';
import { createFakeHost, createFakeTransport } from './fake-host';
import type { Faults, Log } from './fake-host';
import { createFakePool, newVersion } from './fake-pool';
import type { FakeDataset, FakePool } from './fake-pool';

/** Two fake hosts with a policy between them. */
export interface RunLab {
  readonly source: FakePool;
  readonly target: FakePool;
  readonly file: PolicyFile;
  readonly log: Log;
  readonly transport: Transport;
  readonly events: RunEvent[];
  readonly run: (faults?: Faults, more?: Partial<RunRequest>) => Promise<Receipt>;
}

export const TOP = 'tank/prod';
export const COPY = 'backup/prod';

/** `more` is YAML that is added to the policy, indented by four. */
export function createRunLab(more = ''): RunLab {
  const source = createFakePool('tank');
  const target = createFakePool('backup');
  const file = parseFile(more);
  const log: Log = [];
  const events: RunEvent[] = [];
  const transport = createFakeTransport({ prod: source, vault: target }, log);
  let seconds = 0;
  const clock = (): string => new Date(Date.UTC(2026, 10, 23, 2, 0, (seconds += 1))).toISOString();
  return {
    source,
    target,
    file,
    log,
    transport,
    events,
    run: (faults = {}, overrides = {}) =>
      runPolicy({
        id: 'run-1',
        file,
        policy: 'p',
        hosts: {
          prod: createFakeHost('prod', source, log, faults),
          vault: createFakeHost('vault', target, log, faults),
        },
        transport: createFakeTransport({ prod: source, vault: target }, log, faults),
        clock,
        approve: () => Promise.resolve(true),
        emit: (event) => events.push(event),
        writeReceipt: () => Promise.resolve('/receipts/run-1.json'),
        ...overrides,
      }),
  };
}

/** Adds an encrypted source dataset; `root` is relative, '' for the top. */
export function addSource(lab: RunLab, path: string, options: Partial<FakeDataset> = {}): FakeDataset {
  const name = path === '' ? TOP : `${TOP}/${path}`;
  return lab.source.add(name, { encrypted: true, root: TOP, keyLocation: 'file:///key', ...options });
}

export function snapshotAll(lab: RunLab, name: string): void {
  for (const dataset of lab.source.datasets.values()) {
    if (dataset.name.startsWith(TOP)) {
      dataset.snapshots.push(newVersion(lab.source, name));
      dataset.written = 0;
    }
  }
}

/** A cancellation that a test pulls by hand. */
export function createCancel(): Cancel & { readonly request: () => void } {
  let requested = false;
  return { requested: () => requested, onRequest: () => () => undefined, request: () => (requested = true) };
}

function parseFile(more: string): PolicyFile {
  const { file, problems } = parsePolicy(`version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: root@dest }
policies:
  p:
    intent: vault
    source: prod:${TOP}
    target: vault:${COPY}
    recursive: true
${more}`);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  return file;
}
