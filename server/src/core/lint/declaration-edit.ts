import type { Runbook } from '../runbook/runbook';
import { span } from '../text/span';
import type { TextEdit } from '../text/span';
import { commentKind } from './suppression-comment';
import type { CommentKind } from './suppression-comment';

/** Writes `# rawsend: replica backup/prod` at the top of a document, as a comment of its kind. */
export function declarationEdit({ path, text }: Runbook, dataset: string): TextEdit {
  const kind = commentKind({ path, text });
  const start = (TOPS[kind] ?? SCRIPT_TOP).exec(text)?.[0].length ?? 0;
  const newline = text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
  const comment = commentOf(kind, `rawsend: replica ${dataset}`);
  // Without an empty line what follows would belong to the comment.
  const end = kind === 'restructuredtext' ? newline.repeat(2) : newline;
  return { span: span(start, start), newText: comment + end };
}

function commentOf(kind: CommentKind, words: string): string {
  if (kind === 'markdown') return `<!-- ${words} -->`;
  if (kind === 'restructuredtext') return `.. ${words}`;
  return kind === 'asciidoc' ? `// ${words}` : `# ${words}`;
}

const SCRIPT_TOP = /^\uFEFF?(?:#![^\n]*\n)?/;

/** What has to stay the first thing in a document. */
const TOPS: Partial<Readonly<Record<CommentKind, RegExp>>> = {
  markdown: /^\uFEFF?(?:---[ \t]*\r?\n(?:(?!---)[^\n]*\n){0,200}---[ \t]*\r?\n)?/,
  yaml: /^\uFEFF?(?:(?:#cloud-config|#!|%)[^\n]*\n)*/,
};
