import type { PolicyData } from './check-file';
import type { PathSpans } from '../yaml/path-spans';
import { expandTargets } from './expand-targets';
import type { Policy } from './policy';
import { policySchema } from './schema';
import type { SchemaProblem } from '../yaml/schema-problems';

/** A policy as far as it can be read, so that one mistake does not hide the others. Never run. */
export interface Draft {
  /** Of several targets the first: what they differ in is checked where they are written. */
  readonly policy: Policy;
  /** False for keys whose value was refused: their value in `policy` is a default that nobody wrote. */
  readonly isSound: (key: string, ...inner: readonly string[]) => boolean;
}

/** Every policy of which enough is left when the refused values are put aside. `sound` are those with none. */
export function readDrafts(
  spans: PathSpans,
  problems: readonly SchemaProblem[],
  sound: ReadonlyMap<string, PolicyData>,
): readonly Draft[] {
  const refused = new Set(problems.map(({ path }) => path.join('\n')));
  const unsure = new Map<string | undefined, Keys[]>();
  for (const { path, meant = [] } of problems) {
    const known = unsure.get(path[1]);
    if (known === undefined) unsure.set(path[1], [path, meant]);
    else known.push(path, meant);
  }
  const names = [...(spans.node(['policies'])?.entries.keys() ?? [])];
  return names.flatMap((name) => {
    const data = sound.get(name) ?? readRest(without(spans, ['policies', name], refused));
    if (data === undefined) return [];
    const isSound: Draft['isSound'] = (...keys) =>
      !(unsure.get(name) ?? []).some((path) => startsWith(path, ['policies', name, ...keys]));
    const [policy] = expandTargets(name, data);
    return [{ policy, isSound }];
  });
}

function readRest(written: unknown): PolicyData | undefined {
  return policySchema.safeParse(typeof written === 'object' ? { ...UNKNOWN, ...written } : written).data;
}

/** Stands in for what cannot do without a value; a standby is held to less than a vault. */
const UNKNOWN = { intent: 'standby', source: 'unknown:unknown', target: 'unknown:unknown' };

/** The value at `path` without the refused values below it. */
function without(spans: PathSpans, path: Keys, refused: ReadonlySet<string>): unknown {
  const node = spans.node(path);
  if (node === undefined || node.kind === 'scalar') return node?.value;
  const kept = [...node.entries.keys()].filter((key) => !refused.has([...path, key].join('\n')));
  // A list of which nothing is left says nothing, and an empty one may not stand there.
  if (node.kind === 'list' && kept.length === 0 && node.entries.size > 0) return undefined;
  const values = kept
    .map((key): [string, unknown] => [key, without(spans, [...path, key], refused)])
    .filter(([, value]) => value !== undefined);
  return node.kind === 'list' ? values.map(([, value]) => value) : Object.fromEntries(values);
}

type Keys = readonly string[];

const startsWith = (path: Keys, beginning: Keys): boolean => beginning.every((step, index) => path[index] === step);
