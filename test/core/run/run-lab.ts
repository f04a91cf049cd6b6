import type { PolicyFile } from '../../../server/src/core/policy/policy';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { RunEvent } from '../../../server/src/core/run/event';
import type { Cancel } from '../../../server/src/core/run/host';
import type { Receipt } from '../../../server/src/core/run/receipt';
import type { RunRequest } from '../../../server/src/core/run/run-request';
import { runPolicy } from '../../../server/src/core/run/run-policy';
import { createModelHosts } from './model-hosts';
import type { Faults, ModelHosts } from './model-hosts';

/** Hosts of the model with a policy between them. */
export interface RunLab extends ModelHosts {
  readonly file: PolicyFile;
  readonly events: RunEvent[];
  readonly run: (faults?: Faults, more?: Partial<RunRequest>) => Promise<Receipt>;
}

export const TOP = 'tank/prod';
export const COPY = 'backup/prod';

/** `more` is YAML that is added to the policy, indented by four; `target` as it is written there. */
export function createRunLab(more = '', target = `vault:${COPY}`): RunLab {
  const hosts = createModelHosts();
  const file = parseFile(more, target);
  const events: RunEvent[] = [];
  let seconds = 0;
  const clock = (): string => new Date(Date.UTC(2026, 10, 23, 2, 0, (seconds += 1))).toISOString();
  return {
    ...hosts,
    file,
    events,
    run: (faults = {}, overrides = {}) =>
      runPolicy({
        id: 'run-1',
        file,
        policy: 'p',
        hosts: {
          prod: hosts.host('prod', faults),
          vault: hosts.host('vault', faults),
          offsite: hosts.host('offsite', faults),
        },
        transport: hosts.transport(faults),
        clock,
        approve: () => Promise.resolve(true),
        emit: (event) => events.push(event),
        writeReceipt: () => Promise.resolve('/receipts/run-1.json'),
        ...overrides,
      }),
  };
}

/** An encryption root, at the top or as a child. */
export const ROOT_OPTIONS = '-o encryption=on -o keyformat=passphrase -o keylocation=file:///key';

/** A cancellation that a test pulls by hand. */
export function createCancel(): Cancel & { readonly request: () => void } {
  let requested = false;
  return { requested: () => requested, onRequest: () => () => undefined, request: () => (requested = true) };
}

function parseFile(more: string, target: string): PolicyFile {
  const { file, problems } = parsePolicy(`version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: root@dest }
  offsite: { ssh: root@far }
policies:
  p:
    intent: vault
    source: prod:${TOP}
    target: ${target}
    recursive: true
${more}`);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  return file;
}
