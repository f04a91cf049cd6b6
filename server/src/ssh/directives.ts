import { HostError } from '../core/run/host';
import { readConfigFiles } from './config-files';
import type { ConfigFiles } from './config-files';

/** What the ssh configuration says of one host, by directives in lower case. */
export interface Directives {
  readonly first: (directive: string) => string | undefined;
  readonly all: (directive: string) => readonly string[];
  /** True when `one` stands before `other`; of some directives ssh heeds only the earlier. */
  readonly isBefore: (one: string, other: string) => boolean;
}

export interface DirectiveQuery {
  /** The host as a person types it. */
  readonly alias: string;
  readonly user: string | undefined;
}

/** Looks a host up. Throws a HostError `config` of `name` where the configuration cannot be read. */
export function readDirectives(name: string, query: DirectiveQuery, files: ConfigFiles): Directives {
  try {
    const config = readConfigFiles(files);
    const user = query.user === undefined ? {} : { User: query.user };
    const found = config.compute({ Host: query.alias, ...user }, { ignoreCase: true });
    const all = (directive: string): readonly string[] => {
      const value = found[directive] ?? [];
      return typeof value === 'string' ? [value] : value;
    };
    // The library enters each directive where it finds it first.
    const order = Object.keys(found);
    return {
      all,
      first: (directive) => all(directive)[0],
      isBefore: (one, other) =>
        order.includes(one) && (!order.includes(other) || order.indexOf(one) < order.indexOf(other)),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError('config', name, `The ssh configuration for ${name} cannot be read: ${reason}`);
  }
}
