import type { Redirect } from '../../core/shell/script';
import { Refused } from '../ended';
import { openToRead, openToWrite } from '../files';
import { CLOSED, EMPTY, sourceOf } from '../io';
import type { Sink } from '../io';
import { expandText } from './expand';
import type { Substitute } from './expand';
import type { Descriptors, Shell } from './shell';
import { outputOf } from './shell';

export interface Redirected {
  readonly descriptors: Descriptors;
  /** Closes the files that were opened; what was written counts from then on. */
  readonly close: () => void;
}

/** What a command reads and writes under its redirects, from left to right. */
export async function redirect(shell: Shell, redirects: readonly Redirect[], run: Substitute): Promise<Redirected> {
  let descriptors = shell.descriptors;
  const opened: { readonly close: () => void }[] = [];
  for (const each of redirects) {
    if (each.kind !== 'file') {
      const text = await expandText(shell, each.kind === 'here-document' ? each.body : each.target, run);
      const bytes = Buffer.from(each.kind === 'here-string' ? `${text}\n` : text);
      descriptors = { ...descriptors, input: sourceOf(bytes) };
      continue;
    }
    const target = await expandText(shell, each.target, run);
    const [, number = '', operator = ''] = /^(\d*)(.*)$/.exec(each.operator) ?? [];
    if (operator === '<' && (number === '' || number === '0')) {
      descriptors = { ...descriptors, input: openToRead(shell.host, target) };
    } else if (operator === '<&' && target === '-') {
      descriptors = { ...descriptors, input: EMPTY };
    } else if (operator === '>&') {
      const from = target === '-' ? CLOSED : outputOf({ ...shell, descriptors }, Number(target));
      descriptors = withOutput(descriptors, number, from);
    } else if (['>', '>>', '>|'].includes(operator)) {
      const file = openToWrite(shell.host, target, operator === '>>');
      opened.push(file);
      descriptors = withOutput(descriptors, number, file);
    } else throw new Refused(`the lab's shell does not know the redirect ${each.operator}`);
  }
  return { descriptors, close: () => opened.forEach((file) => file.close()) };
}

const withOutput = (descriptors: Descriptors, number: string, sink: Sink): Descriptors => ({
  ...descriptors,
  outputs: new Map(descriptors.outputs).set(number === '' ? 1 : Number(number), sink),
});
