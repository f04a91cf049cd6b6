import { HostError } from '../core/run/host';
import type { CheckRequest, HostErrorCode } from '../core/run/host';
import type { DirectReport } from './direct-report';
import { jumpFailure } from './jump-failure';

/** What ssh says on the source when it does not reach the target. */
const SSH_FAILURES: readonly (readonly [RegExp, HostErrorCode])[] = [
  [/host key verification failed|remote host identification has changed/i, 'host-key-changed'],
  [/permission denied|too many authentication failures/i, 'authentication'],
];

/** ssh's own exit status for a connection that failed. */
const SSH_FAILED = 255;

/** Why no receive came to its end; `said` is what ssh printed on the source. */
export function directFailure(report: DirectReport, request: CheckRequest, said: string): HostError {
  const { source, target, jump } = request;
  const through = jump === undefined ? '' : ` through ${jump}`;
  const way = `${source.name} to ${target.name}${through}`;
  const text = said === '' ? '' : `: ${said}`;
  if (report.code('no-pv') !== undefined) {
    return new HostError(
      'config',
      source.name,
      `A limit on the direct route needs pv on ${source.name}; install it, remove the limit or use route: relay`,
    );
  }
  if (report.code('pid') !== undefined) {
    return new HostError(
      'disconnected',
      target.name,
      `The connection from ${way} was lost while the stream ran${text}`,
    );
  }
  // Zero: the jump host did its part.
  if (jump !== undefined && (report.code('jump') ?? 0) !== 0) return jumpFailure(jump, request, said);
  const ssh = report.code('ssh');
  if (ssh === SSH_FAILED) {
    const code = SSH_FAILURES.find(([pattern]) => pattern.test(said))?.[1] ?? 'unreachable';
    return new HostError(code, target.name, `ssh from ${way} failed${text}`);
  }
  return ssh === undefined
    ? new HostError('disconnected', source.name, `The pipeline on ${source.name} was ended before it began${text}`)
    : new HostError('config', target.name, `ssh from ${way} did not start a POSIX shell (exit status ${ssh})${text}`);
}
