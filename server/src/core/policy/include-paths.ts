/** Paths as a policy file writes them, and as the files are known by: with `/`, and without any look at a disk. */
import type { Result } from '../result';
import { err, ok } from '../result';

const RELATIVE = 'write the path from the folder of this file, so that it holds on every machine';

/** Reads an item of `include`. */
export function parseIncludePath(text: string): Result<string, string> {
  if (text.trim() === '') return err('it is empty: write the path of a policy file, or remove the item');
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) return err('the path holds a control character: write it without');
  if (text.length > 500) return err('the path is longer than 500 characters: use a shorter one');
  if (text.includes('://')) return err(`nothing is fetched from elsewhere: ${RELATIVE}`);
  if (text.includes('\\')) return err('write `/` between folders');
  if (/^(?:[/~]|[A-Za-z]:)/.test(text)) return err(RELATIVE);
  if (/[*?[\]{}]/.test(text)) return err('a pattern would bring in what nobody has named: name each file');
  if (/(?:^|\/)\.{0,2}$/.test(text)) return err('this is a folder: name the files in it');
  return ok(text);
}

/**
 * The file that an item means. `from` is the file that has the item, an absolute path or a URI that is not escaped;
 * nothing leads out above its root.
 */
export function resolveInclude(from: string, written: string): string {
  const [root = ''] = /^(?:[A-Za-z][\w+.-]+:\/\/[^/]*|[A-Za-z]:)?\/?/.exec(from) ?? [];
  const segments = from.slice(root.length).split('/').slice(0, -1);
  for (const step of written.split('/')) {
    if (step === '..') segments.pop();
    else if (step !== '' && step !== '.') segments.push(step);
  }
  return root + segments.join('/');
}

/** How a file is called beside another one: by the way that leads from there to it. */
export function relativeFile(from: string, file: string): string {
  const start = from.split('/').slice(0, -1);
  const end = file.split('/');
  let shared = 0;
  while (shared < Math.min(start.length, end.length - 1) && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/');
}
