import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { worldFailure } from '../failure';
import type { Io } from '../io';
import { errorCode } from '../text-file';

/** Where runs are recorded, by the XDG base directory rules: a relative XDG_STATE_HOME is ignored. */
export function stateFolder(env: Io['env']): string {
  const state = env['XDG_STATE_HOME'];
  if (state !== undefined && path.isAbsolute(state)) return path.join(state, 'rawsend');
  return path.join(env['HOME'] ?? homedir(), '.local', 'state', 'rawsend');
}

/** Makes a folder that only this user can read: plans name hosts and datasets. Throws a Failure. */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const hint = 'Nothing was sent. A run needs a place for its receipt: repair it, or set XDG_STATE_HOME';
    throw worldFailure(`the folder ${folder} cannot be made (${errorCode(error) ?? 'unknown error'})`, hint);
  }
}
