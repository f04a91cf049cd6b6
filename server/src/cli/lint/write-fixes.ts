import { mapBounded } from '../map-bounded';
import type { LintedFile, LintResult } from '../reporters/lint-result';
import { encodeText } from '../text-encoding';
import { errorCode, readTextFile, replaceFile } from '../text-file';
import type { Draft } from './read-drafts';

/** Each is flushed to the disk. */
const AT_A_TIME = 4;

/**
 * Writes fixed files back, each in its own encoding. Gives one result for each task; what cannot be written becomes an
 * unread file.
 */
export const writeFixes = (tasks: readonly Draft[], results: readonly LintResult[]): Promise<readonly LintResult[]> =>
  mapBounded([...results.entries()], AT_A_TIME, async ([index, result]) => {
    const task = tasks[index];
    const isFixed = result.kind === 'linted' && result.text !== result.original;
    if (task === undefined || !isFixed || task.origin === 'stdin') return result;
    const failure = await writeBack(task, result);
    if (failure === undefined) return result;
    return { kind: 'unread', path: result.path, message: `${result.path} ${failure}`, wrongUse: false };
  });

/** The reason why it failed, or undefined. */
async function writeBack({ file, decoded }: Draft, { text }: LintedFile): Promise<string | undefined> {
  const now = await readTextFile(file);
  // Somebody may have saved it in an editor meanwhile.
  if (!now.ok || now.value.text !== decoded.text)
    return 'was changed while it was linted, so its fixes are not written';
  try {
    await replaceFile(file, encodeText({ ...decoded, text }));
    return undefined;
  } catch (error) {
    return `cannot be written (${errorCode(error) ?? 'unknown error'}); it is unchanged`;
  }
}
