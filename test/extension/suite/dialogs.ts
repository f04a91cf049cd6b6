import { window } from 'vscode';

/** What a test chooses: for a message the first button that is listed, for a list the first label, for an input its text. */
export interface Answers {
  readonly buttons?: readonly string[];
  readonly picks?: readonly string[];
  readonly input?: string;
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
