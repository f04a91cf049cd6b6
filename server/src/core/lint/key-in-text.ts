import type { Invocation, Runbook } from '../runbook/runbook';
import { describe, isKnown, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import { span } from '../text/span';
import type { Span } from '../text/span';
import { keySettings } from './key-settings';

/** Keys whose text the document holds: on the standard input of a command that takes one, or written into a key file. */
export function* keysInText(runbook: Runbook, keyFiles: ReadonlyMap<string, string>): Iterable<KeyInText> {
  for (const invocation of runbook.invocations) {
    const { input } = invocation;
    if (input && takesKey(invocation) && isSecret(input.text)) {
      yield { dataset: keySettings(invocation).dataset?.shown ?? 'the dataset', invocation };
    }
  }
  for (const { path, text } of runbook.files) {
    const dataset = keyFiles.get(path);
    if (dataset !== undefined && isSecret(text)) yield { dataset, span: extentOf(text) };
  }
}

/** Either the command that takes the key, or where its text stands. */
export type KeyInText =
  | { readonly dataset: string; readonly invocation: Invocation }
  | { readonly dataset: string; readonly span: Span };

/** Whether zfs reads a key from standard input: not where the location is a file or a URL. */
function takesKey(invocation: Invocation): boolean {
  const { command, verb, program } = invocation;
  if (command?.flags['dryRun'] || command?.flags['inherit']) return false;
  const settings = keySettings(invocation).settings.map(({ shown }) => shown);
  const location = settings.findLast((setting) => setting.startsWith('keylocation='));
  if (location !== undefined && location !== 'keylocation=prompt') return false;
  if (command?.subcommand === 'load-key' || command?.subcommand === 'change-key') return true;
  return (
    (command?.subcommand === 'create' || (program === 'zpool' && verb === 'create')) &&
    settings.some((setting) => /^(?:encryption=(?!off)|keyformat=)/.test(setting))
  );
}

/** zfs takes no passphrase of fewer than eight characters: an answer such as `y` is none, nor what a run or a reader fills in. */
function isSecret(text: PlacedText): boolean {
  const written = textOf(text).trim();
  return isKnown(text) && written.length >= 8 && !/^(?:<[^<>]*>|\[[^[\]]*\]|\{\{.*\}\}|[*.x…]+)$/is.test(written);
}

const extentOf = (text: PlacedText): Span =>
  span(Math.min(...text.map((run) => run.span.start)), Math.max(...text.map((run) => run.span.end)));

const FILE = /^keylocation=file:\/\/(\/.*)$/;

/** The datasets of the key files that the document names, by path. */
export function namedKeyFiles({ invocations }: Runbook): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const invocation of invocations) {
    const { settings, dataset } = keySettings(invocation);
    const { reads, command } = invocation;
    const read = command?.subcommand === 'load-key' && reads ? [describe(reads.text)] : [];
    for (const path of [...settings.flatMap(({ shown }) => FILE.exec(shown)?.[1] ?? []), ...read]) {
      files.set(path, dataset?.shown ?? 'a dataset');
    }
  }
  return files;
}
