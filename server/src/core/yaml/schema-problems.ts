/** What zod found, told as findings: each with its place, and one for each mistake. */
import type * as z from 'zod';
import { nearest } from '../text/nearest';
import type { Span } from '../text/span';
import type { Path, PathSpans } from './path-spans';
import type { Problem, ProblemFix } from './problem';
import { isPlain, problem, replacement, show } from './problem';
import type { SchemaPlace } from './schema-place';
import { placeIn } from './schema-place';

type Issue = z.core.$ZodIssue;

/** One kind of file: its schema, and the words of its messages. */
export interface FileForm {
  readonly schema: z.core.$ZodType;
  /** What becomes of a file with a key that is not understood. */
  readonly refusal: string;
  /** What a message calls the section at a path. */
  readonly owner: (path: Path) => string;
  /** The section that has this key, for a key that was written elsewhere. */
  readonly homeOf?: (key: string) => string | undefined;
  /** The spelling of the same value that the schema takes, where only this kind of file knows it. */
  readonly respell?: (path: Path, value: unknown) => string | undefined;
}

export interface SchemaProblem extends Problem {
  /** Where the value that cannot be used stands, or where a missing one would. */
  readonly path: readonly string[];
  /** Where a misspelt key would stand if it had been spelt right. */
  readonly meant?: readonly string[];
  /** The rule that a parser of single values says its refusal is of, where that is not the schema's own. */
  readonly rule?: string;
}

/** A file's places and form: what every problem is told by. */
interface Telling {
  readonly spans: PathSpans;
  readonly form: FileForm;
}

export function schemaProblems(spans: PathSpans, form: FileForm, issues: readonly Issue[]): readonly SchemaProblem[] {
  const telling: Telling = { spans, form };
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(telling, issue) : []));
  // A key that was misspelt is not missing as well, nor can its section be judged as a whole.
  const misspelt = unknown.flatMap(({ path, meant }) => [path.slice(0, -1), ...(meant === undefined ? [] : [meant])]);
  const consequences = new Set(misspelt.map((path) => path.join('\n')));
  const others = issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .flatMap(meantForm)
    .filter((issue) => !consequences.has(issue.path.join('\n')));
  const present = others.filter(({ path }) => spans.node(path) !== undefined);
  return [...unknown, ...present.map((issue) => toProblem(telling, issue)), ...missingKeys(telling, others)];
}

/** Where a value may have several forms, what is wrong with it in the one that it has. */
function meantForm(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isOfForm = (inner: Issue): boolean => inner.code !== 'invalid_type' || inner.path.length > 0;
  const meant = issue.errors.find((inner) => inner.length > 0 && inner.every(isOfForm));
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function toProblem({ spans, form }: Telling, issue: Issue): SchemaProblem {
  const path = issue.path.map(String);
  const place = placeIn(form.schema, path);
  const at = issue.code === 'invalid_key' ? (spans.key(path) ?? spans.nearest(path)) : spans.nearest(path);
  const {
    message,
    fixes = [],
    rule,
  } = spans.node(path)?.value === null
    ? noValue(path, place)
    : (refusedByField(issue, path, isKeyOf(spans, path, at) ? undefined : at) ??
      wrongValue({ spans, form }, path, place));
  return { ...problem(at, message, { fixes }), path, ...(rule === undefined ? {} : { rule }) };
}

/** A value over several lines has its problem at its key, where no fix can be. */
const isKeyOf = (spans: PathSpans, path: Path, at: Span): boolean => !isItem(path) && at === spans.key(path);

function unknownKeys({ spans, form }: Telling, issue: Issue & { readonly code: 'unrecognized_keys' }): SchemaProblem[] {
  const section = placeIn(form.schema, issue.path);
  const known = [...(section?.keys.keys() ?? [])];
  const absent = known.filter((key) => spans.key([...issue.path, key]) === undefined);
  return issue.keys.map((key) => {
    const parent = issue.path.map(String);
    const path = [...parent, key];
    const at = spans.key(path) ?? spans.nearest(path);
    const meant = nearest(key, absent);
    const home = form.homeOf?.(key);
    const told = `${form.owner(issue.path)} has no key ${show(key)}, and ${form.refusal}`;
    if (meant !== undefined) {
      const fixes = [replacement(`Rename to ${meant}`, 'safe', at, meant)];
      return {
        ...problem(at, `${told}: did you mean \`${meant}\``, { fixes }),
        path,
        meant: [...parent, meant],
      };
    }
    const advice = home === undefined ? `the keys here are ${list(known)}` : `it belongs under \`${home}\``;
    return { ...problem(at, `${told}: ${advice}`), path };
  });
}

/** One problem for each section, because all of them stand at its key. */
function missingKeys({ spans, form }: Telling, issues: readonly Issue[]): SchemaProblem[] {
  const paths = issues.filter(({ path }) => spans.node(path) === undefined).map(({ path }) => path.map(String));
  return [...new Set(paths.map(sectionOf))].map((section) => {
    const missing = paths.filter((path) => sectionOf(path) === section);
    const [path = []] = missing;
    const names = missing.map((key) => `\`${key.at(-1) ?? ''}\``).join(' and no ');
    const examples = missing.map((key) => `\`${placeIn(form.schema, key)?.text?.example ?? ''}\``).join(', ');
    const message = `${form.owner(path.slice(0, -1))} has no ${names}: write for instance ${examples}`;
    return { ...problem(spans.nearest(path), message), path };
  });
}

const sectionOf = (path: Path): string => path.slice(0, -1).join('\n');

interface Told {
  readonly message: string;
  readonly fixes?: readonly ProblemFix[];
  readonly rule?: string;
}

function noValue(path: Path, place: SchemaPlace | undefined): Told {
  const otherwise = place?.isRequired === true ? '' : ', or remove the key';
  return { message: `${nameOf(path)} has no value${forInstance(place)}${otherwise}` };
}

function forInstance(place: SchemaPlace | undefined): string {
  return place?.text === undefined ? '' : `: write for instance \`${place.text.example}\``;
}

/** The messages of our own parsers are complete sentences about the value. */
function refusedByField(issue: Issue, path: Path, at: Span | undefined): Told | undefined {
  const name = String(path.at(-1));
  if (issue.code === 'custom') {
    const message = `\`${isItem(path) ? String(path.at(-2)) : name}\`: ${issue.message}`;
    return { message, ...remarkOf(issue, at) };
  }
  if (issue.code !== 'invalid_key') return undefined;
  const [inner] = issue.issues;
  const message = `${show(name)} cannot be a name here: ${inner?.message ?? 'choose another'}`;
  return { message, ...(inner?.code === 'custom' && remarkOf(inner, at)) };
}

/** What a parser of single values says beside its message: whose refusal it is, and what was probably meant. */
export interface Remark {
  readonly rule?: string;
  readonly instead?: string;
}

function remarkOf({ params = {} }: Issue & { readonly code: 'custom' }, at: Span | undefined): Omit<Told, 'message'> {
  const { rule, instead }: { readonly [Key in keyof Remark]: unknown } = params;
  const isFixable = at !== undefined && typeof instead === 'string' && isPlain(instead.replace(':', ''));
  return {
    ...(typeof rule === 'string' && { rule }),
    ...(isFixable && { fixes: [replacement(`Change to ${instead}`, 'unsafe', at, instead)] }),
  };
}

function wrongValue({ spans, form }: Telling, path: Path, place: SchemaPlace | undefined): Told {
  const value = spans.node(path)?.value;
  const type = place?.text?.type ?? 'something else';
  const at = spans.value(path);
  const same = sameValue(value, place) ?? form.respell?.(path, value);
  const corrected = at && correction(value, same, place);
  const fixes =
    corrected === undefined || at === undefined
      ? []
      : [replacement(corrected.title, corrected.safety, at, corrected.text)];
  const example = fixes.length > 0 ? '' : forInstance(place);
  return { message: `${nameOf(path)} must be ${type}, not ${described(value)}${example}`, fixes };
}

interface Correction {
  readonly title: string;
  readonly safety: ProblemFix['safety'];
  readonly text: string;
}

/** The spelling of the same value that the schema takes, or the value that is nearest: a guess, so unsafe. */
function correction(value: unknown, same: string | undefined, place: SchemaPlace | undefined): Correction | undefined {
  if (same !== undefined) return { title: `Write ${same}`, safety: 'safe', text: same };
  const near = typeof value === 'string' ? nearest(value, place?.values ?? []) : undefined;
  return near === undefined ? undefined : { title: `Change to ${near}`, safety: 'unsafe', text: near };
}

const BOOLEAN_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    yes: 'true',
    on: 'true',
    true: 'true',
    no: 'false',
    off: 'false',
    false: 'false',
  }),
);

function sameValue(value: unknown, place: SchemaPlace | undefined): string | undefined {
  const values = place?.values ?? [];
  if (typeof value === 'string' && values.includes('false')) return BOOLEAN_WORDS.get(value.toLowerCase());
  if (typeof value === 'string' && values.length > 0)
    return values.find((known) => known === value.trim().toLowerCase());
  return undefined;
}

const isItem = (path: Path): boolean => /^\d+$/.test(String(path.at(-1)));

const nameOf = (path: Path): string =>
  isItem(path) ? `an item of ${show(String(path.at(-2)))}` : show(String(path.at(-1)));

function described(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a section';
  return typeof value === 'string' ? `the text ${show(value)}` : show(value);
}

function list(keys: readonly string[]): string {
  return keys.length === 0 ? 'none' : keys.map((key) => `\`${key}\``).join(', ');
}
