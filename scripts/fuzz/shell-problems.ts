import type { Document } from '../../server/src/core/lint/document';
import { extractorFor } from '../../server/src/core/runbook/extractors';
import { parseShell } from '../../server/src/core/shell/parse-shell';
import { createPlacement, textOf, verbatim } from '../../server/src/core/shell/placed-text';
import type { PlacedText } from '../../server/src/core/shell/placed-text';

/** Messages of the shell parser about the shell text of a document, also of files that it makes. */
export const shellProblems = ({ text, ...document }: Document): readonly string[] =>
  problemsOf(document, [verbatim(text, 0)], 3);

function problemsOf(document: Omit<Document, 'text'>, placed: PlacedText, depth: number): readonly string[] {
  const source = { ...document, text: textOf(placed), placement: createPlacement(placed) };
  const regions = depth === 0 ? [] : (extractorFor(source)?.extract(source) ?? []);
  return regions.flatMap((region) =>
    region.kind === 'file'
      ? problemsOf({ path: region.path }, region.text, depth - 1)
      : parseShell(region.text).problems.map(({ message }) => message),
  );
}
