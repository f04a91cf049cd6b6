import assert from 'node:assert/strict';
import { sendPlaces } from '../../../server/src/core/runbook/lens-send';

/** What the lenses over a script's sends put into a terminal; `?` marks variables without a value. */
function check(script: string, ...expected: readonly (readonly [string | undefined, string | undefined])[]): void {
  it(`offers for ${JSON.stringify(script)}`, () => {
    const shown = sendPlaces({ path: 'a.sh', text: script }).map(({ estimate, pipeline }) =>
      [estimate, pipeline].map((line) => line && [line.text, ...line.unresolved.map((name) => `?${name}`)].join(' ')),
    );
    assert.deepEqual(shown, expected);
  });
}

describe('sendPlaces', () => {
  check('zfs send -w a@1 | ssh h zfs recv -u b', ['zfs send -nvP -w a@1', 'zfs send -w a@1 | ssh h zfs recv -u b']);
  check('zfs send -w a@1 > file', ['zfs send -nvP -w a@1', undefined]);
  check('if x; then sudo zfs send -w \\\n  -i @1 a@2 \\\n  | ssh h \\\n  zfs recv b; fi', [
    'sudo zfs send -nvP -w -i @1 a@2',
    'sudo zfs send -w -i @1 a@2 | ssh h zfs recv b',
  ]);
  check('S=a@1; D="b c"; O="-w -R"; zfs send $O $S |\n  zfs recv "$D"', [
    'zfs send -nvP -w -R a@1',
    'zfs send -w -R a@1 | zfs recv "$D" ?$D',
  ]);
  check('zfs send $OPTS "a@$SNAP" | ssh "$HOST" zfs recv b', [
    'zfs send -nvP $OPTS "a@$SNAP" ?$OPTS ?$SNAP',
    'zfs send $OPTS "a@$SNAP" | ssh "$HOST" zfs recv b ?$OPTS ?$SNAP ?$HOST',
  ]);
  check('f() { zfs send -w $1 | zfs recv $2; }; f a@1 b; f c@1 b', [
    'zfs send -nvP -w $1 ?$1',
    'zfs send -w $1 | zfs recv b ?$1',
  ]);
  check('ssh p zfs send -w a@1 | zfs recv b', ["ssh p 'zfs send -nvP -w a@1'", 'ssh p zfs send -w a@1 | zfs recv b']);
  check('ssh p "zfs send -w a@1 | ssh h zfs recv b"', [
    "ssh p 'zfs send -nvP -w a@1'",
    "ssh p 'zfs send -w a@1 | ssh h zfs recv b'",
  ]);
  check('ssh p "zfs send -w a@$S" | zfs recv b', [
    'ssh "p" "zfs send -nvP -w a@$S" ?$S',
    'ssh p "zfs send -w a@$S" | zfs recv b ?$S',
  ]);
  check('zfs send -t 1-a-b-c | zfs recv b', ['zfs send -nvP -t 1-a-b-c', 'zfs send -t 1-a-b-c | zfs recv b']);
  // What cannot be put on one line unchanged is not offered: a terminal runs what stands before a line break.
  check('zfs send -w a@1 | # why\n  zfs recv b', ['zfs send -nvP -w a@1', undefined]);
  check('zfs send -w "a@1\n2" | zfs recv b', [undefined, undefined]);
  check('zfs send -w "a@1\u001b[A" | zfs recv b', [undefined, undefined]);
  check('zfs send -nv a@1; echo zfs send a@1; zfs list');
});
