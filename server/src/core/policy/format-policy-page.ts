import type { KeyText } from '../yaml/key-text';
import { schemaPlace } from './schema-places';

/** The reference page of the policy language, in Markdown: all of it comes from the schema, but for the two examples at the top. */
export function formatPolicyPage(): string {
  const entries = entriesBelow([]);
  const sections = [
    '# The policy file',
    INTRODUCTION,
    `\`\`\`yaml\n${MINIMAL}\`\`\``,
    'What a policy means with every default spelled out, and as zfs commands: `rawsend policy show NAME`.',
    'What an edit of the file changes in what runs: `git show HEAD:rawsend.yaml | rawsend policy diff - rawsend.yaml`.',
    '## All keys',
    ['| key | default | |', '|---|---|---|', ...entries.map(indexRow)].join('\n'),
    ...entries.flatMap(formatEntry),
  ];
  return `${sections.join('\n\n')}\n`;
}

const INTRODUCTION =
  'Rawsend reads `rawsend.yaml`, `rawsend.yml`, `*.rawsend.yaml` and `*.rawsend.yml`; what they include may have any name. Intent, source and target are a complete ' +
  'policy: every default is the safe one, and every unsafe choice has to be written where a reviewer sees it. A file with a key that is ' +
  'not understood is not run.';

const MINIMAL = `version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: replica@target, elevate: sudo }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
`;

interface Entry {
  /** With `NAME` for what the author names. */
  readonly path: readonly string[];
  readonly text: KeyText;
}

/** In the order of the schema; but `defaults`, whose keys are those of a policy, comes last and without them. */
function entriesBelow(path: readonly string[]): readonly Entry[] {
  const place = schemaPlace(path);
  const isNamed = place?.isSection === true && place.keys.size === 0;
  const keys = isNamed ? ['NAME'] : [...(place?.keys.keys() ?? [])];
  const last = (key: string): number => (path.length === 0 && key === 'defaults' ? 1 : 0);
  return keys
    .toSorted((a, b) => last(a) - last(b))
    .flatMap((key) => {
      const here = [...path, key];
      const text = schemaPlace(here)?.text;
      return text === undefined ? [] : [{ path: here, text }, ...(last(key) === 1 ? [] : entriesBelow(here))];
    });
}

/** A key of a policy is known by its name within the policy, as messages and `rawsend policy show` have it. */
const titleOf = ({ path }: Entry): string =>
  (path[0] === 'policies' && path.length > 2 ? path.slice(2) : path).join('.');

/** As GitHub makes it of a heading. */
const anchorOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '');

function indexRow(entry: Entry): string {
  const title = titleOf(entry);
  const { text } = entry;
  const byDefault = text.default === undefined ? '' : `\`${text.default}\``;
  const [first = ''] = text.summary.split(/(?<=\.) (?=[A-Z])/, 1);
  return `| [${title}](#${anchorOf(title)}) | ${byDefault} | ${first} |`;
}

function formatEntry(entry: Entry): readonly string[] {
  const { text, path } = entry;
  const facts = [
    `- Type: ${text.type}`,
    ...(text.default === undefined ? [] : [`- Default: \`${text.default}\``]),
    ...(text.effect === undefined ? [] : [`- Effect: ${text.effect}`]),
    ...Object.entries(text.values ?? {}).map(([value, meaning]) => `- \`${value}\`: ${meaning}`),
  ];
  return [
    `${path.length === 1 ? '##' : '###'} ${titleOf(entry)}`,
    text.summary,
    facts.join('\n'),
    `\`\`\`yaml\n${text.example}\n\`\`\``,
  ];
}
