/** Texts that several suites open. */
import type { Position } from 'vscode-languageserver/node';

/** Where the first `part` of a text begins. */
export function positionOf(text: string, part: string): Position {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

export const POLICY = `version: 1
hosts:
  prod: { ssh: cr0x@source }
  vault: { ssh: cr0x@target, elevate: sudo }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    transport: { route: relay, limit: 10MiB/s }
`;

/** One unknown key, which has a safe fix. */
export const BROKEN_POLICY = POLICY.replace('transport:', 'recursve: true\n    transport:');

/** The dataset is known to be encrypted by the script itself. */
export const SCRIPT = `#!/bin/bash
set -o pipefail
zfs create -o encryption=on -o keyformat=raw tank/prod
zfs send tank/prod@a | ssh vault zfs receive backup/prod
`;
