/** Policy files that include each other, as texts. */
import type { IncludedFiles } from '../../../server/src/core/policy/include-graph';
import { err, ok } from '../../../server/src/core/result';

/** Where the text stands that includes the others. */
export const PLACE = '/w/a/rawsend.yaml';

/** By their paths from the folder of `PLACE`; null is a file that is not there. */
export function includedFrom(files: Readonly<Record<string, string | null>>): IncludedFiles {
  const read = Object.entries(files).map(([name, text]) => {
    const path = new URL(name, `file://${PLACE}`).pathname;
    return [path, text === null ? err({ reason: 'does not exist' }) : ok(text)] as const;
  });
  return { path: PLACE, files: new Map(read) };
}

export const HOSTS = 'version: 1\nhosts:\n  prod: { ssh: root@prod }\n  vault: { ssh: root@vault }\n';

export const policyLine = (name: string, keys = ''): string =>
  `  ${name}: { intent: vault, source: prod:tank/${name}, target: vault:backup/${name}${keys} }\n`;

export const including = (items: string, rest = ''): string => `version: 1\ninclude: [${items}]\n${rest}`;
