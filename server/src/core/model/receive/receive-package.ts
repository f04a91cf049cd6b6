/** A package: what the source has decides what is renamed and destroyed, then its streams (zfs_receive_package). */
import type { PackageRecord } from '../stream';
import { fixEncryptionRoots } from './encryption-roots';
import { namedDestination } from './destination';
import { indexPackage } from './packed-index';
import { receiveOne } from './receive-one';
import { replicate } from './replicate';
import { refuse } from './session';
import type { Receiving, Result, Session } from './session';

export function* receivePackage(session: Session, header: PackageRecord): Receiving<Result> {
  const { options } = session;
  const isRecursive = header.isRecursive && header.datasets !== undefined;
  if (isRecursive && options.target.includes('@'))
    return refuse(session, 'cannot receive', 'cannot specify snapshot name for multi-snapshot stream');
  const [top = ''] = header.toName.split('@');
  const replicates = isRecursive && header.fromSnapshot !== undefined && !options.isDryRun;
  const target = namedDestination(options, header.toName, top).dataset;
  const index = indexPackage(header);
  if (replicates) replicate(session, target, index);
  let result: Result = 'received';
  while (result === 'received') {
    const record = yield;
    if (record?.kind === 'conclusion') break;
    if (record?.kind === 'begin') result = yield* receiveOne(session, record, { top, index });
    else result = refuse(session, 'cannot receive', 'failed to read from stream');
  }
  let isDone = !replicates || replicate(session, target, index);
  // 2.1 leaves the roots alone where something could not be renamed; later releases forget it over them.
  const fixes = header.isRaw && (isDone || session.state.release !== '2.1');
  if (fixes && session.top !== undefined && !options.isDryRun && header.datasets)
    isDone = fixEncryptionRoots(session, session.top, index);
  return isDone ? result : 'failed';
}
