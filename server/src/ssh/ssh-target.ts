import { join } from 'node:path';
import { HostError } from '../core/run/host';
import { expandTokens } from './config-tokens';
import type { TokenValues } from './config-tokens';
import { parseDestination } from './destination';
import type { Destination } from './destination';
import { readDirectives } from './directives';
import { isGiven, readProxy, resolveWay } from './jump-hosts';
import type { Resolved } from './jump-hosts';

/** Where and how to log in, with the ssh configuration worked in. */
export interface SshTarget {
  /** The host's name in the policy; of a jump host, that of the host it leads to. */
  readonly name: string;
  /** A jump host as it is written in the ssh configuration. */
  readonly jump?: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** What known_hosts calls it: `host` or `[host]:port`. */
  readonly address: string;
  readonly identityFiles: readonly string[];
  /** Only the keys of `identityFiles`, even where the agent holds more. */
  readonly identitiesOnly: boolean;
  readonly agentSocket?: string;
  /** `SHA256:…` of the key that the policy file asks for. */
  readonly requiredKey?: string;
  /** The first is the one that accepted keys are written to. */
  readonly knownHostsFiles: readonly string[];
  /** The jump host that connects to it; it may need one itself. */
  readonly via?: SshTarget;
}

/** What of this machine the ssh configuration may refer to. */
export interface SshEnvironment {
  readonly home: string;
  readonly localUser: string;
  readonly configFile?: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/**
 * Resolves what a policy says of a host as ssh would, its jump hosts included. Throws a HostError `config` for what
 * Rawsend cannot honour.
 */
export function resolveTarget(name: string, ssh: string, environment: SshEnvironment): SshTarget {
  const destination = parseDestination(ssh);
  if (!destination.ok) throw new HostError('config', name, destination.error);
  return resolveWay(destination.value, (to, jump) => resolveAlone(to, { name, jump, environment }));
}

interface Context {
  readonly name: string;
  readonly jump: string | undefined;
  readonly environment: SshEnvironment;
}

/** One host by itself, with what says how it is reached. */
function resolveAlone(destination: Destination, { name, jump, environment }: Context): Resolved {
  const { host: alias, user: givenUser } = destination;
  const config = readDirectives(name, { alias, user: givenUser }, environment);
  const user = givenUser ?? config.first('user') ?? environment.localUser;
  const port = destination.port ?? Number(config.first('port') ?? 22);
  const base: TokenValues = { ...environment, environment: environment.variables, alias, hostName: alias, port, user };
  const hostName = expandTokens(config.first('hostname') ?? alias, base);
  const values: TokenValues = { ...base, hostName };
  const paths = (directive: string): readonly string[] =>
    config
      .all(directive)
      .filter(isGiven)
      .map((path) => expandTokens(path, values));
  const agentSocket = agentOf(config.first('identityagent'), values);
  const target: SshTarget = {
    name,
    hostName,
    port,
    user,
    address: addressOf(config.first('hostkeyalias'), hostName, port),
    identityFiles: orElse(
      paths('identityfile'),
      DEFAULT_IDENTITIES.map((file) => join(environment.home, '.ssh', file)),
    ),
    identitiesOnly: config.first('identitiesonly')?.toLowerCase() === 'yes',
    knownHostsFiles:
      config.first('userknownhostsfile') === undefined
        ? [join(environment.home, '.ssh', 'known_hosts')]
        : paths('userknownhostsfile'),
    ...(agentSocket === undefined ? {} : { agentSocket }),
    ...(jump === undefined ? {} : { jump }),
  };
  return { alias, target, proxy: readProxy(config, (text) => expandTokens(text, values)) };
}

const DEFAULT_IDENTITIES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

const orElse = <T>(values: readonly T[], otherwise: readonly T[]): readonly T[] =>
  values.length === 0 ? otherwise : values;

function agentOf(directive: string | undefined, values: TokenValues): string | undefined {
  const fromEnvironment = values.environment['SSH_AUTH_SOCK'];
  if (directive === undefined || directive === 'SSH_AUTH_SOCK') return fromEnvironment;
  if (!isGiven(directive)) return undefined;
  if (directive.startsWith('$') && !directive.startsWith('${')) return values.environment[directive.slice(1)];
  return expandTokens(directive, values);
}

function addressOf(alias: string | undefined, hostName: string, port: number): string {
  const host = (alias ?? hostName).toLowerCase();
  return alias !== undefined || port === 22 ? host : `[${host}]:${port}`;
}
