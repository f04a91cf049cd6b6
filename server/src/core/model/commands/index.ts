import type { Command } from '../../zfs/command';
import type { Outcome } from '../outcome';
import type { State } from '../state';
import type { Stream } from '../stream';
import { allow } from './allow';
import { bookmark } from './bookmark';
import { changeKey } from './change-key';
import { clone } from './clone';
import { create } from './create';
import { destroy } from './destroy';
import { get } from './get';
import { hold } from './hold';
import { holds } from './holds';
import { inherit } from './inherit';
import { list } from './list';
import { loadKey } from './load-key';
import { mount } from './mount';
import { receive } from './receive';
import { release } from './release';
import { rename } from './rename';
import { rollback } from './rollback';
import { send } from './send';
import { set } from './set';
import { snapshot } from './snapshot';
import { unallow } from './unallow';
import { unloadKey } from './unload-key';
import { unmount } from './unmount';
import { version } from './version';
import { zpoolGet } from './zpool-get';
import { zpoolList } from './zpool-list';
import { zpoolStatus } from './zpool-status';

/** What a command reads from its standard input. */
export interface Input {
  readonly text?: string;
  readonly stream?: Stream;
  /** Who runs it; root where nobody is named. */
  readonly user?: string;
}

export type Run = (state: State, command: Command, input: Input) => Outcome;

/** Every command that the model knows; anything else is refused by its name. */
export const COMMANDS: Readonly<Record<string, Run>> = {
  'zfs allow': allow,
  'zfs bookmark': bookmark,
  'zfs change-key': changeKey,
  'zfs clone': clone,
  'zfs create': create,
  'zfs destroy': destroy,
  'zfs get': get,
  'zfs hold': hold,
  'zfs holds': holds,
  'zfs inherit': inherit,
  'zfs list': list,
  'zfs load-key': loadKey,
  'zfs mount': mount,
  'zfs receive': receive,
  'zfs release': release,
  'zfs rename': rename,
  'zfs rollback': rollback,
  'zfs send': send,
  'zfs set': set,
  'zfs snapshot': snapshot,
  'zfs unallow': unallow,
  'zfs unload-key': unloadKey,
  'zfs unmount': unmount,
  'zfs version': version,
  'zpool get': zpoolGet,
  'zpool list': zpoolList,
  'zpool status': zpoolStatus,
};
