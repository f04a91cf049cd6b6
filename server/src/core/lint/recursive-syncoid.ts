import { isKnown, textOf } from '../shell/placed-text';
import type { Call, Runbook } from '../runbook/runbook';
import type { LintContext } from './document';
import { encryptionOf } from './knowledge';

/** The calls of syncoid that send each dataset of a tree raw and by itself. */
export function recursiveRawSyncoids(runbook: Runbook, context: LintContext): readonly Call[] {
  return runbook.calls.filter((call) => {
    if (call.name !== 'syncoid' || !call.args.every((field) => isKnown(field.text))) return false;
    const words = call.args.map((field) => textOf(field.text));
    const letters = sendOptions(words);
    if (!words.some((word) => word === '-r' || word === '--recursive') || !/w/.test(letters) || /R/.test(letters))
      return false;
    return !isUnencrypted(words, runbook, context);
  });
}

/** The letters of `--sendoptions`, which syncoid splits at blanks. */
function sendOptions(words: readonly string[]): string {
  const at = words.findIndex((word) => /^--sendoptions(?:=|$)/.test(word));
  if (at === -1) return '';
  const value = words[at]?.includes('=') ? (words[at] ?? '').slice('--sendoptions='.length) : (words[at + 1] ?? '');
  return value
    .split(/\s+/)
    .filter((word) => /^-?[A-Za-z]+$/.test(word))
    .join('');
}

function isUnencrypted(words: readonly string[], runbook: Runbook, context: LintContext): boolean {
  const source = words.find((word) => !word.startsWith('-') && /^(?:[^:/]*:)?[\w.-]+\/[\w./:-]+$/.test(word));
  const name = source?.replace(/^[^:]*:/, '');
  if (name === undefined) return false;
  return encryptionOf({ name, known: name, key: name, route: [] }, runbook, context).state === 'unencrypted';
}
