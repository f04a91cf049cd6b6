import type { BeginRecord } from '../stream';
import type { Receiving, Session } from './session';

/**
 * Reads past a snapshot that is there already. The kernel has taken the first record after BEGIN by then, when the stream is raw
 * (on 2.1 always): where an increment is empty, that record is its END, and what is skipped is the next increment
 * (hazard 3 of the facts).
 */
export function* skipSnapshot(session: Session, begin: BeginRecord): Receiving<'skipped' | 'ended'> {
  const takesFirst = begin.isRaw || session.state.release === '2.1';
  if (takesFirst) yield;
  for (;;) {
    const record = yield;
    if (record === undefined) {
      session.err.push('cannot receive: failed to read from stream');
      return 'ended';
    }
    if (record.kind === 'end' || record.kind === 'conclusion') return 'skipped';
  }
}
