/** The key of a dataset that a stream without -w makes. */
import { parentOf } from '../../zfs/names';
import { createCrypto } from '../create-crypto';
import { notModelled } from '../outcome';
import type { BeginRecord } from '../stream';
import { isNewStream } from './check-destination';
import type { CommandProperties } from './command-properties';
import type { KeyOfNew } from './new-dataset';
import type { Session } from './session';

/**
 * `-o` can give it a key of its own, which cannot be typed, for the stream comes where it would be. A stream with properties says
 * what its dataset was: in the clear, it stays so below an encrypted parent.
 */
export function keyOfNew(
  session: Session,
  name: string,
  begin: BeginRecord,
  { received, keys, isEncryptionNamed }: CommandProperties,
): KeyOfNew | { readonly problem: string } {
  const parent = session.state.datasets.get(parentOf(name) ?? '');
  const isNew = isNewStream(begin);
  if (begin.isRaw || parent === undefined || (!isNew && keys.length === 0)) return 'none';
  if (keys.length > 0) {
    const given = new Map(keys.map((each) => [each.name, each.value]));
    const encryption = given.get('encryption') ?? (parent.crypto ? 'on' : 'off');
    const isTyped = given.has('keyformat') && (given.get('keylocation') ?? 'prompt') === 'prompt';
    if (encryption !== 'off' && isTyped) return { problem: "Cannot use 'prompt' keylocation because stdin is in use." };
    const keyed = createCrypto(session.state, { name, parent, assignments: keys, input: undefined });
    if ('problem' in keyed) return keyed;
    // An increment is asked what a new dataset would be, and keeps the key that it has.
    if (!isNew) return notModelled('zfs receive of an increment with a key');
    session.state = keyed.state;
    return keyed.crypto ?? 'none';
  }
  if (received && !isEncryptionNamed) return 'none';
  return parent.crypto ? 'inherited' : 'none';
}
