import { quote } from '../shell/quote';
import { routeOf } from './describe-host';
import { elevationOf } from './describe-elevation';
import { resolvedWords } from './describe-words';
import type { ResolvedWord } from './describe-words';
import type { ArgumentWord, HostRoute, Invocation, PipelineUse, Runbook } from './runbook';

/**
 * A command to be put into a terminal, where a person reads it and presses Enter or does not. It has no line break and
 * no other control character: a terminal would run what stands before one.
 */
export interface TerminalLine {
  readonly text: string;
  /** Variables in it that have no value in a new terminal. */
  readonly unresolved: readonly string[];
}

/** What lines are made of, looked up once for a document. */
export interface LineSource {
  readonly text: string;
  /** Words that have one value each time that they are run, by where they begin. */
  readonly words: ReadonlyMap<number, ResolvedWord>;
  /** The outermost pipeline that each command is in. */
  readonly pipelines: ReadonlyMap<Invocation, PipelineUse>;
}

export function lineSourceOf({ text, invocations, pipelines }: Runbook): LineSource {
  const outermost = new Map<Invocation, PipelineUse>();
  const bySize = pipelines.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  for (const pipeline of bySize)
    for (const stage of pipeline.stages) for (const one of stage.invocations) outermost.set(one, pipeline);
  const words = new Map(resolvedWords(invocations, text).map((word) => [word.span.start, word]));
  return { text, words, pipelines: outermost };
}

/** `zfs send -nvP …` on the host of the send. It reads only, whatever the send's other flags are. */
export function estimateLine(send: Invocation, { text, words }: LineSource): TerminalLine | undefined {
  const [, ...rest] = send.words;
  // Words that come of one variable stand in one place.
  const places = new Map(rest.map((word) => [word.span.start, word]));
  const parts = [...places.values()].map((word) => writtenWord(word, words.get(word.span.start), text));
  if (parts.includes(undefined) || send.unknownFlags.some((name) => !SIMPLE.test(name))) return undefined;
  const elevation = elevationOf(send, text);
  const prefix = elevation === undefined ? [] : [elevation];
  const command = [...prefix, 'zfs', 'send', '-nvP', ...send.unknownFlags, ...parts].join(' ');
  return toLine(onHost(routeOf(send), command));
}

const SIMPLE = /^\$(?:\w+|\{\w+\})$/;

/** A known word as its value, any other as the document writes it; undefined for what no quoting here can keep. */
function writtenWord(word: ArgumentWord, resolved: ResolvedWord | undefined, text: string): string | undefined {
  if (resolved) return resolved.values.map(quoteArgument).join(' ');
  const written = text.slice(word.span.start, word.span.end);
  if (word.known && !written.includes('$')) return quoteArgument(word.shown);
  return /\\|'/.test(written) ? undefined : written;
}

const quoteArgument = (word: string): string => quote(['zfs', word]).slice('zfs '.length);

/** Quoted once for each ssh on the way. A value that only the outer shell has must not be in single quotes. */
function onHost(route: HostRoute, command: string): string | undefined {
  if (route.length === 0) return command;
  const holdsVariable = /[$`]/.test(command) || route.some((host) => /[$`]/.test(host));
  if (!holdsVariable) return route.reduceRight((inner, host) => `ssh ${quote([host, inner])}`, command);
  const [host] = route;
  return route.length > 1 || /["\\!]/.test(command) ? undefined : `ssh "${host}" "${command}"`;
}

/**
 * The pipeline that a send begins, as it is written, with the known values in place of their variables. Undefined where
 * it cannot be put on one line without being changed.
 */
export function pipelineLine(send: Invocation, source: LineSource): TerminalLine | undefined {
  const pipeline = source.pipelines.get(send);
  if (!pipeline) return undefined;
  const { route } = pipeline.site;
  const text = joinLines(resolve(pipeline, source));
  // Quoted text that is taken out of its quotes would mean something else.
  if (route.length > 0 && text.includes('\\')) return undefined;
  return toLine(onHost(route, text));
}

function resolve({ span, stages }: PipelineUse, { text, words }: LineSource): string {
  const known = stages
    .flatMap(({ invocations }) => invocations.flatMap((invocation) => invocation.words))
    .flatMap((word) => words.get(word.span.start) ?? [])
    .toSorted((a, b) => a.span.start - b.span.start);
  let result = '';
  let position = span.start;
  for (const word of known) {
    const value = word.values.join(' ');
    const isPlain = word.values.every((one) => quoteArgument(one) === one);
    if (word.span.start < position || word.span.end > span.end || !isPlain) continue;
    result += text.slice(position, word.span.start) + value;
    position = word.span.end;
  }
  return result + text.slice(position, span.end);
}

/** A shell goes on in the next line after a backslash, a pipe and `&&`. */
const joinLines = (text: string): string =>
  text.replaceAll(/[ \t]*\\\r?\n[ \t]*/g, ' ').replaceAll(/(\||&&)[ \t]*\r?\n[ \t]*/g, '$1 ');

function toLine(text: string | undefined): TerminalLine | undefined {
  if (text === undefined || /\p{Cc}/u.test(text)) return undefined;
  return { text, unresolved: [...new Set(text.match(/\$(?:\w+|\{[^}]*\}|[@*#])/g))] };
}
