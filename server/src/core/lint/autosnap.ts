import type { DatasetUse } from '../runbook/dataset-use';
import { datasetOf } from '../runbook/dataset-use';
import type { ArgumentWord, Call, HostRoute, Runbook, WrittenFile } from '../runbook/runbook';
import { createPlacement, describe, isKnown, keyOf, placeOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Span } from '../text/span';
import { commandsOf } from './commands';

/** A dataset of which another program takes snapshots because the document says so. */
export interface Autosnap {
  readonly use: DatasetUse;
  readonly span: Span;
  /** Completes "… takes snapshots of". */
  readonly by: string;
}

/** By zfs-auto-snapshot, by the property that it and others look for, and by a sanoid.conf that the document writes. */
export function* autosnaps(runbook: Runbook): Iterable<Autosnap> {
  for (const call of runbook.calls) if (PROGRAM.test(call.name)) yield* autoSnapshotCall(call);
  for (const invocation of commandsOf(runbook, 'set')) {
    const property = invocation.operands.find(({ shown }) => /^com\.sun:auto-snapshot(?::\w+)?=true$/.test(shown));
    const dataset: ArgumentWord | undefined = invocation.operands.at(-1);
    if (!property || !dataset) continue;
    yield { use: datasetOf(dataset, invocation), span: property.span, by: 'zfs-auto-snapshot' };
  }
  for (const file of runbook.files) if (/(?:^|\/)sanoid\.conf$/.test(file.path)) yield* sanoidSections(file);
}

const PROGRAM = /^zfs-auto-snapshot(?:\.sh)?$/;

const VALUED = /^(?:-[dklp]|--(?:event|label|keep|prefix|sep|pre-snapshot|post-snapshot))$/;

/** Named datasets only: for `//` the datasets say themselves whether they want to be snapshotted. */
function* autoSnapshotCall({ args, programSpan, site }: Call): Iterable<Autosnap> {
  const words = args.map((arg) => describe(arg.text));
  if (words.some((word) => word === '-n' || word === '--dry-run')) return;
  for (const [index, arg] of args.entries()) {
    const word = words[index] ?? '';
    if (word.startsWith('-') || word === '//' || VALUED.test(words[index - 1] ?? '')) continue;
    yield { use: useOf(arg.text, site.route), span: programSpan, by: 'zfs-auto-snapshot' };
  }
}

const useOf = (text: PlacedText, route: HostRoute): DatasetUse => {
  const name = describe(text);
  return { name, known: isKnown(text) ? name : undefined, key: keyOf(text), route };
};

interface Section {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly values: Map<string, string>;
}

/** `[backup/prod]` with `autosnap = yes`, of its own or by its template. */
function* sanoidSections({ text, site }: WrittenFile): Iterable<Autosnap> {
  const placement = createPlacement(text);
  const sections = readSections(placement.text);
  const templates = new Map(sections.map(({ name, values }) => [name, values]));
  for (const { name, from, to, values } of sections) {
    if (name.startsWith('template_') || !name.includes('/')) continue;
    const template = templates.get(`template_${values.get('use_template') ?? ''}`);
    if (!/^(?:yes|1|true|on)$/i.test(values.get('autosnap') ?? template?.get('autosnap') ?? '')) continue;
    yield {
      use: { name, known: name, key: name, route: site.route },
      span: placeOf(placement, from, to),
      by: 'sanoid',
    };
  }
}

function readSections(text: string): readonly Section[] {
  const sections: Section[] = [];
  for (const line of text.matchAll(/^[ \t]*(?:\[([^\]\n]+)\]|(\w+)[ \t]*=[ \t]*(\S+))/gm)) {
    const [whole, name, key = '', value = ''] = line;
    if (name !== undefined) {
      const from = line.index + whole.indexOf('[');
      sections.push({ name: name.trim(), from, to: line.index + whole.length, values: new Map() });
    } else sections.at(-1)?.values.set(key, value);
  }
  return sections;
}
