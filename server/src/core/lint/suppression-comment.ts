import type { Document } from './document';

/** The kinds of text that have comments of their own. */
export type CommentKind = 'shell' | 'markdown' | 'restructuredtext' | 'asciidoc' | 'systemd' | 'cron' | 'yaml' | 'nix';

/** A comment that suppresses a rule for the command below it, without a line break. */
export function suppressionComment(kind: CommentKind, rule: string, reason: string): string {
  const directive = `rawsend-disable-next-line ${rule} -- ${withoutSyntax(reason)}`;
  if (kind === 'markdown') return `<!-- ${directive} -->`;
  if (kind === 'restructuredtext') return `.. ${directive}`;
  return kind === 'asciidoc' ? `// ${directive}` : `# ${directive}`;
}

/**
 * The comment may stand within quotes, of `ssh host '…'` or of a Nix string, and a reason with an apostrophe would end
 * them. What a quoting reads is put into letters that no shell reads; a `--` would end a comment of Markdown.
 */
function withoutSyntax(reason: string): string {
  const plain = reason
    .replaceAll(/['`]/g, '’')
    .replaceAll('"', '”')
    .replaceAll(/[$\\]/g, '')
    .replaceAll(/-{2,}>?/g, '–')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return plain === '' ? 'reason' : plain;
}

/** By the language of the editor, else by the name. What is neither is taken for a script. */
export function commentKind({ path, languageId = '' }: Document): CommentKind {
  const byLanguage = Object.hasOwn(LANGUAGES, languageId) ? LANGUAGES[languageId] : undefined;
  return byLanguage ?? NAMES.find(([pattern]) => pattern.test(path))?.[1] ?? 'shell';
}

const LANGUAGES: Readonly<Record<string, CommentKind>> = {
  shellscript: 'shell',
  markdown: 'markdown',
  restructuredtext: 'restructuredtext',
  asciidoc: 'asciidoc',
  systemd: 'systemd',
  'systemd-unit-file': 'systemd',
  'systemd-conf': 'systemd',
  ini: 'systemd',
  properties: 'systemd',
  crontab: 'cron',
  yaml: 'yaml',
  dockercompose: 'yaml',
  ansible: 'yaml',
  'github-actions-workflow': 'yaml',
  rawsend: 'yaml',
  nix: 'nix',
};

const NAMES: readonly (readonly [RegExp, CommentKind])[] = [
  [/\.(?:md|markdown|mdx)$/i, 'markdown'],
  [/\.(?:rst|rest)$/i, 'restructuredtext'],
  [/\.(?:adoc|asciidoc|asc)$/i, 'asciidoc'],
  [/\.(?:service|timer|mount|path|socket)$/, 'systemd'],
  [/(?:crontab|\.cron)$/, 'cron'],
  [/\.ya?ml$|(?:^|[/\\])user-data$/i, 'yaml'],
  [/\.nix$/, 'nix'],
];
