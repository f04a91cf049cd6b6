import assert from 'node:assert/strict';
import { hoverRunbook } from '../../../server/src/core/runbook/hover-runbook';

/** `^` marks the place that is asked about; the result is the marked text and the first line. */
function check(marked: string, expected: readonly [string, RegExp] | undefined): void {
  it(`explains ${JSON.stringify(marked)}`, () => {
    const offset = marked.indexOf('^');
    const text = marked.replace('^', '');
    const hover = hoverRunbook({ path: 'a.sh', text }, offset);
    if (!expected) return assert.equal(hover, undefined);
    assert.ok(hover);
    assert.equal(text.slice(hover.span.start, hover.span.end), expected[0]);
    return assert.match(hover.markdown, expected[1]);
  });
}

describe('hoverRunbook', () => {
  check('zfs se^nd -w tank/a@1', ['send', /^\*\*zfs send\*\*/]);
  check('zfs send ^-w tank/a@1', ['-w', /^\*\*-w, --raw\*\*/]);
  check("ssh h 'zfs recv -u^F pool/a'", ['F', /Destroys data/]);
  check('zfs recv -o mount^point=none pool/a', ['mountpoint', /^\*\*mountpoint\*\*/]);
  check('zfs recv -x readonly -x can^mount pool/a', ['canmount', /not inherited/]);
  check('zfs set keylo^cation=prompt tank/a', ['keylocation', /^\*\*keylocation\*\*/]);
  check('zfs get guid,ivset^guid tank/a', ['ivsetguid', /raw base/]);
  check('zfs send -X^ a -R tank/a@1', ['-X', /Since OpenZFS 2\.2/]);
  check('O=-w; zfs send $O^ tank/a@1', ['$O', /^\*\*-w, --raw\*\*/]);
  check('zfs send -w tank/^a@1', undefined);
  check('echo zfs se^nd', undefined);
});
