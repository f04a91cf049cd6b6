import { createPlacement, placeOf, sliceOf, unknown } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';

/** `{{ … }}` of Jinja and `${{ … }}` of workflows are values; `{% … %}` and `{# … #}` leave nothing. */
const TEMPLATE = /\$?\{\{[\s\S]{0,400}?\}\}|\{%[\s\S]{0,400}?%\}|\{#[\s\S]{0,400}?#\}/g;

/** The text with what a template engine fills in as unknown values, equal for equal expressions. */
export function readTemplates(text: PlacedText): PlacedText {
  const placement = createPlacement(text);
  const result: Run[] = [];
  let plain = 0;
  for (const match of placement.text.matchAll(TEMPLATE)) {
    const [written] = match;
    const end = match.index + written.length;
    result.push(...sliceOf(placement, plain, match.index));
    if (written.startsWith('{{') || written.startsWith('$')) {
      const identity = `template:${written.replaceAll(/\s+/g, '')}`;
      result.push(unknown(written.replaceAll(/\s+/g, ' '), identity, placeOf(placement, match.index, end)));
    }
    plain = end;
  }
  if (plain === 0) return text;
  result.push(...sliceOf(placement, plain, placement.text.length));
  return result;
}
