import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { IncludedFiles, Unread } from '../core/policy/include-graph';
import { gatherIncluded } from '../core/policy/include-graph';
import type { Result } from '../core/result';
import { err, ok } from '../core/result';
import { remember } from './repository';
import { ENOUGH_BYTES, errorCode, readTextFile } from './text-file';

/** Reads what a policy file is made of; `file` is its absolute path, for standard input that of its folder and a `/`. */
export type ReadIncluded = (file: string, text: string) => Promise<IncludedFiles>;

/** Each file is read once, however many include it. */
export function createIncludedReader(): ReadIncluded {
  const read = remember(readFile);
  return (file, text) => gatherIncluded(file.replaceAll(path.sep, '/'), text, read);
}

/** A policy file with what it is made of. */
export interface WholePolicy {
  readonly text: string;
  readonly included: IncludedFiles;
}

/** Reads a policy file by its absolute path, once for all who ask; undefined where it cannot be read. */
export type ReadPolicy = (file: string) => Promise<WholePolicy | undefined>;

export const createPolicyReader = (readIncluded: ReadIncluded): ReadPolicy =>
  remember(async (file) => {
    const read = await readTextFile(file);
    if (!read.ok) return undefined;
    const { text } = read.value;
    return { text, included: await readIncluded(file, text) };
  });

/** Only of files: whoever opens a pipe that nobody writes to waits for ever. */
async function readFile(file: string): Promise<Result<string, Unread>> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return err({ reason: 'is a folder' });
    if (!found.isFile()) return err({ reason: 'is no file, but a pipe or a device' });
  } catch (error) {
    // What else is wrong with it is said when it is opened.
    if (errorCode(error) === 'ENOENT') return err({ reason: 'does not exist' });
  }
  const read = await readTextFile(file, ENOUGH_BYTES);
  return read.ok ? ok(read.value.text) : err({ reason: read.error.reason });
}
