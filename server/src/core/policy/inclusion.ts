/** What each item of `include` brings, or why it brings nothing. */
import { countOf } from '../text/count-of';
import { createLineIndex } from '../text/line-index';
import { show } from '../yaml/problem';
import type { Clash } from './graft';
import type { GraphFile, IncludeEdge, IncludeGraph, IncludedFiles } from './include-graph';
import { wayThrough } from './include-graph';
import { relativeFile } from './include-paths';
import type { ParsedPolicy } from './parse-policy';
import type { PolicyProblem } from './problem';
import { problem } from './problem';

/** An item of a file. */
export interface Inclusion extends IncludeEdge {
  /** Absent where the file cannot be used. */
  readonly brought?: ParsedPolicy;
}

/** All the files that a policy file is made of. */
export interface IncludedParts {
  readonly graph: IncludeGraph;
  readonly given: IncludedFiles;
  /** Each file is read once, however many include it. Never called for files in a circle. */
  readonly parse: (path: string) => ParsedPolicy;
}

export interface Included {
  readonly inclusions: readonly Inclusion[];
  readonly problems: readonly PolicyProblem[];
  /** As in `ParsedPolicy`. */
  readonly faults: readonly string[];
}

export function readInclusions({ edges }: GraphFile, path: string, parts: IncludedParts): Included {
  const read = edges.map((edge) => readInclusion(edge, path, parts));
  return {
    inclusions: read.map(({ inclusion }) => inclusion),
    problems: toldOnce(read).flatMap(({ inclusion, refusal }) =>
      refusal === undefined ? [] : [problem('policy-include', inclusion.span, refusal)],
    ),
    faults: read.flatMap(({ faults }) => faults),
  };
}

/** A mistake of a file that several items lead to is told at the item of that file, or else at the first. */
function toldOnce(read: readonly ReadInclusion[]): readonly ReadInclusion[] {
  const isDirect = ({ inclusion, faults }: ReadInclusion): boolean => faults.includes(inclusion.path);
  const told = new Set<string>();
  return read
    .toSorted((a, b) => Number(isDirect(b)) - Number(isDirect(a)))
    .filter(({ faults }) => {
      const isNews = faults.length === 0 || faults.some((file) => !told.has(file));
      for (const file of faults) told.add(file);
      return isNews;
    });
}

interface ReadInclusion {
  readonly inclusion: Inclusion;
  readonly refusal?: string;
  readonly faults: readonly string[];
}

function readInclusion(edge: IncludeEdge, from: string, { graph, given, parse }: IncludedParts): ReadInclusion {
  const name = show(edge.written);
  const refuse = (why: string, faults: readonly string[]): ReadInclusion => ({
    inclusion: edge,
    refusal: `${name} ${why}`,
    faults,
  });
  if (graph.excess.has(edge)) {
    const excess = graph.excess.get(edge);
    return excess === undefined
      ? { inclusion: edge, faults: [] }
      : refuse(`leads to ${excess}, and they are not read, so nothing can be planned: include fewer`, []);
  }
  const circle = wayThrough(graph, edge.path, from);
  if (circle !== undefined) return { inclusion: edge, refusal: describeCircle([from, ...circle]), faults: [from] };
  const file = graph.files.get(edge.path);
  if (file === undefined) {
    const found = given.files.get(edge.path);
    const { reason, advice = 'correct the path, or remove the item' } =
      found?.ok === false ? found.error : { reason: 'is not known here' };
    return refuse(`${reason}, and without it nothing can be planned: ${advice}`, [edge.path]);
  }
  const brought = parse(edge.path);
  const [first] = brought.problems;
  if (brought.file !== undefined || first === undefined) return { inclusion: { ...edge, brought }, faults: [] };
  const count = countOf(brought.problems.length, 'problem');
  const { line } = createLineIndex(file.text).at(first.span.start);
  const which = brought.problems.length === 1 ? 'in' : 'the first in';
  const why = `has ${count}, so nothing of it can be used: ${which} line ${line}, ${first.message}`;
  return refuse(why, brought.faults);
}

/** `way` begins and ends with the file that is read. */
function describeCircle(way: readonly string[]): string {
  const [own = ''] = way;
  if (way.length === 2) return 'this is the file itself, which cannot be a part of it: remove the item';
  const names = way.map((path) => show(relativeFile(own, path))).join(' → ');
  return `${names} include each other in a circle, so none of them can be read first: remove one of the items`;
}

/** Names that stand in two files: one problem for each own entry, and one for each item and other file. */
export function clashProblems(clashes: readonly Clash[], path: string): readonly PolicyProblem[] {
  const groups = new Map<string, Clash[]>();
  for (const clash of clashes) {
    const key = JSON.stringify([clash.section, clash.place, clash.files, clash.isOwn ? clash.name : '']);
    groups.set(key, [...(groups.get(key) ?? []), clash]);
  }
  return [...groups.values()].flatMap((group) => {
    const [clash] = group;
    return clash === undefined ? [] : [problem('policy-include', clash.place, describeClash(group, clash, path))];
  });
}

const MOST_NAMES = 3;

function describeClash(group: readonly Clash[], { section, isOwn, files }: Clash, path: string): string {
  const [first, second] = files.map((file) => show(relativeFile(path, file)));
  const shown = group.slice(0, MOST_NAMES).map(({ name }) => show(name));
  const more = group.length > shown.length ? [`${group.length - shown.length} more`] : [];
  const list = [...shown, ...more].join(', ');
  const [what, why] =
    section === 'hosts'
      ? ['host', 'one name would mean two machines']
      : ['policy', 'two policies would have one hold tag'];
  if (isOwn) return `the ${what} ${list} is in ${second} too, and ${why}: rename one of them, or remove it here`;
  return `${first} and ${second} both have the ${what} ${list}, and ${why}: rename one of them, or include one file only`;
}
