import { keyOf } from '../shell/placed-text';
import { datasetKey } from './runbook';
import type { ArgumentWord, EncryptionEvidence, Invocation } from './runbook';

/**
 * What the commands of a document prove about encryption. `zfs create` decides it for good, because the property
 * cannot be changed later; a key can only be loaded, unloaded or changed for an encrypted dataset.
 */
export function readEncryption(invocations: readonly Invocation[]): ReadonlyMap<string, EncryptionEvidence> {
  const evidence = new Map<string, EncryptionEvidence>();
  for (const invocation of invocations) {
    const proven = invocation.program === 'zfs' ? byDataset(invocation) : byPool(invocation);
    if (!proven?.subject) continue;
    const { state, subject } = proven;
    const dataset = subject.known ? subject.shown : undefined;
    const proof = `\`${invocation.program} ${invocation.verb}\``;
    evidence.set(datasetKey(invocation.site.route, keyOf(subject.text)), {
      dataset,
      state,
      span: invocation.span,
      proof,
    });
  }
  return evidence;
}

interface Proven {
  readonly state: EncryptionEvidence['state'];
  readonly subject: ArgumentWord | undefined;
}

const KEY_COMMANDS: ReadonlySet<string> = new Set(['load-key', 'unload-key', 'change-key']);

function byDataset({ command, flags, operands }: Invocation): Proven | undefined {
  if (!command || command.flags['dryRun'] || command.flags['inherit']) return undefined;
  const subject = operands.at(-1);
  if (KEY_COMMANDS.has(command.subcommand)) return { state: 'encrypted', subject };
  if (command.subcommand !== 'create') return undefined;
  const settings = Object.values(flags).flatMap((sites) => sites.map((site) => site.value?.shown ?? ''));
  const state = stateOf(settings);
  return state && { state, subject };
}

/** `zpool create` has no table: `-O` sets the properties of the root dataset, and the first operand is the pool. */
function byPool({ verb, words }: Invocation): Proven | undefined {
  if (verb !== 'create') return undefined;
  const args = words.slice(1);
  const settings: string[] = [];
  let index = 0;
  for (; args[index]?.shown.startsWith('-'); index++) {
    const flag = args[index]?.shown ?? '';
    if (!/^-[A-Za-z]*[oOmRt]$/.test(flag)) continue;
    index += 1;
    if (flag.endsWith('O')) settings.push(args[index]?.shown ?? '');
  }
  const state = stateOf(settings);
  return state && { state, subject: args[index] };
}

function stateOf(settings: readonly string[]): EncryptionEvidence['state'] | undefined {
  const setting = settings.findLast((value) => value.startsWith('encryption='));
  if (setting === undefined) return undefined;
  if (setting === 'encryption=off') return 'unencrypted';
  return /^encryption=(?:on|aes-\d+-[cg]cm)$/.test(setting) ? 'encrypted' : undefined;
}
