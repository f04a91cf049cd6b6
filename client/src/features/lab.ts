import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { ProgressLocation, StatusBarAlignment, Uri, ViewColumn, commands, window } from 'vscode';
import type { SshConfig } from '../ssh-config';
import type { LabScenario, RunningLab } from '../start-lab';
import { listScenarios, startLab } from '../start-lab';
import { registerTrustedCommand } from '../trusted-command';

/**
 * "Open the Lab": two hosts of the lab for this window, their policy and a runbook beside it. It ends with the window, or
 * with "Close the Lab".
 */
export function registerLab(context: ExtensionContext, output: LogOutputChannel, sshConfig: SshConfig): void {
  const program = context.asAbsolutePath('dist/cli.js');
  const status = window.createStatusBarItem('rawsend.lab', StatusBarAlignment.Left);
  let running: RunningLab | undefined;

  const close = async (): Promise<void> => {
    running?.stop();
    await running?.ended;
  };
  const open = async (): Promise<void> => {
    const scenario = await pickScenario(program);
    if (scenario === undefined) return;
    await close();
    const lab = await window.withProgress(
      { location: ProgressLocation.Notification, title: `Starting the lab: ${scenario.name}` },
      () => startLab(program, scenario.name, sshConfig.file()),
    );
    running = lab;
    sshConfig.borrow(lab.sshConfig);
    show(scenario);
    void lab.ended.then(() => {
      if (running !== lab) return;
      running = undefined;
      status.hide();
      sshConfig.borrow(undefined);
    });
    await window.showTextDocument(Uri.file(lab.policyFile), { preview: false });
    await window.showTextDocument(Uri.file(lab.runbook), { preview: false, viewColumn: ViewColumn.Beside });
    await commands.executeCommand('rawsend.refreshHosts');
    await commands.executeCommand('rawsend.hosts.focus');
  };
  const show = ({ name, summary }: LabScenario): void => {
    status.name = 'Rawsend Lab';
    status.text = `$(beaker) Lab: ${name}`;
    status.tooltip = `${summary}\nTwo hosts of the lab run in this window. Click to end them.`;
    status.command = 'rawsend.closeLab';
    status.show();
  };
  const openOrSay = async (): Promise<void> => {
    try {
      await open();
    } catch (error) {
      output.error('The lab did not start', error);
      const why = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(`Rawsend: the lab did not start: ${why}`);
    }
  };
  context.subscriptions.push(
    status,
    { dispose: () => running?.stop() },
    registerTrustedCommand('rawsend.openLab', openOrSay),
    registerTrustedCommand('rawsend.closeLab', close),
  );
}

async function pickScenario(program: string): Promise<LabScenario | undefined> {
  const scenarios = await listScenarios(program);
  const items = scenarios.map((scenario) => ({ label: scenario.name, detail: scenario.summary, scenario }));
  const picked = await window.showQuickPick(items, {
    title: 'Open the Lab',
    placeHolder: 'How do the two hosts begin? They are a model of OpenZFS on this machine and keep no data',
    matchOnDetail: true,
  });
  return picked?.scenario;
}
