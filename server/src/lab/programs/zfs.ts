import { apply, checkCommand } from '../../core/model/apply';
import { beginReceive } from '../../core/model/commands/receive';
import { NotModelled } from '../../core/model/outcome';
import type { Outcome } from '../../core/model/outcome';
import { Refused } from '../ended';
import { stateNow } from '../host';
import { readAll } from '../io';
import type { Call } from '../shell/call';
import { print } from '../shell/shell';
import { receive } from './receive';
import { send } from './send';

/** `zfs` and `zpool`: the model says what they do. */
export async function zfs(call: Call): Promise<number> {
  try {
    return await run(call);
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    throw new Refused(`${[call.name, ...call.args].join(' ')}: ${error.message}; real OpenZFS may well do it`);
  }
}

/** What asks for a key reads it from a pipe. */
const ASKING: ReadonlySet<string> = new Set(['create', 'load-key', 'change-key']);

async function run(call: Call): Promise<number> {
  const { shell, name, args } = call;
  const { host, process, descriptors } = shell;
  const argv = [name, ...args];
  const user = process.user === 'root' ? undefined : process.user;
  if (args[0] === 'receive' || args[0] === 'recv') {
    const checked = checkCommand(stateNow(host), argv, user);
    const begun = 'exitCode' in checked ? checked : beginReceive(stateNow(host), checked.command, user);
    return 'exitCode' in begun ? finish(call, begun) : receive(call, begun);
  }
  const text = ASKING.has(args[0] ?? '') ? (await readAll(descriptors.input, process.signal)).toString() : undefined;
  const input = { ...(text !== undefined && { text }), ...(user !== undefined && { user }) };
  return finish(call, apply(stateNow(host), argv, input));
}

async function finish(call: Call, { state, stdout, stderr, stream, exitCode }: Outcome): Promise<number> {
  const { shell } = call;
  shell.host.state = state;
  await print(shell, 2, stderr);
  await print(shell, 1, stdout);
  if (stream) await send(call, stream);
  return exitCode;
}
