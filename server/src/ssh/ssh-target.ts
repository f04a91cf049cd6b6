import { join } from 'node:path';
import { HostError } from '../core/run/host';
import { readConfigFiles } from './config-files';
import { expandTokens } from './config-tokens';
import type { TokenValues } from './config-tokens';
import { parseDestination } from './destination';

/** Where and how to log in, with the ssh configuration worked in. */
export interface SshTarget {
  /** The host's name in the policy. */
  readonly name: string;
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
}

/** What of this machine the ssh configuration may refer to. */
export interface SshEnvironment {
  readonly home: string;
  readonly localUser: string;
  readonly configFile?: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Resolves what a policy says of a host as ssh would. Throws a HostError `config` for what Rawsend cannot honour. */
export function resolveTarget(name: string, ssh: string, environment: SshEnvironment): SshTarget {
  const destination = parseDestination(ssh);
  if (!destination.ok) throw new HostError('config', name, destination.error);
  const { host: alias, user: givenUser } = destination.value;
  const config = readDirectives(name, { alias, user: givenUser }, environment);
  refuseProxies(name, config);
  const user = givenUser ?? config.first('user') ?? environment.localUser;
  const port = destination.value.port ?? Number(config.first('port') ?? 22);
  const base: TokenValues = { ...environment, environment: environment.variables, alias, hostName: alias, port, user };
  const hostName = expandTokens(config.first('hostname') ?? alias, base);
  const values: TokenValues = { ...base, hostName };
  const paths = (directive: string): readonly string[] =>
    config
      .all(directive)
      .filter(isGiven)
      .map((path) => expandTokens(path, values));
  const agentSocket = agentOf(config.first('identityagent'), values);
  return {
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
  };
}

const DEFAULT_IDENTITIES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

interface Directives {
  readonly first: (directive: string) => string | undefined;
  readonly all: (directive: string) => readonly string[];
}

function readDirectives(
  name: string,
  query: { readonly alias: string; readonly user: string | undefined },
  environment: SshEnvironment,
): Directives {
  try {
    const config = readConfigFiles(environment);
    const user = query.user === undefined ? {} : { User: query.user };
    const found = config.compute({ Host: query.alias, ...user }, { ignoreCase: true });
    const all = (directive: string): readonly string[] => {
      const value = found[directive] ?? [];
      return typeof value === 'string' ? [value] : value;
    };
    return { all, first: (directive) => all(directive)[0] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError('config', name, `The ssh configuration for ${name} cannot be read: ${reason}`);
  }
}

/** Connecting without the proxy could reach another machine, or none: better to say so. */
function refuseProxies(name: string, config: Directives): void {
  for (const directive of ['ProxyJump', 'ProxyCommand']) {
    const value = config.first(directive.toLowerCase());
    if (value === undefined || !isGiven(value)) continue;
    const advice = 'give a host that is reached directly';
    throw new HostError(
      'config',
      name,
      `The ssh configuration reaches ${name} by ${directive}, which Rawsend does not support yet; ${advice}`,
    );
  }
}

const isGiven = (value: string): boolean => value.toLowerCase() !== 'none';

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
