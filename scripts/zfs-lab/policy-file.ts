import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the ready policy. QEMU's user network maps 10.0.2.2 to this machine, and so to the target's port. */
export function writePolicyFile(directory: string, targetPort: number): string {
  const file = join(directory, 'rawsend.yaml');
  writeFileSync(
    file,
    `version: 1
hosts:
  prod: { ssh: source }
  vault: { ssh: target }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    transport: { route: direct, address: "root@10.0.2.2:${targetPort}" }
`,
  );
  return file;
}
