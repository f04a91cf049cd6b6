import assert from 'node:assert/strict';
import { hoverRunbook } from '../../../server/src/core/runbook/hover-runbook';

/** Tokens of OpenZFS 2.3.2. */
const FULL =
  '1-d12f70aa3-f0-789c636064000310a500c4ec50360710e72765a52697303034409460caa7a515a796806442e0f26c48f2499525a9c540fa' +
  '4a431456fd25f9e9a599290c0cd55112a261e1efcb3490e439c1f27989b9a9403a312f5bbfa0283f453f25c92111620e3703c2ddc9f9b9054' +
  '5a9c5c5f9d9103109a83b60f24589e53029060085cf1ea3';
const INCREMENT =
  '1-ff38122a9-118-789c636064000310a501c49c50360710a715e5e7a69766a63040417594846858f8fb3205209b1d495d7e52566a72090343' +
  '23541d867c5a5a716a0948460b2ecf86249f5459925a0ca453ec75b0ea2fc987b8e2fcb5f2b7e9d6caa73590e439c1f27989b9a9403a312f5b' +
  'bfa0283f453f25c92109620e3703c27fc9f9b90545a9c5c5f9d9103109a83b60f24589e530290600df5a25cc';

function check(title: string, marked: string, expected: readonly RegExp[]): void {
  it(title, () => {
    const hover = hoverRunbook({ path: 'a.sh', text: marked.replace('^', '') }, marked.indexOf('^'));
    for (const part of expected) assert.match(hover?.markdown ?? 'nothing', part);
    if (expected.length === 0) assert.doesNotMatch(hover?.markdown ?? '', /token/i);
  });
}

describe('hover on a resume token', () => {
  check('reads one that is the argument of send -t', `zfs send -t ^${FULL} | zfs recv -s a/b`, [
    /^\*\*Resume token\*\* version 1, checksum fits$/m,
    /^A raw stream, sent in full\.$/m,
    /^- dataset `tank\/prod\/db`, by its name at the source$/m,
    /^- snapshot `@a`, guid `8570164643142064763`$/m,
    /^- no base$/m,
    /^- 5\.7 MiB \(5931220 bytes\) of the stream had arrived$/m,
    /`zfs send -w -t TOKEN/,
  ]);
  check('reads one that stands anywhere', `# zfs, last night: ${INCREMENT.slice(0, 30)}^${INCREMENT.slice(30)}.`, [
    /sent as an increment/,
    /^- base guid `8570164643142064763`$/m,
  ]);
  check('reads one behind a variable', `T=${FULL}\nzfs send -t "$^T"`, [/dataset `tank\/prod\/db`/]);
  check('says what is wrong with a damaged one', `zfs send -t ^${FULL.slice(0, -8)}`, [
    /⚠ damaged/,
    /checksum does not fit/,
  ]);
  check('says that a word is no token', 'zfs send -t gar^bage', [/⚠ damaged/, /VERSION-CHECKSUM/]);
  check('explains the flag itself', `zfs send -^t ${FULL}`, [/^\*\*-t, --resume\*\*/]);
  check('tells the pipeline what the token says', `zfs se^nd -t ${FULL} | zfs recv -s a`, [
    /Goes on with the interrupted raw stream of `tank\/prod\/db@a`, into `a`/,
  ]);
  check('takes no UUID for one', 'zfs list # 1234-^5678-9abc-123456789abc', []);
});
