/** Takes the answers to questions out of a traced message: they may be passphrases, and a trace is shared. */
export const withoutAnswers = (message: string): string =>
  message.replaceAll(/("answer":\s*)"(?:[^"\\]|\\.)*"/g, '$1"…"');
