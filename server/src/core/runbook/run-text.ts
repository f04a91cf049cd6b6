import { textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Analysis, Scope } from './analysis';
import { BUILTINS } from './builtins';
import { childEnvironment, newEnvironment } from './environment';
import { printText, writeFile } from './print-text';
import type { Field, Pipefail, Site, Streams } from './runbook';
import type { NamedCall } from './run-program';
import { dialectOf, readShellArguments } from './shell-arguments';
import { joinFields, readSshArguments } from './ssh-arguments';

type Program = (analysis: Analysis, call: NamedCall, scope: Scope) => void;

/** What a program does that runs text, prints it, or writes it into a file; undefined for any other. */
export const textProgram = (name: string): Program | undefined =>
  PROGRAMS.get(name) ?? (dialectOf(name) === undefined ? undefined : runShell);

const PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['ssh', runSsh],
  ['autossh', runSsh],
  ['rsh', runSsh],
  ['eval', (analysis, { args }, scope) => runText(analysis, joinFields(args), scope)],
  ['trap', (analysis, { fields }, scope) => runText(analysis, fields[1]?.text, branchOf(scope))],
  ['watch', (analysis, { fields }, scope) => runText(analysis, commandOfWatch(fields), branchOf(scope))],
  ['script', (analysis, { fields }, scope) => runText(analysis, valueOf(fields, /^-[a-z]*c$/), branchOf(scope))],
  ['tmux', (analysis, { fields }, scope) => runText(analysis, commandOfTmux(fields), branchOf(scope))],
  ['at', runLater],
  ['batch', runLater],
  ['crontab', writeCrontab],
  ['install', writeInput],
  ['dd', writeInput],
  ['sponge', writeInput],
  ['.', sourceInput],
  ['source', sourceInput],
  ['echo', printText],
  ['printf', printText],
  ['cat', printText],
  ['tee', printText],
]);

/** A remote login shell knows nothing of this one's variables. */
function runSsh(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const ssh = readSshArguments(call.args);
  if (!ssh) return;
  const site: Site = { ...scope.site, route: [...scope.site.route, ssh.destination], dialect: 'unknown' };
  const remote: Scope = { ...scope, site, environment: newEnvironment(withoutOption(scope)) };
  if (!ssh.command) runText(analysis, call.streams.input?.text, { ...remote, streams: outputOf(call) });
  else runText(analysis, ssh.command, { ...remote, streams: call.streams });
}

function runShell(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const shell = readShellArguments(call.name, call.args);
  if (!shell) return;
  const { command, dialect } = shell;
  const text = command ?? (shell.readsInput ? call.streams.input?.text : undefined);
  const pipefail = shell.pipefail === 'off' ? withoutOption(scope) : shell.pipefail;
  const environment = newEnvironment(pipefail, shell.positional);
  const streams = command ? call.streams : outputOf(call);
  runText(analysis, text, { ...scope, environment, site: { ...scope.site, dialect }, streams });
}

/** A new shell has no pipefail; who types its command sees it fail all the same. */
const withoutOption = ({ site: { setting }, environment: { pipefail } }: Scope): Pipefail =>
  setting.medium === 'document' && pipefail === 'unknown' ? 'unknown' : 'off';

/** `. /dev/stdin <<EOF`; other files are not read. */
function sourceInput(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const [, file, ...rest] = call.fields;
  if (file && textOf(file.text) === '/dev/stdin') runText(analysis, call.streams.input?.text, scope);
  else BUILTINS.get(call.name)?.({ analysis, args: file ? [file, ...rest] : [], scope });
}

/** `at` and `batch` give their input to sh, later. */
function runLater(analysis: Analysis, { streams }: NamedCall, scope: Scope): void {
  const site: Site = { ...scope.site, dialect: 'sh' };
  runText(analysis, streams.input?.text, { ...scope, site, environment: newEnvironment(), streams: {} });
}

/** `… | crontab -`. */
function writeCrontab(analysis: Analysis, { args, streams }: NamedCall, scope: Scope): void {
  const reads = args.every((field, index) => textOf(field.text).startsWith('-') || index === 1);
  if (reads && streams.input) analysis.walkDocument('crontab', streams.input.text, scope);
}

/** `install /dev/stdin FILE`, `dd of=FILE` and `sponge FILE`. */
function writeInput(analysis: Analysis, { name, fields, streams }: NamedCall, scope: Scope): void {
  const words = fields.map((field) => textOf(field.text));
  const named = words.findIndex((word) => word.startsWith('of='));
  const file = fields[name === 'dd' ? named : fields.length - 1];
  if (!streams.input || !file || (name === 'install' && !words.includes('/dev/stdin'))) return;
  const path =
    name === 'dd' ? { ...file, text: [{ ...TEXT, text: textOf(file.text).slice(3), span: file.span }] } : file;
  writeFile(analysis, { file: path, text: streams.input.text }, scope);
}

const TEXT = { kind: 'derived' } as const;

const commandOfWatch = (fields: readonly Field[]): PlacedText =>
  joinFields(fields.slice(fields.findIndex((field, index) => index > 0 && !/^-|^\d/.test(textOf(field.text)))));

/** What stands behind the flag; undefined when it is not there. */
function valueOf(fields: readonly Field[], flag: RegExp): PlacedText | undefined {
  const index = fields.findIndex((field) => flag.test(textOf(field.text)));
  return index === -1 ? undefined : fields[index + 1]?.text;
}

/** `tmux new-session -d -s NAME COMMAND` and `tmux send-keys -t NAME COMMAND Enter`. */
function commandOfTmux([, verb, ...fields]: readonly Field[]): PlacedText | undefined {
  if (!verb || !/^(?:new|neww|new-session|new-window|split-window|send|send-keys)$/.test(textOf(verb.text)))
    return undefined;
  let index = 0;
  for (; textOf(fields[index]?.text ?? []).startsWith('-'); index++) {
    if (/^-[A-Za-z]*[sntcFexy]$/.test(textOf(fields[index]?.text ?? []))) index += 1;
  }
  const command = fields.slice(index).filter((field) => !/^(?:Enter|C-m)$/.test(textOf(field.text)));
  return command.length === 0 ? undefined : joinFields(command);
}

/** What a program that is fed something else passes on to those that it runs. */
export const outputOf = ({ streams: { writes } }: Pick<NamedCall, 'streams'>): Streams => (writes ? { writes } : {});

export function runText(analysis: Analysis, text: PlacedText | undefined, scope: Scope): void {
  if (text) analysis.walkText(text, { ...scope, depth: scope.depth + 1 });
}

const branchOf = (scope: Scope): Scope => ({ ...scope, environment: childEnvironment(scope.environment) });
