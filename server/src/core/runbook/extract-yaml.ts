import { createPlacement, derived, isKnown, placeOf, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText, Placement } from '../shell/placed-text';
import { span } from '../text/span';
import { readYaml } from '../yaml/yaml-tree';
import type { YamlNode } from '../yaml/yaml-tree';
import type { Extractor, Region, RunbookSource, ShellRegion } from './extractor';
import { quotedWords } from './quoted-words';
import { readTemplates } from './templates';
import { mayMatter } from './text-gate';
import { YAML_KINDS, bareKey } from './yaml-keys';
import type { KeyMeaning, YamlKind } from './yaml-keys';
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
  return YAML_KINDS.find((kind) => kind.path?.test(path)) ?? YAML_KINDS.find((kind) => kind.text?.test(text));
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
  const reading: Reading = { placement, kind, regions: [] };
  if (root) readNode(reading, root);
  return reading.regions;
}

function readNode(reading: Reading, node: YamlNode): void {
  for (const [key, entry] of node.entries) {
    const name = bareKey(key);
    const meaning = node.kind === 'map' && Object.hasOwn(reading.kind.keys, name) ? reading.kind.keys[name] : undefined;
    if (meaning) readValue(reading, meaning, { map: node, name, node: entry.node });
    else readNode(reading, entry.node);
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
  // `shell: bash` beside `run:` is the name of a shell.
  if (name === 'shell' && map.entries.has('run')) return undefined;
  if (node.kind === 'map') {
    const inner = node.entries.get('cmd') ?? node.entries.get('argv') ?? node.entries.get('_raw_params');
    if (inner) return addCommand(reading, meaning, { ...found, node: inner.node });
    return readNode(reading, node);
  }
  return addCommand(reading, meaning, found);
}

function addCommand(reading: Reading, meaning: KeyMeaning, found: Found): void {
  const { node } = found;
  if (node.kind === 'scalar') return addShell(reading, textOfNode(reading, node), found);
  const items = [...node.entries.values()].map((entry) => entry.node);
  const texts = items.map((item) => (item.kind === 'list' ? wordsOf(reading, item) : textOfNode(reading, item)));
  if (meaning === 'command' || found.name === 'argv') return addShell(reading, wordsOf(reading, node), found);
  // One script, line by line.
  addShell(
    reading,
    texts.flatMap((text, index) => (index === 0 ? text : [lineBreak(text), ...text])),
    found,
  );
}

const lineBreak = (text: PlacedText) => derived('\n', span(text[0]?.span.start ?? 0, text[0]?.span.start ?? 0));

/** Between the words of a list stand commas, so no fix may write there: each is a value, as a variable has one. */
const wordsOf = (reading: Reading, list: YamlNode): PlacedText =>
  quotedWords(
    [...list.entries.values()].map((entry) => {
      const text = textOfNode(reading, entry.node);
      const { start, end } = entry.node.span;
      return isKnown(text) ? [derived(textOf(text), placeOf(reading.placement, start, end), text)] : text;
    }),
  );

function textOfNode({ placement }: Reading, { value, span: at, kind }: YamlNode): PlacedText {
  if (kind !== 'scalar' || value === null) return [];
  if (typeof value !== 'string') return [derived(JSON.stringify(value) ?? '', placeOf(placement, at.start, at.end))];
  return readTemplates(readScalar(placement, at, value));
}

function addShell({ regions, kind }: Reading, text: PlacedText, { map, name }: Found): void {
  if (text.length === 0) return;
  regions.push({ kind: 'shell', text, route: [], ...shellOf(map, name), setting: settingOf(kind, map, name) });
}

/** What runs it: `shell: bash` of a workflow's step stops at a failing stage, its default does not; Ansible takes sh. */
function shellOf(map: YamlNode, name: string): Pick<ShellRegion, 'dialect' | 'pipefail'> {
  if (name !== 'run') return { dialect: shellOption(map) ?? 'sh', pipefail: 'off' };
  const shell = map.entries.get('shell')?.node.value;
  if (shell === 'bash') return { dialect: 'bash', pipefail: 'on' };
  if (shell === undefined) return { dialect: 'bash', pipefail: 'off' };
  return { dialect: 'unknown', pipefail: 'unknown' };
}

/** `args: { executable: /bin/bash }` of Ansible. */
function shellOption(map: YamlNode): 'bash' | undefined {
  const executable = map.entries.get('args')?.node.entries.get('executable')?.node.value;
  return typeof executable === 'string' && executable.endsWith('bash') ? 'bash' : undefined;
}

/** The `cron` module of Ansible writes a crontab. */
function settingOf(kind: YamlKind, map: YamlNode, name: string): ShellRegion['setting'] {
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
