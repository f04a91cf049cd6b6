import { createPlacement, derived, placeOf, sliceOf } from '../shell/placed-text';
import type { PlacedText, Placement } from '../shell/placed-text';
import { span } from '../text/span';
import type { Span } from '../text/span';
import { readYaml } from '../yaml/read-yaml';
import type { YamlNode } from '../yaml/yaml-tree';
import type { Extractor, Region, RunbookSource, ShellRegion } from './extractor';
import { quotedWords } from './quoted-words';
import { readTemplates } from './templates';
import { mayMatter } from './text-gate';
import { YAML_KINDS, bareKey } from './yaml-keys';
import type { KeyMeaning, YamlKind } from './yaml-keys';
import { unshelledText } from './unshelled-text';
import { readScalar } from './yaml-scalar';

/** YAML that runs shell: playbooks, workflows, cloud-init and their kin, by the table in `yaml-keys`. */
export const yamlExtractor: Extractor = {
  accepts: (source) => isYaml(source) && mayMatter(source.text) && kindOf(source) !== undefined,
  extract(document) {
    const kind = kindOf(document);
    return kind ? chunks(document.placement).flatMap((chunk) => readChunk(chunk, kind)) : [];
  },
};

const isYaml = ({ path, languageId }: RunbookSource): boolean =>
  !/(?:^|[/\\.])rawsend(?:\.config)?\.ya?ml$/.test(path) &&
  (/\.ya?ml$/.test(path) ||
    /(?:^|[/\\])user-data$/.test(path) ||
    /^(?:yaml|ansible|dockercompose|github-actions-workflow)$/.test(languageId ?? ''));

function kindOf({ path, text }: RunbookSource): YamlKind | undefined {
  return (
    YAML_KINDS.find((kind) => kind.path?.test(path)) ??
    YAML_KINDS.find((kind) => kind.text?.every((pattern) => pattern.test(text)))
  );
}

/** One for each document of the stream; the YAML reader reads one. */
function chunks(placement: Placement): readonly Placement[] {
  const { text } = placement;
  const ends = [...text.matchAll(/^---(?=\s|$).*$/gm)].map((match) => match.index);
  const starts = [0, ...ends.filter((end) => end > 0)];
  return starts.map((start, index) => createPlacement(sliceOf(placement, start, starts[index + 1] ?? text.length)));
}

interface Reading {
  readonly placement: Placement;
  readonly kind: YamlKind;
  readonly regions: Region[];
}

function readChunk(placement: Placement, kind: YamlKind): readonly Region[] {
  if (!mayMatter(placement.text)) return [];
  const { root } = readYaml(placement.text);
  const reading: Reading = { placement, kind: { ...kind, ...defaultsOf(root) }, regions: [] };
  if (root) readNode(reading, root);
  return reading.regions;
}

/** What a workflow says for all of its steps. */
function defaultsOf(root: YamlNode | undefined): Partial<YamlKind> {
  const shell = valueAt(root, 'defaults', 'run', 'shell')?.value;
  const isScheduled = valueAt(root, 'on', 'schedule') !== undefined;
  return {
    ...(typeof shell === 'string' && { defaultShell: shell }),
    ...(isScheduled && { setting: { medium: 'playbook', trigger: 'schedule' } as const }),
  };
}

const valueAt = (node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined =>
  keys.reduce((at, key) => at?.entries.get(key)?.node, node);

function readNode(reading: Reading, node: YamlNode): void {
  for (const [key, entry] of node.entries) {
    const name = bareKey(key);
    const meaning = node.kind === 'map' && Object.hasOwn(reading.kind.keys, name) ? reading.kind.keys[name] : undefined;
    if (meaning) readValue(reading, meaning, { map: node, name, node: entry.node });
    else if (node.kind !== 'map' || !reading.kind.data?.includes(name)) readNode(reading, entry.node);
  }
}

interface Found {
  /** The map that the key stands in. */
  readonly map: YamlNode;
  readonly name: string;
  readonly node: YamlNode;
}

function readValue(reading: Reading, meaning: KeyMeaning, found: Found): void {
  const { node, map, name } = found;
  if (meaning === 'file') return readFile(reading, found);
  // `shell: bash` beside `run:` is the name of a shell, and arguments without a command are those of an image.
  if ((name === 'shell' && map.entries.has('run')) || name === 'args') return undefined;
  if (node.kind === 'map') {
    const inner = node.entries.get('cmd') ?? node.entries.get('argv') ?? node.entries.get('_raw_params');
    if (inner) return addCommand(reading, meaning, { ...found, node: inner.node });
    return readNode(reading, node);
  }
  return addCommand(reading, meaning, found);
}

function addCommand(reading: Reading, meaning: KeyMeaning, found: Found): void {
  const { node, map, name } = found;
  if (node.kind === 'scalar') {
    const text = withoutModuleOptions(textOfNode(reading, node), name);
    return addShell(reading, { text: meaning === 'command' ? unshelledText(text) : text }, found);
  }
  if (meaning === 'command' || name === 'argv') {
    const args = reading.kind.keys['args'] ? map.entries.get('args')?.node : undefined;
    return addShell(reading, wordsOf(reading, args?.kind === 'list' ? [node, args] : [node]), found);
  }
  // One script, line by line.
  const items = [...node.entries.values()].map((entry) => entry.node);
  const lines = items.map((item) =>
    item.kind === 'list' ? wordsOf(reading, [item]) : { text: textOfNode(reading, item) },
  );
  const text = lines.flatMap((line, index) => (index === 0 ? line.text : [lineBreak(line.text), ...line.text]));
  addShell(reading, { text, rigid: lines.flatMap((line) => line.rigid ?? []) }, found);
}

/** Ansible takes `chdir=/srv` among the words of a command for an option of its own. */
function withoutModuleOptions(text: PlacedText, name: string): PlacedText {
  if (!ANSIBLE.has(name)) return text;
  const placement = createPlacement(text);
  const pattern = /(?:^|\s)(?:chdir|creates|removes|executable|stdin|warn)=(?:"[^"\n]*"|'[^'\n]*'|\S+)/g;
  const found = [...placement.text.matchAll(pattern)];
  if (found.length === 0) return text;
  const starts = [0, ...found.map((match) => match.index + match[0].length)];
  return starts.flatMap((start, index) => sliceOf(placement, start, found[index]?.index ?? placement.text.length));
}

const ANSIBLE: ReadonlySet<string> = new Set(['shell', 'command', 'raw']);

const lineBreak = (text: PlacedText) => derived('\n', span(text[0]?.span.start ?? 0, text[0]?.span.start ?? 0));

/** Between the items stand commas and dashes, and their quotes belong to that. */
function gapsOf({ placement }: Reading, list: YamlNode): readonly Span[] {
  const items = [...list.entries.values()].map(({ node: { span: at } }) => {
    const quoted = /["']/.test(placement.text.charAt(at.start)) && at.end - at.start > 1 ? 1 : 0;
    return span(at.start + quoted, at.end - quoted);
  });
  const ends = [list.span.start, ...items.map((item) => item.end)];
  const starts = [...items.map((item) => item.start), list.span.end];
  return ends.map((end, index) => placeOf(placement, Math.min(end, starts[index] ?? end), starts[index] ?? end));
}

const wordsOf = (reading: Reading, lists: readonly YamlNode[]): Code => ({
  text: quotedWords(
    lists.flatMap((list) => [...list.entries.values()].map((entry) => textOfNode(reading, entry.node))),
  ),
  rigid: lists.flatMap((list) => gapsOf(reading, list)),
});

type Code = Pick<ShellRegion, 'text' | 'rigid'>;

function textOfNode({ placement }: Reading, { value, span: at, kind }: YamlNode): PlacedText {
  if (kind !== 'scalar' || value === null) return [];
  if (typeof value !== 'string') return [derived(JSON.stringify(value) ?? '', placeOf(placement, at.start, at.end))];
  return readTemplates(readScalar(placement, at, value));
}

function addShell({ regions, kind }: Reading, code: Code, { map, name }: Found): void {
  const shell = shellOf(kind, map, name);
  if (code.text.length === 0 || !shell) return;
  const session = kind.session ? { session: String(map.span.start) } : {};
  const rigid = [...(code.rigid ?? []), ...unreadPlaces(code.text)].toSorted((a, b) => a.start - b.start);
  const setting = settingOf(kind, map, name);
  regions.push({ kind: 'shell', route: [], ...code, rigid, ...shell, ...session, setting });
}

/** Scalars of which only the value is known, not where each character stands. An escape is shorter. */
const unreadPlaces = (text: PlacedText): readonly Span[] =>
  text.flatMap((run) => (run.kind === 'derived' && run.text.length > 4 ? [run.span] : []));

/**
 * What runs it; undefined for no shell. `shell: bash` of a workflow's step stops at a failing stage, its default does not;
 * Ansible takes sh.
 */
function shellOf(
  { defaultShell }: YamlKind,
  map: YamlNode,
  name: string,
): Pick<ShellRegion, 'dialect' | 'pipefail'> | undefined {
  if (name !== 'run') return { dialect: shellOption(map) ?? 'sh', pipefail: 'off' };
  const shell = map.entries.get('shell')?.node.value ?? defaultShell;
  if (shell === 'bash') return { dialect: 'bash', pipefail: 'on' };
  if (shell === undefined) return { dialect: 'bash', pipefail: 'off' };
  return typeof shell === 'string' && /^(?:bash|sh)\b/.test(shell)
    ? { dialect: 'unknown', pipefail: 'unknown' }
    : undefined;
}

/** `args: { executable: /bin/bash }` of Ansible. */
function shellOption(map: YamlNode): 'bash' | undefined {
  const executable = map.entries.get('args')?.node.entries.get('executable')?.node.value;
  return typeof executable === 'string' && executable.endsWith('bash') ? 'bash' : undefined;
}

/** The `cron` module of Ansible writes a crontab. */
function settingOf(kind: YamlKind, map: YamlNode, name: string): ShellRegion['setting'] {
  if (name === 'bootcmd') return { medium: 'playbook', trigger: 'boot' };
  if (name !== 'job') return kind.setting;
  return { medium: 'crontab', trigger: map.entries.get('special_time')?.node.value === 'reboot' ? 'boot' : 'schedule' };
}

/** `content:` with a `path:` or `dest:` beside it, and the files of a ConfigMap. */
function readFile(reading: Reading, { node, map, name }: Found): void {
  if (name === 'data') {
    for (const [file, entry] of node.entries) addFile(reading, file, entry.node);
    return;
  }
  if (node.kind !== 'scalar') return readNode(reading, node);
  const path = map.entries.get('path') ?? map.entries.get('dest');
  if (typeof path?.node.value === 'string') addFile(reading, path.node.value, node);
}

function addFile(reading: Reading, path: string, node: YamlNode): void {
  const text = textOfNode(reading, node);
  if (text.length > 0) reading.regions.push({ kind: 'file', path, text });
}
