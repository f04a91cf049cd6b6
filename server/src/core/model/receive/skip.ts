import type { BeginRecord } from '../stream';
import type { Receiving, Session } from './session';

/**
 * Reads past a snapshot that is there already. The kernel has taken the first record after BEGIN by then, when the stream is raw
 * (on 2.1 always): where an increment is empty, that record is its END, and what is skipped is the next increment
 * (hazard 3 of the facts).
 */
export function* skipSnapshot(session: Session, begin: BeginRecord): Receiving<'skipped' | 'ended'> {
  const takesFirst = begin.isRaw || session.state.release === '2.1';
  let isCut = takesFirst && (yield)?.kind === 'data';
  for (;;) {
    const record = yield;
    if (record === undefined) {
      // For the record that was cut, and for the one that should follow.
      session.err.push(...(isCut ? [UNREADABLE, UNREADABLE] : [UNREADABLE]));
      return 'ended';
    }
    isCut = record.kind === 'data';
    if (record.kind === 'end' || record.kind === 'conclusion') return 'skipped';
  }
}

const UNREADABLE = 'cannot receive: failed to read from stream';
