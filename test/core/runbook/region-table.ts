import assert from 'node:assert/strict';
import { extractorFor } from '../../../server/src/core/runbook/extractors';
import type { Region } from '../../../server/src/core/runbook/extractor';
import { createPlacement, describe as shown, verbatim } from '../../../server/src/core/shell/placed-text';

/** The regions of a document: the host before its text, the path before that of a file. Verbatim text stands where it says. */
export function regionsOf(path: string, text: string): readonly string[] {
  const placement = createPlacement([verbatim(text, 0)]);
  const regions = extractorFor({ path, text })?.extract({ path, text, placement }) ?? [];
  for (const region of regions) checkPlaces(text, region);
  return regions.map((region) => {
    if (region.kind === 'file') return `${region.path}: ${shown(region.text)}`;
    return [...region.route.map((host) => `${host}: `), shown(region.text)].join('');
  });
}

function checkPlaces(text: string, region: Region): void {
  let last = 0;
  for (const run of region.text) {
    assert.ok(
      last <= run.span.start && run.span.start <= run.span.end && run.span.end <= text.length,
      'places in order',
    );
    last = run.span.start;
    if (run.kind === 'verbatim') assert.equal(text.slice(run.span.start, run.span.end), run.text);
  }
}

/** A test for each document of a table: its name, its text and its regions. */
export function checkRegions(
  path: string,
  table: Readonly<Record<string, readonly [string, readonly string[]]>>,
): void {
  for (const [name, [text, expected]] of Object.entries(table)) {
    it(name, () => assert.deepEqual(regionsOf(path, text), expected));
  }
}
