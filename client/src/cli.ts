import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { ProgressLocation, commands, window } from 'vscode';
import type { Asker } from './ask';
import type { PolicySource } from './policy-source';
import type { CliResult, CliRun } from './run-cli';
import { runCli } from './run-cli';
import type { SshConfig } from './ssh-config';

/** The `rawsend` program as the features see it. */
export interface Cli {
  /** Starts a command on one policy; the text of its file goes to standard input. */
  readonly start: (command: CliCommand, source: PolicySource, onLine?: (line: string) => void) => CliRun;
  /** The same with a notification that can cancel it. */
  readonly wait: (title: string, command: CliCommand, source: PolicySource) => Promise<CliResult>;
  /** Says why the program could not do it: its own words, and the output channel for the rest. */
  readonly showFailure: (title: string, result: CliResult) => Promise<void>;
}

export interface CliCommand {
  readonly name: 'plan' | 'estimate' | 'run' | 'verify';
  readonly options?: readonly string[];
}

/** What the program is started with. */
export interface CliMeans {
  readonly output: LogOutputChannel;
  readonly ask: Asker;
  readonly sshConfig: SshConfig;
}

export function createCli(context: ExtensionContext, { output, ask, sshConfig }: CliMeans): Cli {
  const program = context.asAbsolutePath('dist/cli.js');
  const start: Cli['start'] = (command, source, onLine) => {
    const args = [command.name, ...(command.options ?? []), ...sshOptions(sshConfig), '-f', '-', '--', source.policy];
    output.info(`rawsend ${args.join(' ')}`);
    return runCli({
      program,
      args,
      input: source.text,
      cwd: source.folder,
      ask,
      ...(onLine === undefined ? {} : { onLine }),
    });
  };
  return {
    start,
    wait: (title, command, source) =>
      Promise.resolve(
        window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) => {
          const run = start(command, source);
          token.onCancellationRequested(run.cancel);
          return run.result;
        }),
      ),
    async showFailure(title, { stderr }) {
      output.error(`${title}\n${stderr}`);
      const show = 'Show Output';
      const choice = await window.showErrorMessage(`${title}: ${firstWords(stderr)}`, show);
      if (choice === show) await commands.executeCommand('rawsend.showOutput');
    },
  };
}

function sshOptions({ file }: SshConfig): readonly string[] {
  const path = file();
  return path === undefined ? [] : ['--ssh-config', path];
}

/** What a notification has room for; the program prints its name before what it says. */
function firstWords(stderr: string): string {
  const text = stderr
    .trim()
    .replaceAll(/^rawsend: /gm, '')
    .split('\n')
    .slice(0, 3)
    .join(' · ');
  return text === '' ? 'it ended without a word' : text;
}
