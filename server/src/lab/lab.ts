import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newState } from '../core/model/new-state';
import { collector, EMPTY, sourceOf } from './io';
import { homeOf } from './host';
import type { LabHost } from './host';
import { makeKey } from './keys';
import { runLogin } from './login-script';
import { Pipe } from './pipe';
import { Processes } from './processes';
import type { LabScenario, ScenarioLine } from './scenario';
import { startServer } from './ssh-server';
import type { SshServer } from './ssh-server';
import { writeLabFiles } from './write-lab-files';
import type { LabPaths } from './write-lab-files';

/** Two hosts that are up: `source` with the pool tank, `target` with the pool backup. */
export interface Lab extends LabPaths {
  readonly directory: string;
  /** Of the source's encrypted tree. It protects nothing: the lab has no data of anybody. */
  readonly passphrase: string;
  readonly ports: Readonly<Record<HostName, number>>;
  readonly exec: (host: HostName, command: string, input?: string) => Promise<Executed>;
  /** Ends both servers and everything that runs on the hosts, and removes the folder. */
  readonly stop: () => Promise<void>;
}

export type HostName = 'source' | 'target';

export interface Executed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const POOL = 64 * 2 ** 30;

const PASSPHRASE = 'correct horse battery staple';

/** Starts a lab in an empty folder that only its owner can read. `userConfig` is the user's own SSH configuration. */
export async function startLab(scenario: LabScenario, directory: string, userConfig: string): Promise<Lab> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const source = newHost('source', 'tank', scenario.pools?.source ?? POOL);
  const target = newHost('target', 'backup', scenario.pools?.target ?? POOL);
  const hosts = { source, target };
  for (const line of scenario.lines) await play(hosts, line);
  const client = makeKey('lab');
  const login = makeKey('root@source');
  const keys = { source: makeKey('source'), target: makeKey('target') };
  putHomeFile(source, 'id_ed25519', login.secret);
  putHomeFile(source, 'authorized_keys', `${client.open}\n`);
  putHomeFile(target, 'authorized_keys', `${client.open}\n${login.open}\n`);
  const start = (host: HostName): Promise<SshServer> =>
    startServer(hosts[host], {
      hostKey: keys[host].secret,
      link: scenario.links?.[host] ?? {},
    });
  const servers = { source: await start('source'), target: await start('target') };
  const ports = { source: servers.source.port, target: servers.target.port };
  const hostKeys = { source: keys.source.open, target: keys.target.open };
  putHomeFile(source, 'known_hosts', `[127.0.0.1]:${ports.target} ${hostKeys.target}\n`);
  writeFileSync(join(directory, 'client_key'), client.secret, { mode: 0o600 });
  return {
    directory,
    ...writeLabFiles(directory, { ports, hostKeys, transport: scenario.transport, userConfig }),
    ports,
    passphrase: PASSPHRASE,
    exec: (host, command, input = '') => execute(hosts[host], command, input),
    stop: async () => {
      await Promise.all([servers.source.stop(), servers.target.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const putHomeFile = (host: LabHost, name: string, text: string): unknown =>
  host.files.set(`${homeOf('root')}/.ssh/${name}`, Buffer.from(text));

const newHost = (name: HostName, pool: string, size: number): LabHost => ({
  name,
  state: newState({ seed: name, now: Math.floor(Date.now() / 1000), pools: [{ name: pool, size }] }),
  files: new Map(),
  processes: new Processes(),
  users: ['root', 'alice'],
});

async function execute(host: LabHost, command: string, input: string): Promise<Executed> {
  const [output, errors] = [collector(), collector()];
  const code = await runLogin(host, 'root', command, { input: sourceOf(Buffer.from(input)), output, errors });
  return { code, stdout: output.bytes().toString(), stderr: errors.bytes().toString() };
}

/** @throws when a line of the scenario fails that should not: then the scenario is wrong */
async function play(hosts: Readonly<Record<HostName, LabHost>>, line: ScenarioLine): Promise<void> {
  if ('type' in line) {
    const { code, stderr } = await execute(hosts[line.host], line.type, PASSPHRASE);
    if (code !== 0) throw new Error(`${line.type} ended with ${code} on ${line.host}: ${stderr}`);
    return;
  }
  const errors = collector();
  const pipe = new Pipe();
  const cut = line.bytes === undefined ? '' : ` | head -c ${line.bytes}`;
  const sending = runLogin(hosts.source, 'root', line.send + cut, { input: EMPTY, output: pipe, errors });
  void sending.then(() => pipe.end());
  const code = await runLogin(hosts.target, 'root', line.receive, { input: pipe, output: errors, errors });
  pipe.abandon();
  await sending;
  if ((code === 0) !== (line.bytes === undefined))
    throw new Error(`${line.receive} ended with ${code}: ${errors.bytes().toString()}`);
}
