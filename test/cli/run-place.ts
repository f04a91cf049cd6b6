import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../../server/src/core/run/event';
import type { Receipt } from '../../server/src/core/run/receipt';
import { type Circumstances, type Ended, runCli } from './io-double';
import { temporaryFolder } from './temporary-folder';
import { createTwoHosts, type TwoHosts } from './two-hosts';

const POLICY = `version: 1
hosts:
  prod: { ssh: cr0x@source }
  vault: { ssh: cr0x@dest }
policies:
  prod-to-vault: { intent: vault, source: "prod:tank/prod", target: "vault:backup/prod" }
  missing: { intent: vault, source: "prod:tank/missing", target: "vault:backup/missing" }
`;

/** A folder with a policy file, a place for the state, and two hosts. */
export interface Place {
  readonly cwd: string;
  readonly state: string;
  readonly hosts: TwoHosts;
  readonly run: (args: readonly string[], circumstances?: Circumstances) => Promise<Ended>;
}

export function createPlace(): Place {
  const cwd = temporaryFolder();
  const state = path.join(cwd, 'state', 'rawsend');
  writeFileSync(path.join(cwd, 'rawsend.yaml'), POLICY);
  const hosts = createTwoHosts();
  const run: Place['run'] = (args, circumstances = {}) =>
    runCli(['run', ...args], {
      cwd,
      connect: hosts.connect,
      env: { XDG_STATE_HOME: path.join(cwd, 'state') },
      ...circumstances,
    });
  return { cwd, state, hosts, run };
}

export const eventsOf = (text: string): readonly RunEvent[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): RunEvent => JSON.parse(line));

export interface Finish {
  readonly outcome: string;
  readonly code: number;
  readonly message?: RegExp;
  /** False where there can be none. */
  readonly receipt?: false;
}

/** The last event, the exit code and the receipt agree with each other and with what is expected. */
export function checkEnd(ended: Ended, expected: Finish): Receipt | undefined {
  const last = eventsOf(ended.stdout).at(-1);
  assert.ok(last?.kind === 'finished', ended.stdout + ended.stderr);
  assert.equal(last.outcome, expected.outcome, last.message);
  assert.equal(ended.code, expected.code);
  if (expected.message !== undefined) assert.match(last.message, expected.message);
  assert.equal(last.receipt === undefined, expected.receipt === false);
  if (last.receipt === undefined) return undefined;
  const receipt: Receipt = JSON.parse(readFileSync(last.receipt, 'utf8'));
  assert.equal(receipt.outcome, expected.outcome);
  assert.equal(receipt.events.at(-1)?.kind, 'finished');
  return receipt;
}
