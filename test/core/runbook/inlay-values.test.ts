import assert from 'node:assert/strict';
import { inlayValues } from '../../../server/src/core/runbook/inlay-values';

/** The text with each hint in angle brackets where it is shown. */
function check(script: string, expected: string): void {
  it(`shows ${JSON.stringify(expected)}`, () => {
    const hints = inlayValues({ path: 'a.sh', text: script });
    const shown = hints
      .toSorted((a, b) => b.offset - a.offset)
      .reduce((text, { offset, label }) => `${text.slice(0, offset)}⟨${label}⟩${text.slice(offset)}`, script);
    assert.equal(shown, expected);
  });
}

const checkNone = (script: string): void => check(script, script);

describe('inlayValues', () => {
  check('O="-w -R"; zfs send $O a@1', 'O="-w -R"; zfs send $O⟨= -w -R⟩ a@1');
  check('D=b; zfs recv "$D/prod"', 'D=b; zfs recv "$D/prod"⟨= b/prod⟩');
  check('D=b; ssh h zfs recv "$D"', 'D=b; ssh h zfs recv "$D"⟨= b⟩');
  check('D=b; ssh h "zfs recv -u $D"', 'D=b; ssh h "zfs recv -u $D⟨= b⟩"');
  check('W=w; zfs send -Rc${W} a@1', 'W=w; zfs send -Rc${W}⟨= -Rcw⟩ a@1');
  check('A=(-w -R); zfs send "${A[@]}" a@1', 'A=(-w -R); zfs send "${A[@]}"⟨= -w -R⟩ a@1');
  check('zfs send -w ${S:-a@1}', 'zfs send -w ${S:-a@1}⟨= a@1⟩');
  check('f() { zfs list $1; }; f a; f a', 'f() { zfs list $1⟨= a⟩; }; f a; f a');
  check(`S=${'x'.repeat(50)}; zfs list $S`, `S=${'x'.repeat(50)}; zfs list $S⟨= ${'x'.repeat(39)}…⟩`);
  checkNone('zfs send "$SRC@$SNAP"');
  checkNone('A=a; zfs send "$A@$SNAP"');
  checkNone('D=b; echo zfs recv $D; ls $D');
  checkNone('f() { zfs list $1; }; f a; f b');
  checkNone('if x; then O=-w; else O=-v; fi; zfs send $O a@1');
  checkNone('f() { zfs send $OPTS a@1; }; f; OPTS=-w; f');
  checkNone('zfs send -w a@1');
});
