import { policySymbols } from '../core/policy/policy-symbols';
import type { Feature } from './feature';
import { wholeFiles } from './name-query';
import { toSymbolInformation } from './to-symbol';

/** The hosts and policies of all policy files of the workspace whose names hold the letters asked for, in their order. */
export const workspaceSymbols: Feature = (context) => {
  context.connection.onWorkspaceSymbol(async ({ query }) => {
    const files = wholeFiles(await context.policies.all());
    return files.flatMap((file) =>
      policySymbols(file.text)
        .flatMap(({ children }) => children)
        .filter(({ name }) => hasLetters(name, query))
        .map((symbol) => toSymbolInformation(file, symbol)),
    );
  });
  return { workspaceSymbolProvider: true };
};

function hasLetters(name: string, query: string): boolean {
  let from = 0;
  const lower = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    from = lower.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
