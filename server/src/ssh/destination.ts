import { err, ok } from '../core/result';
import type { Result } from '../core/result';

/** What a policy writes after `ssh:`. The host may be an alias of the ssh configuration. */
export interface Destination {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
}

/** Parses `host`, `user@host`, `user@host:port`, `[v6]:port` and a bare IPv6 address; the error is a message. */
export function parseDestination(text: string): Result<Destination, string> {
  const at = text.lastIndexOf('@');
  const user = at < 0 ? undefined : text.slice(0, at);
  const place = FORMS.map((form) => form.exec(text.slice(at + 1))?.groups).find((groups) => groups !== undefined);
  const host = place?.['host'];
  if (host === undefined || host.startsWith('-') || user === '') {
    return err(`"${text}" is no SSH destination; write user@host, user@host:port, [v6]:port or an alias`);
  }
  const port = place?.['port'] === undefined ? undefined : Number(place['port']);
  if (port !== undefined && (port < 1 || port > 65_535)) return err(`"${text}" has no valid port; write 1 to 65535`);
  return ok({ host, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) });
}

const FORMS = [
  /^\[(?<host>[^\]\s]+)\](?::(?<port>\d{1,5}))?$/,
  /^(?<host>[^:[\]\s]+)(?::(?<port>\d{1,5}))?$/,
  // Two colons or more without brackets: an IPv6 address, which leaves no room for a port.
  /^(?<host>[\da-fA-F.%\w]*:[\da-fA-F:.%\w]*:[\da-fA-F:.%\w]*)$/,
];
