import { derived, describe, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Analysis, Scope } from './analysis';
import { BUILTINS } from './builtins';
import { printedText } from './printed-text';
import type { Field } from './runbook';
import type { NamedCall } from './run-program';

/** What `echo` and its kin print goes to the next stage, to a variable, or to a file that is a document of its own. */
export function printText(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const { name, args, streams, span } = call;
  if (name === 'printf') BUILTINS.get(name)?.({ analysis, args, scope });
  const file = name === 'tee' ? args.find((field) => !textOf(field.text).startsWith('-')) : streams.writes;
  // Most of what a script prints is for people.
  const isHeard = (file && !isProse(file)) || (analysis.output && !streams.writes);
  const text = isHeard ? printedText(name, args, streams.input) : undefined;
  if (!text) return;
  if (file) writeFile(analysis, { file, text }, scope);
  if (streams.writes || !analysis.output) return;
  for (const run of text) analysis.output.push(run);
  // So that what is printed next begins a line.
  if (name !== 'printf' || !textOf(text).endsWith('\n')) analysis.output.push(derived('\n', span));
}

/** What a script writes for people to read is no document to us. */
const PROSE = /\.(?:md|markdown|mdx|rst|rest|txt|text|adoc|asciidoc|log)$|^\/dev\/(?:null|tty|std\w+)$/i;

const isProse = (file: Field): boolean => PROSE.test(textOf(file.text));

export function writeFile(
  analysis: Analysis,
  { file, text }: { readonly file: Field; readonly text: PlacedText },
  scope: Scope,
): void {
  if (isProse(file)) return;
  analysis.files.push({ path: describe(file.text), text, site: scope.site });
  analysis.walkDocument(textOf(file.text), text, scope);
}
