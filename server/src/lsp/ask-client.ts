import type { Connection } from 'vscode-languageserver/node';
import type { Ask } from '../core/run/ask';
import type { AskParams, AskResult } from '../protocol';
import { AskRequest } from '../protocol';

/** Puts questions to the person at the editor. A client that cannot ask counts as a person who declines. */
export function askClient(connection: Connection): Ask {
  const ask = async (question: AskParams): Promise<string | null> => {
    try {
      return (await connection.sendRequest<AskResult>(AskRequest, question)).answer;
    } catch {
      return null;
    }
  };
  return {
    hostKey: async (question) => (await ask(question)) === 'accept',
    passphrase: async (question) => (await ask(question)) ?? undefined,
  };
}
