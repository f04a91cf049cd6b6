import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid,userrefs';
const REFS = 'zfs list -H -r -t snapshot -o name,userrefs,defer_destroy';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** What keeps a snapshot: holds, clones, bookmarks of it. */
export const holds = scenarios(`
= a held snapshot is not destroyed [tree]
zfs hold keep tank/prod@a
zfs holds tank/prod@a
zfs holds -H tank/prod@a
${REFS} tank/prod
zfs destroy tank/prod@a
zfs destroy -r tank/prod@a
zfs destroy -r tank/prod
zfs list -H -r -t all -o name tank
zfs release keep tank/prod@a
zfs holds -H tank/prod@a
zfs destroy tank/prod@a
zfs destroy -r tank/prod
zfs list -H -r -t all -o name tank

= a held snapshot of a child keeps what is above it [tree]
zfs create tank/prod/other
zfs snapshot tank/prod/other@x
zfs snapshot tank/prod/db@x
zfs hold keep tank/prod/db@x
zfs destroy tank/prod/db@a,x
${REFS} tank/prod
zfs destroy -r tank/prod
zfs list -H -r -t all -o name tank

= a held snapshot of a child that is not mounted [tree]
zfs unmount tank/prod/db
zfs hold keep tank/prod/db@a
zfs destroy -r tank/prod
zfs list -H -r -t all -o name,mounted tank
zfs destroy -r tank
zfs list -H -r -t all -o name,mounted tank

= holds of a whole tree are taken and released at once [tree]
zfs create tank/prod/db/in
zfs hold -r keep tank/prod@a
zfs hold -r keep tank/prod@a
zfs holds -r -H tank/prod@a
zfs hold other tank/prod@a
${REFS} tank/prod
zfs hold -r other tank/prod@a
${REFS} tank/prod
zfs release -r other tank/prod@a
zfs release -r keep tank/prod@a
zfs release -r keep tank/prod@a
zfs destroy tank/prod/db/in
zfs release -r keep tank/prod@a
${REFS} tank/prod

= a tag that is there already, and one that is not [tree]
zfs hold keep tank/prod@a
zfs hold keep tank/prod@a
zfs hold keep tank/prod@a tank/prod/db@a
${REFS} tank/prod
zfs release nope tank/prod@a
zfs release nope tank/prod@a tank/prod/db@a
zfs release keep tank/prod@a tank/prod/db@a
zfs release keep tank/prod@a
${REFS} tank/prod

= holds that cannot be taken [tree]
zfs hold keep tank/prod@nope
zfs hold keep tank/nope@a
zfs hold keep tank/prod
zfs hold -r keep tank/prod@nope
zfs release keep tank/prod@nope
zfs release keep tank/prod
zfs release -r keep tank/prod@nope
zfs holds tank/prod@nope
zfs holds -r -H tank/prod@nope
zfs holds tank/prod
zfs hold .keep tank/prod@a
${REFS} tank/prod

= a deferred destruction waits for the last hold [tree]
zfs hold one tank/prod@a
zfs hold two tank/prod@a
zfs destroy -d tank/prod@a
zfs destroy -d tank/prod/db@a
${REFS} tank
zfs hold three tank/prod@a
zfs destroy tank/prod@a
zfs send -nP -w tank/prod@a
zfs release one tank/prod@a
zfs release three tank/prod@a
${REFS} tank
zfs release two tank/prod@a
${REFS} tank

= a deferred destruction waits for the clone [tree]
zfs clone tank/prod/db@a tank/prod/copy
zfs destroy -d tank/prod/db@a
${REFS},clones tank
zfs hold keep tank/prod/db@a
zfs destroy tank/prod/copy
${REFS},clones tank
zfs release keep tank/prod/db@a
${REFS},clones tank
zfs clone tank/prod@a tank/prod/copy
zfs destroy -d tank/prod@a
zfs destroy tank/prod/copy
${REFS},clones tank

= holds at the target stop -F of one stream [vault]
zfs snapshot backup/prod@own
zfs hold keep backup/prod@own
zfs send -w -i @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS} backup
zfs release keep backup/prod@own
zfs send -w -i @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS} backup

= a held snapshot stops -s -F at its end, and what arrived stays [vault]
zfs snapshot backup/prod@own
zfs hold keep backup/prod@own
zfs send -w -i @a tank/prod@b | zfs receive -s -u -v -F backup/prod
zfs list -H -r -t all -o name,receive_resume_token backup
zfs send -w -i @a tank/prod@b | zfs receive -s -u -v -F backup/prod
zfs send -t $(token backup/prod) | zfs receive -s -u -v -F backup/prod
zfs release keep backup/prod@own
zfs send -t $(token backup/prod) | zfs receive -s -u -v -F backup/prod
zfs list -H -r -t all -o name,receive_resume_token backup

= a held base at the target stops nothing [vault]
zfs hold -r keep backup/prod@a
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
zfs release -r keep backup/prod@a
zfs hold -r keep backup/prod@b
${THIRD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS} backup

= holds at the target stop -R -F [vault]
zfs snapshot backup/prod@own
zfs hold keep backup/prod@own
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS},defer_destroy backup

= an old held snapshot that the source has lost stays with -R -F [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs hold -r keep backup/prod@a
zfs destroy -r tank/prod@a
${THIRD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v -F backup/prod
${SNAPSHOTS},defer_destroy backup

= a rollback over a held snapshot is refused [vault]
zfs hold keep tank/prod@b
zfs rollback -r tank/prod@a
${SNAPSHOTS} tank/prod
zfs release keep tank/prod@b
zfs rollback -r tank/prod@a
${SNAPSHOTS} tank/prod

= a held snapshot keeps what lies between it and the rollback [vault]
${THIRD}
zfs hold keep tank/prod@b
zfs rollback -r tank/prod@a
${SNAPSHOTS} tank/prod

= holds travel with send -h and are left out by receive -h [vault]
zfs hold -r keep tank/prod@a
zfs hold top tank/prod@b
zfs send -w -p -h tank/prod@a | zfs receive -u backup/one
zfs send -w -R -h tank/prod@b | zfs receive -u backup/two
zfs send -w -R -h tank/prod@b | zfs receive -u -h backup/three
zfs send -w -R tank/prod@b | zfs receive -u backup/four
zfs send -w -p -h -i @a tank/prod@b | zfs receive -u backup/one
${SNAPSHOTS} backup
zfs holds -H backup/two@a
zfs holds -H backup/two@b
zfs holds -r -H backup/two@a

= holds of a snapshot that the target has do not follow [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs hold -r keep tank/prod@b
zfs send -w -R -h -I @a tank/prod@b | zfs receive -u backup/prod
${THIRD}
zfs hold -r late tank/prod@c
zfs send -w -R -h -I @b tank/prod@c | zfs receive -u backup/prod
${SNAPSHOTS} backup

= holds follow renamed snapshots and datasets [tree]
zfs hold -r keep tank/prod@a
zfs rename -r tank/prod@a @first
zfs rename tank/prod tank/moved
zfs holds -r -H tank/moved@first
zfs destroy tank/moved@first
zfs release -r keep tank/moved@first
zfs destroy -r tank/moved@first
zfs list -H -r -t all -o name tank

= a clone at the target keeps its origin from -F [vault]
zfs snapshot backup/prod@own
zfs clone backup/prod@own backup/copy
zfs send -w -i @a tank/prod@b | zfs receive -u -F backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS},clones backup
zfs list -H -r -t filesystem -o name,origin,encryptionroot backup

= bookmarks are made of snapshots and of bookmarks [vault]
zfs bookmark tank/prod@a tank/prod#m
zfs bookmark tank/prod@a tank/prod#m
zfs bookmark tank/prod@b tank/prod#m
zfs bookmark tank/prod#m tank/prod#n
zfs bookmark tank/prod@a #o
zfs bookmark tank/prod#nope tank/prod#p
zfs bookmark tank/prod@nope tank/prod#p
zfs bookmark tank/prod@a tank/prod/db#p
zfs bookmark tank/prod@a tank/prod@p
zfs bookmark tank/prod tank/prod#p
zfs bookmark tank/prod@a tank/nope#p
zfs list -Hp -r -t bookmark -o name,guid,ivsetguid tank
zfs destroy tank/prod#m
zfs destroy tank/prod#m
zfs destroy -r tank/prod#n
zfs list -Hp -r -t bookmark -o name,guid,ivsetguid tank

= a bookmark takes the place of a base that is gone [vault]
zfs bookmark tank/prod/db@a tank/prod/db#a
zfs destroy -r tank/prod@a
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
zfs send -w -i tank/prod/db#a tank/prod/db@b | zfs receive -u -v backup/prod/db
zfs send -w -i #a tank/prod/db@b | zfs receive -u -v backup/prod/db
${SNAPSHOTS} backup
zfs list -Hp -r -t bookmark -o name,guid,ivsetguid tank

= a bookmark of a clear dataset as a base [clear]
zfs send tank/plain@a | zfs receive -u backup/plain
zfs bookmark tank/plain@a tank/plain#a
write tank/plain 262144
zfs snapshot tank/plain@b
zfs destroy tank/plain@a
zfs send -i #a tank/plain@b | zfs receive -u -v backup/plain
zfs send -h -i #a tank/plain@b | zfs receive -u -v backup/plain
zfs send -I #a tank/plain@b | zfs receive -u -v backup/plain
zfs send -p -i #a tank/plain@b | zfs receive -u -v backup/plain
zfs list -Hp -r -t all -o name,guid,ivsetguid tank/plain backup/plain

= a bookmark of another lineage is no raw base [vault]
zfs load-key backup/prod
zfs bookmark tank/prod@b tank/prod#b
zfs send -i @a tank/prod@b | zfs receive -u backup/prod
${THIRD}
zfs destroy tank/prod@b
zfs send -w -i #b tank/prod@c | zfs receive -u backup/prod
zfs send -w -i #b tank/prod@c | zfs receive -u -F backup/prod
zfs send -i #b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS} backup

= bookmarks of a replica go with a rollback and are no bases of others [vault]
zfs bookmark backup/prod@a backup/prod#a
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs bookmark backup/prod@b backup/prod#b
zfs list -Hp -r -t bookmark -o name,guid,ivsetguid backup
zfs send -nP -w -i backup/prod#a tank/prod@b
zfs send -nP -w -i #a backup/prod@b
zfs rollback backup/prod@a
zfs rollback -r backup/prod@a
zfs list -Hp -r -t snapshot,bookmark -o name,guid,ivsetguid backup
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs destroy -r backup/prod
zfs list -H -r -t all -o name backup

= a held snapshot that the source has lost lets a package with -F end with 1 [clear]
zfs send tank/plain@a | zfs receive -u backup/r1
zfs snapshot tank/plain@b
zfs send -i @a tank/plain@b | zfs receive -u backup/r1
zfs hold keep backup/r1@a
zfs destroy tank/plain@a
zfs snapshot tank/plain@c
zfs send -R -I @b tank/plain@c | zfs receive -v -F backup/r1
zfs list -H -r -t all -o name,mounted backup
`);
