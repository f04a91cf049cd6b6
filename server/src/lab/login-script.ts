import { Refused } from './ended';
import { homeOf } from './host';
import type { LabHost } from './host';
import type { Sink, Source } from './io';
import { runText } from './shell/interpret';
import type { Shell } from './shell/shell';

export interface Streams {
  readonly input: Source;
  readonly output: Sink;
  readonly errors: Sink;
}

/** Runs a command line on a host as a login does, in a process group of its own; resolves with its status. */
export async function runLogin(host: LabHost, user: string, command: string, streams: Streams): Promise<number> {
  if (!host.users.includes(user)) throw new Refused(`${host.name} has no user ${user}`);
  const process = host.processes.start(['sh', '-c', command], user);
  const shell: Shell = {
    host,
    process,
    pid: process.pid,
    variables: new Map([
      ['HOME', homeOf(user)],
      ['USER', user],
      ['PATH', '/usr/bin:/bin'],
    ]),
    functions: new Map(),
    args: [],
    status: 0,
    descriptors: {
      input: streams.input,
      outputs: new Map([
        [1, streams.output],
        [2, streams.errors],
      ]),
    },
    options: { errexit: false, pipefail: false },
    exitTrap: undefined,
  };
  try {
    return await runText(shell, command);
  } finally {
    host.processes.end(process);
  }
}
