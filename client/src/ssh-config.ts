import type { Event } from 'vscode';
import { EventEmitter, workspace } from 'vscode';

/** Which SSH configuration hosts are looked up in. */
export interface SshConfig {
  /** In place of ~/.ssh/config; undefined for that. */
  readonly file: () => string | undefined;
  /** Puts a file before the setting, e.g. of the lab, until it is taken back with undefined. */
  readonly borrow: (file: string | undefined) => void;
  readonly onDidBorrow: Event<void>;
}

/** The setting is one of the machine, not of the workspace: such a file can name programs to run. */
export function createSshConfig(): SshConfig {
  const borrowing = new EventEmitter<void>();
  let borrowed: string | undefined;
  return {
    file() {
      const file = borrowed ?? workspace.getConfiguration('rawsend').get<string>('sshConfig', '').trim();
      return file === '' ? undefined : file;
    },
    borrow(file) {
      borrowed = file;
      borrowing.fire();
    },
    onDidBorrow: borrowing.event,
  };
}
