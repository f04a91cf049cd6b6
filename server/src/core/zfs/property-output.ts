import type { Property, PropertySource } from './inventory';
import type { OutputProblem } from './tab-output';
import { parseRows } from './tab-output';

export interface PropertyOutput {
  /** Dataset name → property name → value and source, in the order of the output. */
  readonly datasets: ReadonlyMap<string, ReadonlyMap<string, Property>>;
  readonly problems: readonly OutputProblem[];
}

/** Reads `zfs get -Hp -o name,property,value,source …`. */
export function parsePropertyOutput(output: string): PropertyOutput {
  const { rows, problems } = parseRows(output, 4);
  const datasets = new Map<string, Map<string, Property>>();
  for (const { fields } of rows) {
    const [name = '', property = '', value = '', source = ''] = fields;
    const properties = datasets.get(name) ?? new Map<string, Property>();
    datasets.set(name, properties.set(property, { value, source: parseSource(source) }));
  }
  return { datasets, problems };
}

const SOURCES: readonly PropertySource[] = ['local', 'received', 'default', 'temporary'];

/** zfs writes `inherited from DATASET`; read-only properties have `-`. */
function parseSource(text: string): PropertySource {
  if (text.startsWith('inherited')) return 'inherited';
  return SOURCES.find((source) => source === text) ?? '-';
}
