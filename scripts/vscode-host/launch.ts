import type { HostName } from './hosts';
import type { Session } from './suites';

/** One session as its drivers see it: a browser window, or a desktop VS Code. */
export interface Launch {
  readonly host: HostName;
  /** The bundled suite. */
  readonly suite: string;
  /** A copy of the fixtures, which the suite may change. */
  readonly folder: string;
  readonly session: Session;
  readonly env: Readonly<Record<string, string>>;
  readonly verbose: boolean;
}
