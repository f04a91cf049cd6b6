import { createPlacement, derived, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import { span } from '../text/span';
import type { Span } from '../text/span';
import type { Extractor, PlacedDocument } from './extractor';
import { quotedWord } from './quoted-words';
import type { Setting } from './runbook';
import { systemdWords } from './systemd-words';
import type { SystemdWord } from './systemd-words';

/** systemd.service(5): what the Exec lines of a unit or drop-in run. There is no shell, so each word is quoted. */
export const systemdExtractor: Extractor = {
  accepts: ({ path, languageId }) => LANGUAGES.has(languageId ?? '') || UNIT.test(path),
  extract(document) {
    const settings = readSettings(document);
    const text = settings.flatMap(({ key, value }): PlacedText => {
      if (key === 'Environment') return assignments(value);
      if (key === 'EnvironmentFile') return [...sourceFile(value), newline(value)];
      return /^Exec[A-Z]\w+$/.test(key) ? commands(value) : [];
    });
    if (text.length === 0) return [];
    return [{ kind: 'shell', text, dialect: 'sh', pipefail: 'off', setting: settingOf(settings), route: [] }];
  },
};

const LANGUAGES: ReadonlySet<string> = new Set(['systemd-unit-file', 'systemd-conf', 'systemd']);

const UNIT =
  /\.(?:service|socket|mount|automount|swap|timer|path|target)$|\.(?:service|socket|mount|timer|path)\.d[/\\][^/\\]+\.conf$/;

interface UnitSetting {
  readonly key: string;
  readonly value: PlacedText;
}

/** Lines that end in a backslash go on in the next that is no comment; the backslash is a space. */
function readSettings({ text, placement }: PlacedDocument): readonly UnitSetting[] {
  const settings: UnitSetting[] = [];
  let open: { readonly key: string; readonly runs: Run[] } | undefined;
  for (const line of text.matchAll(/([^\r\n]*)(?:\r?\n|$)/g)) {
    const [, written = ''] = line;
    if (/^\s*[#;]/.test(written)) continue;
    const start = open ? undefined : /^\s*([A-Za-z]\w*)\s*=\s*/.exec(written);
    if (!open && !start) continue;
    open ??= { key: start?.[1] ?? '', runs: [] };
    const continues = written.endsWith('\\');
    const from = line.index + (start?.[0].length ?? 0);
    const to = line.index + written.length - (continues ? 1 : 0);
    open.runs.push(...sliceOf(placement, from, to));
    if (continues) open.runs.push(...gap(open.runs));
    else {
      settings.push({ key: open.key, value: open.runs });
      open = undefined;
    }
  }
  return open ? [...settings, { key: open.key, value: open.runs }] : settings;
}

const gap = (runs: PlacedText): PlacedText => [derived(' ', endOf(runs))];

function endOf(runs: PlacedText): { readonly start: number; readonly end: number } {
  const end = runs.at(-1)?.span.end ?? 0;
  return span(end, end);
}

const newline = (runs: PlacedText): Run => derived('\n', endOf(runs));

function assignments(value: PlacedText): PlacedText {
  return systemdWords(value).flatMap(({ text }): PlacedText => {
    const placement = createPlacement(text);
    const name = /^[A-Za-z_]\w*=/.exec(placement.text)?.[0];
    if (name === undefined) return [];
    const rest = sliceOf(placement, name.length, placement.text.length);
    return [...sliceOf(placement, 0, name.length), ...(rest.length > 0 ? quotedWord(rest) : []), newline(text)];
  });
}

/** Another file sets what it likes. */
const sourceFile = (value: PlacedText): PlacedText => [
  derived('. ', span(endOf(value).start, endOf(value).start)),
  ...quotedWord(value),
];

/** `;` as a word of its own ends a command of a oneshot service. */
function commands(value: PlacedText): PlacedText {
  const result: PlacedText[] = [];
  let words: SystemdWord[] = [];
  const end = (): void => {
    const last = words.at(-1);
    if (last) result.push([...commandText(words), derived('\n', at(last.span.end))]);
    words = [];
  };
  for (const word of systemdWords(value)) {
    if (!word.quoted && textOf(word.text) === ';') end();
    else words.push(word);
  }
  end();
  return result.flat();
}

function commandText([first, ...rest]: readonly SystemdWord[]): PlacedText {
  if (!first) return [];
  const placement = createPlacement(first.text);
  const prefix = /^[-@:+!|]*/.exec(placement.text)?.[0] ?? '';
  const program = sliceOf(placement, prefix.length, placement.text.length);
  // `@` gives the program another name as its first word; `:` expands no variables.
  const args = prefix.includes('@') ? rest.slice(1) : rest;
  const expand = prefix.includes(':') ? (text: PlacedText): PlacedText => quotedWord(text) : expandable;
  const words = args.flatMap((word) => [derived(' ', at(word.span.start)), ...markWord(expand(word.text), word.span)]);
  const programStart = first.quoted ? first.span.start : (program[0]?.span.start ?? 0);
  return [...markWord(quotedWord(program), span(programStart, first.span.end)), ...words];
}

const at = (offset: number): Span => span(offset, offset);

/** The quotes that nobody wrote stand around those that somebody did, so that an edit of the word is one of all of it. */
function markWord(text: PlacedText, { start, end }: Span): PlacedText {
  const [first, last] = [text[0], text.at(-1)];
  if (!first || !last || first === last || first.kind !== 'derived' || last.kind !== 'derived') return text;
  return [{ ...first, span: at(start) }, ...text.slice(1, -1), { ...last, span: at(end) }];
}

const VARIABLE = /\$\$|\$\{\w+\}|\$\w+/g;

/** `$X` as a word of its own is split, `${X}` stands anywhere in a word and is not; `$$` is a dollar. */
function expandable(word: PlacedText): PlacedText {
  const placement = createPlacement(word);
  const { text } = placement;
  if (/^\$\w+$/.test(text)) return word;
  const result: PlacedText[] = [];
  let plain = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const end = match.index + match[0].length;
    if (match[0].startsWith('${')) {
      if (match.index > plain) result.push(quotedWord(sliceOf(placement, plain, match.index)));
      const variable = sliceOf(placement, match.index, end);
      result.push([derived('"', at(variable[0]?.span.start ?? 0)), ...variable, derived('"', endOf(variable))]);
      plain = end;
    } else if (match[0] === '$$') {
      result.push(quotedWord(sliceOf(placement, plain, match.index + 1)));
      plain = end;
    }
  }
  if (plain < text.length || text === '') result.push(quotedWord(sliceOf(placement, plain, text.length)));
  return result.flat();
}

/** Started at boot by what wants it there, or by its place in the order of mounts. */
function settingOf(settings: readonly UnitSetting[]): Setting {
  const isBoot = settings.some(({ key, value }) => {
    if (key === 'WantedBy' || key === 'RequiredBy') return BOOT_TARGET.test(textOf(value));
    return key === 'Before' && /zfs-mount\.service|local-fs\.target|sysinit\.target/.test(textOf(value));
  });
  if (isBoot) return { medium: 'unit', trigger: 'boot' };
  const isTimed = settings.some(({ key }) => /^On[A-Z]\w+$/.test(key) && key !== 'OnFailure' && key !== 'OnSuccess');
  return isTimed ? { medium: 'unit', trigger: 'schedule' } : { medium: 'unit' };
}

const BOOT_TARGET =
  /\b(?:multi-user|default|graphical|local-fs|sysinit|basic|remote-fs|network-online|initrd[\w-]*|zfs[\w-]*)\.target\b|\bzfs-[\w-]+\.service\b/;
