import { createPlacement, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { Field } from './runbook';

/** Gathers the parts of one word into the fields that the shell makes of it. */
export interface FieldBuilder {
  /** Text that is never split. It makes a field even when it is empty, as `""` does. */
  readonly addQuoted: (text: PlacedText) => void;
  /** Text as it was written: of that only the values of variables are split. */
  readonly addBare: (text: PlacedText) => void;
  /** The fields of `"$@"` or an array: the first joins what stands before, the last what follows. */
  readonly addFields: (fields: readonly Field[]) => void;
  readonly finish: () => readonly Field[];
}

export function createFieldBuilder(span: Span): FieldBuilder {
  const fields: Field[] = [];
  // A field that came whole, and the runs that were added to it or began one.
  let whole: Field | undefined;
  let runs: Run[] | undefined;
  const end = (): void => {
    if (runs) fields.push({ text: runs, span, arity: 'one' });
    else if (whole) fields.push(whole);
    whole = undefined;
    runs = undefined;
  };
  const add = (text: PlacedText): void => {
    runs ??= whole ? [...whole.text] : [];
    for (const run of text) runs.push(run);
  };
  return {
    addQuoted: add,
    addBare(text) {
      for (const run of text) {
        if (run.kind === 'derived' && run.value) splitValue(run, add, end);
        else add([run]);
      }
    },
    addFields(added) {
      added.forEach((field, index) => {
        if (index > 0) end();
        if (whole || runs) add(field.text);
        else whole = field;
      });
    },
    finish() {
      end();
      return fields;
    },
  };
}

/** Word splitting by the default IFS. */
function splitValue(run: Run, add: (text: PlacedText) => void, end: () => void): void {
  const placement = createPlacement([run]);
  for (const match of textOf([run]).matchAll(/[ \t\n]+|[^ \t\n]+/g)) {
    if (/^[ \t\n]/.test(match[0])) end();
    else add(sliceOf(placement, match.index, match.index + match[0].length));
  }
}
