import { derived, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Field, Input } from './runbook';
import { joinFields } from './ssh-arguments';

/** What `echo`, `printf`, `cat` and `tee` print, as far as the document says it; undefined otherwise. */
export function printedText(name: string, args: readonly Field[], input: Input | undefined): PlacedText | undefined {
  if (name === 'tee') return input?.text;
  if (name === 'cat') return args.every((field) => textOf(field.text) === '-') ? input?.text : undefined;
  if (name === 'echo') return echoed(args);
  return formatted(args);
}

function echoed(args: readonly Field[]): PlacedText {
  const first = args.findIndex((field) => !/^-[neE]+$/.test(textOf(field.text)));
  return first === -1 ? [] : joinFields(args.slice(first));
}

/** A format that only passes its arguments on, or one without any directive. */
function formatted([format, ...rest]: readonly Field[]): PlacedText | undefined {
  const text = textOf(format?.text ?? []);
  if (!format || text.startsWith('-')) return undefined;
  if (/^%s(?:\\n|\n)?$/.test(text)) {
    return rest.flatMap((field, index) => (index === 0 ? field.text : [derived('\n', field.span), ...field.text]));
  }
  return /[%\\]/.test(text.replace(/\\n$/, '')) ? undefined : format.text;
}
