/** Runs a script of the lab's shell: the part of POSIX sh that people and Rawsend type to drive zfs. */
import { parseShell } from '../../core/shell/parse-shell';
import type { AndOr, For, If, List, Loop, ShellNode, Statement } from '../../core/shell/script';
import { unreachable } from '../../core/result';
import { Refused, statusOf } from '../ended';
import { collector } from '../io';
import { Pipe } from '../pipe';
import { expandWords } from './expand';
import { redirect } from './redirect';
import { runCommand, runWords } from './run-command';
import { fork, Leave, print } from './shell';
import type { Descriptors, Shell } from './shell';

/** Runs text as `sh -c` does; the status, with every end turned into one. */
export async function runText(shell: Shell, text: string): Promise<number> {
  const status = await guarded(shell, async () => {
    const { statements, problems } = parseShell(text);
    if (problems[0]) throw new Refused(`syntax error: ${problems[0].message}`);
    return runList(shell, statements);
  });
  const trap = shell.exitTrap;
  shell.exitTrap = undefined;
  if (trap === undefined || shell.process.signal.aborted) return status;
  shell.status = status;
  await guarded(shell, () => runList(shell, parseShell(trap).statements));
  return status;
}

/** Every end of a shell as a status; what is wrong use is said. */
async function guarded(shell: Shell, work: () => Promise<number>): Promise<number> {
  try {
    const status = await work();
    if (shell.process.signal.aborted) throw shell.process.signal.reason;
    return status;
  } catch (error) {
    if (error instanceof Leave) return error.status;
    const status = statusOf(error);
    if (status === undefined) throw error;
    if (error instanceof Refused) await print(shell, 2, `sh: ${error.message}\n`).catch(() => undefined);
    return status;
  }
}

/** In a process of its own, which the status of its end is of. */
export async function inFork(
  shell: Shell,
  descriptors: Descriptors,
  work: (child: Shell) => Promise<number>,
  args?: readonly string[],
): Promise<number> {
  const child = fork(shell, args);
  child.descriptors = descriptors;
  try {
    return await guarded(child, () => work(child));
  } finally {
    child.host.processes.end(child.process);
  }
}

async function runList(shell: Shell, list: List): Promise<number> {
  let status = 0;
  for (const statement of list) status = await runStatement(shell, statement);
  return status;
}

async function runStatement(shell: Shell, { node, background }: Statement): Promise<number> {
  if (shell.process.signal.aborted) throw shell.process.signal.reason;
  if (background) {
    inFork(shell, shell.descriptors, (child) => runNode(child, node)).catch(() => undefined);
    return setStatus(shell, 0);
  }
  const status = await runNode(shell, node);
  const isTested = node.kind === 'and-or' || node.negated === true;
  if (shell.options.errexit && status !== 0 && !isTested) throw new Leave('exit', status);
  return status;
}

const setStatus = (shell: Shell, status: number): number => (shell.status = status);

async function runNode(shell: Shell, node: ShellNode): Promise<number> {
  const status = await runKind(shell, node);
  return setStatus(shell, node.negated ? Number(status === 0) : status);
}

function runKind(shell: Shell, node: ShellNode): Promise<number> {
  switch (node.kind) {
    case 'command':
      return runCommand(shell, node, SELF);
    case 'pipeline':
      return runPipeline(shell, node.stages);
    case 'and-or':
      return runAndOr(shell, node);
    case 'group':
      return node.subshell
        ? inFork(shell, shell.descriptors, (child) => runList(child, node.body))
        : runList(shell, node.body);
    case 'if':
      return runIf(shell, node);
    case 'loop':
      return runLoop(shell, node);
    case 'for':
      return runFor(shell, node);
    case 'function':
      shell.functions.set(node.name, node.body);
      return Promise.resolve(0);
    case 'redirected':
      return runRedirected(shell, node);
    case 'case':
    case 'words':
      throw new Refused(`the lab's shell does not know ${node.kind === 'case' ? 'case' : '[[ … ]]'}`);
    default:
      return unreachable(node);
  }
}

async function runPipeline(shell: Shell, stages: readonly ShellNode[]): Promise<number> {
  const pipes = stages.slice(1).map(() => new Pipe());
  const statuses = await Promise.all(
    stages.map(async (stage, index) => {
      const [before, after] = [pipes[index - 1], pipes[index]];
      const { input, outputs } = shell.descriptors;
      const descriptors = {
        input: before ?? input,
        outputs: after ? new Map(outputs).set(1, after) : outputs,
      };
      const status = await inFork(shell, descriptors, (child) => runNode(child, stage));
      before?.abandon();
      after?.end();
      return status;
    }),
  );
  const failed = shell.options.pipefail ? statuses.findLast((status) => status !== 0) : undefined;
  return failed ?? statuses.at(-1) ?? 0;
}

async function runAndOr(shell: Shell, { parts, operators }: AndOr): Promise<number> {
  let status = 0;
  for (const [index, part] of parts.entries()) {
    const operator = operators[index - 1];
    if (index > 0 && (operator === '&&') !== (status === 0)) continue;
    status = await runNode(shell, part);
  }
  return setStatus(shell, status);
}

/** A condition may fail: `set -e` does not look. */
async function holds(shell: Shell, condition: List): Promise<boolean> {
  const { errexit } = shell.options;
  shell.options.errexit = false;
  try {
    return (await runList(shell, condition)) === 0;
  } finally {
    shell.options.errexit = errexit;
  }
}

async function runIf(shell: Shell, { branches, otherwise }: If): Promise<number> {
  for (const { condition, body } of branches) if (await holds(shell, condition)) return runList(shell, body);
  return otherwise ? runList(shell, otherwise) : 0;
}

async function runLoop(shell: Shell, { condition, body, until }: Loop): Promise<number> {
  if (condition.length === 0) throw new Refused("the lab's shell does not know the arithmetic for");
  let status = 0;
  while ((await holds(shell, condition)) !== (until === true)) {
    const round = await once(shell, body);
    status = round.status;
    if (round.isLeft) break;
  }
  return status;
}

async function runFor(shell: Shell, { name, items, body }: For): Promise<number> {
  let status = 0;
  for (const value of items ? await expandWords(shell, items, SELF.substitute) : shell.args) {
    shell.variables.set(name, value);
    const round = await once(shell, body);
    status = round.status;
    if (round.isLeft) break;
  }
  return status;
}

/** One round of a loop, which `break` leaves for good. */
async function once(shell: Shell, body: List): Promise<{ readonly status: number; readonly isLeft: boolean }> {
  try {
    return { status: await runList(shell, body), isLeft: false };
  } catch (error) {
    if (error instanceof Leave && error.what === 'break') return { status: 0, isLeft: true };
    if (error instanceof Leave && error.what === 'continue') return { status: 0, isLeft: false };
    throw error;
  }
}

async function runRedirected(
  shell: Shell,
  { node, redirects }: Extract<ShellNode, { kind: 'redirected' }>,
): Promise<number> {
  const outer = shell.descriptors;
  const { descriptors, close } = await redirect(shell, redirects, SELF.substitute);
  shell.descriptors = descriptors;
  try {
    return await runNode(shell, node);
  } finally {
    shell.descriptors = outer;
    close();
  }
}

async function substitute(shell: Shell, body: List): Promise<string> {
  const printed = collector();
  const outputs = new Map(shell.descriptors.outputs).set(1, printed);
  const descriptors = { ...shell.descriptors, outputs };
  setStatus(shell, await inFork(shell, descriptors, (child) => runList(child, body)));
  return printed.bytes().toString();
}

/** What a command needs of the interpreter, so that it need not import it. */
export interface Interpreter {
  readonly runText: (shell: Shell, text: string) => Promise<number>;
  readonly runNode: (shell: Shell, node: ShellNode) => Promise<number>;
  readonly runWords: (shell: Shell, words: readonly string[]) => Promise<number>;
  readonly inFork: typeof inFork;
  readonly substitute: (shell: Shell, body: List) => Promise<string>;
}

const SELF: Interpreter = {
  runText,
  runNode,
  runWords: (shell, words) => runWords(shell, words, SELF),
  inFork,
  substitute,
};
