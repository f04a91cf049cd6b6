import { CancellationTokenSource, window } from 'vscode';

/** What a test chooses: for a message the first button that is listed, for a list the first label, for an input its text. */
export interface Answers {
  readonly buttons?: readonly string[];
  readonly picks?: readonly string[];
  readonly input?: string;
  /** Presses Cancel when a progress notification says this. */
  readonly cancelWhen?: RegExp;
}

interface Item {
  readonly label: string;
}

/**
 * Answers dialogs in a person's place while `action` runs, and returns what was asked. The extension host gives
 * the suite the same `window` as the extension.
 */
export async function answering(answers: Answers, action: () => PromiseLike<unknown>): Promise<readonly string[]> {
  const asked: string[] = [];
  const message = async (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
    asked.push(text);
    return rest.find((item) => typeof item === 'string' && answers.buttons?.includes(item));
  };
  const replacements = {
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    async showQuickPick(items: readonly Item[]): Promise<unknown> {
      asked.push(items.map(({ label }) => label).join(' | '));
      return items.find(({ label }) => answers.picks?.includes(label));
    },
    async showInputBox(): Promise<unknown> {
      return answers.input;
    },
    withProgress: cancelling(window.withProgress, answers.cancelWhen),
  };
  const originals = Object.fromEntries(
    Object.keys(replacements).map((name) => [name, Reflect.get(window, name) as unknown]),
  );
  Object.assign(window, replacements);
  try {
    await action();
  } finally {
    Object.assign(window, originals);
  }
  return asked;
}

/** Shows progress as before, and cancels the task when it reports a message that matches. */
function cancelling(withProgress: typeof window.withProgress, when: RegExp | undefined): typeof window.withProgress {
  if (when === undefined) return withProgress;
  return (options, task) =>
    withProgress(options, (progress) => {
      const source = new CancellationTokenSource();
      const report: typeof progress.report = (step) => {
        progress.report(step);
        if (step.message !== undefined && when.test(step.message)) source.cancel();
      };
      return task({ report }, source.token);
    });
}
