import type { State } from '../../../server/src/core/model/state';
import { PROPERTIES } from './draw-properties';

/** Everything that a sequence can have changed. What was written is counted once it is on disk, and every `zfs set` waits for that. */
export function looks({ datasets }: State): readonly string[] {
  const held = [...datasets.values()].flatMap(({ name, snapshots }) =>
    snapshots.filter(({ holds }) => Object.keys(holds).length > 0).map((each) => `${name}@${each.name}`),
  );
  const partial = [...datasets.values()].filter((each) => each.partial).map(({ name }) => name);
  return [
    'zfs set com.example:end=1 tank backup',
    'zfs list -H -r -t all -o name,type,guid,ivsetguid,userrefs,origin tank backup',
    'zfs list -H -r -t filesystem -o name,mounted,encryptionroot,keystatus,keylocation,written tank backup',
    `zfs get -H -r -t filesystem -o name,property,value,received,source ${PROPERTIES.join(',')} tank backup`,
    ...(held.length > 0 ? [`zfs holds -H ${held.join(' ')}`] : []),
    ...(partial.length > 0 ? [`zfs get -H -o name,value receive_resume_token ${partial.join(' ')}`] : []),
  ];
}
