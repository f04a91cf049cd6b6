import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import type { Cancel } from '../core/run/host';
import { HostError } from '../core/run/host';
import { within } from './bounded';
import { placeOf, refusedForward, toHostError } from './connection-error';
import type { SshTarget } from './ssh-target';
import { untilCancelled } from './stopping';

export interface Limits {
  /** Milliseconds. */
  readonly patience: number;
  readonly cancel?: Cancel | undefined;
}

/** Connects to a host. ssh2 never turns Nagle's algorithm off, which costs a factor of four; so the socket is ours. */
export function openSocket(target: SshTarget, limits: Limits): Promise<Duplex> {
  const socket = connect({ host: target.hostName, port: target.port, noDelay: true, keepAlive: true });
  const connected = new Promise<Duplex>((resolve, reject) => {
    socket.once('error', (error) => reject(toHostError(target, 'connecting', error)));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
  return unlessLate(connected, target, { ...limits, undo: () => socket.destroy() });
}

/** Lets a jump host connect to `target`, the next host of the way. */
export function openForward(
  hop: Client,
  target: SshTarget & { readonly via: SshTarget },
  limits: Limits,
): Promise<Duplex> {
  const opened = new Promise<ClientChannel>((resolve, reject) => {
    // The origin is for the log of the jump host, and ssh gives this one for -W too.
    hop.forwardOut('127.0.0.1', 65_535, target.hostName, target.port, (error, channel) => {
      if (error === undefined) resolve(channel);
      else reject(refusedForward(target, error));
    });
  });
  const undo = (): void => void opened.then((channel) => channel.destroy(), nothing);
  return unlessLate(opened, target, { ...limits, undo });
}

const LATE = Symbol('late');

/** What comes too late, or when nobody wants it any more, is undone. */
function unlessLate<T>(
  work: Promise<T>,
  target: SshTarget,
  { patience, cancel, undo }: Limits & { readonly undo: () => void },
): Promise<T> {
  const inTime = within(work, patience, LATE).then((value) => {
    if (value !== LATE) return value;
    undo();
    throw new HostError('timeout', target.name, `${placeOf(target)} did not answer within ${patience / 1000} s`);
  });
  return untilCancelled(inTime, { host: target.name, cancel, stop: async () => undo() });
}

const nothing = (): void => undefined;
