import { window } from 'vscode';
import type { AskParams, HostKeyQuestion, PassphraseQuestion } from '../../server/src/protocol';

export type Asker = (question: AskParams) => Promise<string | null>;

/**
 * Puts the questions of the server and of runs to the person. Passphrases are remembered until the window
 * closes, in memory only; a second attempt means that the remembered one was wrong.
 */
export function createAsker(): Asker {
  const passphrases = new Map<string, string>();
  return async (question) => {
    if (question.kind === 'host-key') return askHostKey(question);
    const known = passphrases.get(question.keyFile);
    if (known !== undefined && question.attempt === 1) return known;
    const answer = await askPassphrase(question);
    if (answer !== undefined) passphrases.set(question.keyFile, answer);
    return answer ?? null;
  };
}

async function askHostKey({ address, algorithm, fingerprint }: HostKeyQuestion): Promise<string | null> {
  const accept = 'Trust This Key';
  const choice = await window.showWarningMessage(
    `The key of ${address} is not known`,
    {
      modal: true,
      detail: `${algorithm} ${fingerprint}\n\nCompare this fingerprint with the host's own before you trust it. It is then written to known_hosts.`,
    },
    accept,
  );
  return choice === accept ? 'accept' : null;
}

function askPassphrase({ keyFile, attempt }: PassphraseQuestion): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Rawsend: passphrase of an SSH key',
    prompt: `Passphrase of ${keyFile}${attempt > 1 ? ' (the last one was wrong)' : ''}`,
    password: true,
    ignoreFocusOut: true,
  });
}
