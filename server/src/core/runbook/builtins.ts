import { isKnown, textOf } from '../shell/placed-text';
import { freshIdentity } from './analysis';
import type { Analysis, Scope } from './analysis';
import { printedText } from './printed-text';
import { forgetAll } from './environment';
import type { Field } from './runbook';

/** A call of a shell builtin that changes the state of its shell. */
interface BuiltinCall {
  readonly analysis: Analysis;
  readonly args: readonly Field[];
  readonly scope: Scope;
}

const NAME = /^[A-Za-z_]\w*$/;

/** Builtins that set variables or pipefail. What they set is known for `set` only. */
export const BUILTINS: ReadonlyMap<string, (call: BuiltinCall) => void> = new Map([
  ['set', setOptions],
  ['shift', shiftPositional],
  ['local', declareLocal],
  ['declare', declareLocal],
  ['typeset', declareLocal],
  ['shopt', setShellOptions],
  ['setopt', (call: BuiltinCall) => setZshOption(call, 'on')],
  ['unsetopt', (call: BuiltinCall) => setZshOption(call, 'off')],
  ['source', sourceFile],
  ['.', sourceFile],
  ['read', setNames],
  ['mapfile', setNames],
  ['readarray', setNames],
  ['getopts', setNames],
  ['unset', unsetNames],
  ['printf', printToName],
]);

function setOptions({ args, scope }: BuiltinCall): void {
  const words = args.map((field) => textOf(field.text));
  const end = words.indexOf('--');
  if (end !== -1) scope.environment.positional = args.slice(end + 1);
  words.forEach((word, index) => {
    // `set -euo pipefail`: the name follows the group that ends in o.
    if (/^[-+][A-Za-z]*o$/.test(word) && isPipefail(words[index + 1] ?? '')) {
      scope.environment.pipefail = word.startsWith('-') ? 'on' : 'off';
    }
  });
}

/** Known only as long as each word that goes is surely one. */
function shiftPositional({ args, scope: { environment } }: BuiltinCall): void {
  const count = Number(args[0] ? textOf(args[0].text) : 1);
  const isSure = environment.positional?.slice(0, count).every((field) => field.arity === 'one');
  environment.positional = isSure ? environment.positional?.slice(count) : undefined;
}

/** `local NAME` without a value hides the caller's variable. */
function declareLocal({ args, scope }: BuiltinCall): void {
  if (scope.site.functions.length === 0 || args.some((field) => /^-[A-Za-z]*[xrgn]/.test(textOf(field.text)))) return;
  const isArray = args.some((field) => /^-[A-Za-z]*[aA]/.test(textOf(field.text)));
  for (const { text } of args) {
    const name = textOf(text);
    if (!isKnown(text) || !NAME.test(name)) continue;
    scope.environment.own.set(name, isArray ? { kind: 'list', items: [] } : { kind: 'text', text: [] });
  }
}

/** `shopt -so pipefail` is another way to say `set -o pipefail`. */
function setShellOptions({ args, scope }: BuiltinCall): void {
  const words = args.map((field) => textOf(field.text));
  const letters = words.filter((word) => word.startsWith('-')).join('');
  if (!words.some(isPipefail) || !/[su]/.test(letters)) return;
  scope.environment.pipefail = letters.includes('s') ? 'on' : 'off';
}

function setZshOption({ args, scope }: BuiltinCall, state: 'on' | 'off'): void {
  if (args.some((field) => isPipefail(textOf(field.text)))) scope.environment.pipefail = state;
}

/** zsh cares for neither case nor underscores. */
const isPipefail = (word: string): boolean => word.toLowerCase().replaceAll('_', '') === 'pipefail';

/** Another file may set anything, pipefail included. */
function sourceFile({ analysis, scope }: BuiltinCall): void {
  forgetAll(scope.environment, freshIdentity(analysis));
  if (scope.environment.pipefail === 'off') scope.environment.pipefail = 'unknown';
}

function setNames({ analysis, args, scope }: BuiltinCall): void {
  for (const field of args) {
    const word = textOf(field.text);
    if (!isKnown(field.text) || !NAME.test(word)) continue;
    const identity = `${freshIdentity(analysis)}:${word}`;
    if (scope.feed) analysis.origins.set(identity, scope.feed);
    scope.environment.own.set(word, { kind: 'unknown', identity });
  }
}

function unsetNames({ args, scope }: BuiltinCall): void {
  if (args.some((field) => textOf(field.text) === '-f')) return;
  for (const { text } of args) {
    if (isKnown(text) && NAME.test(textOf(text))) scope.environment.own.set(textOf(text), { kind: 'text', text: [] });
  }
}

function printToName(call: BuiltinCall): void {
  const [flag, name, ...rest] = call.args;
  if (!flag || !name || textOf(flag.text) !== '-v') return;
  const text = printedText('printf', rest, undefined);
  if (text && NAME.test(textOf(name.text))) call.scope.environment.own.set(textOf(name.text), { kind: 'text', text });
  else setNames({ ...call, args: [name] });
}
