import assert from 'node:assert/strict';
import { hoverRunbook } from '../../../server/src/core/runbook/hover-runbook';

/** What the hover at `^` says, without its title and summary. */
function hoverAt(marked: string): string {
  const offset = marked.indexOf('^');
  const hover = hoverRunbook({ path: 'a.sh', text: marked.replace('^', '') }, offset);
  return hover?.markdown ?? '';
}

/** The hover at `^` says each of these. */
function check(marked: string, expected: readonly string[]): void {
  it(`says about ${JSON.stringify(marked)}: ${expected[0]?.slice(0, 60)}`, () => {
    const said = hoverAt(marked);
    for (const part of expected) assert.ok(said.includes(part), `${part}\n--- is not in ---\n${said}`);
  });
}

/** The hover at `^` says none of these. */
function checkSilent(marked: string, ...unexpected: readonly RegExp[]): void {
  it(`says nothing wrong about ${JSON.stringify(marked)}`, () => {
    const said = hoverAt(marked);
    assert.notEqual(said, '');
    for (const part of unexpected) assert.doesNotMatch(said, part);
  });
}

describe('hoverCommand: the stream', () => {
  check('zfs s^end -w tank/a@1 | zfs recv -su b/a', [
    'Sends `tank/a@1` raw, in full without older snapshots, into `b/a`.',
    'The target is not mounted now (-u), and a cut stream can be resumed (-s). Nothing there is destroyed (no -F).',
  ]);
  check('^zfs send tank/a@1 | zfs recv b/a', [
    '**Not raw: encrypted data is decrypted here, and the stream carries it in plaintext.**',
    'is **mounted** where its properties say (no -u), and a cut stream begins again from nothing (no -s)',
    'whether `tank/a` is encrypted: `zfs get encryption tank/a` tells',
  ]);
  check('zfs s^end -R tank/a@1 | zfs recv b/a', [
    '**Not raw: zfs refuses -R without -w when the dataset is encrypted.**',
  ]);
  check('zfs s^end -w -i @1 tank/a@2 | ssh me@h "zfs recv -F b/a"', [
    'Sends `tank/a@2` raw, from `@1` on in one step, over ssh to `me@h` into `b/a`.',
    '⚠ **-F first rolls `b/a` back to the base: newer snapshots and later changes are lost.**',
  ]);
  check('zfs send -w -R -X a/x -I @1 a@2 | ssh h zfs r^ecv -uF b', [
    'Sends `a@2` and everything below it but `a/x` raw, from `@1` on with every snapshot between',
    '⚠ **-F first destroys every snapshot of `b` and every dataset below it that the source lacks.**',
  ]);
  check('zfs send -w a@1 | zfs r^ecv -F b', ['⚠ **-F destroys in `b` what is in the way of the stream.**']);
  check('ssh a "zfs s^end -w t@1" | ssh b zfs recv -d p', ['Sends `t@1` on `a` raw', 'over ssh to `b` into `p`']);
  check('zfs s^end -w t/x/y@1 | zfs recv -d p', ['into `p/x/y`']);
  check('zfs s^end -w t/x/y@1 | zfs recv -e p', ['into `p/y`']);
  check('ssh a ssh b zfs s^end -w t@1 > f', [
    'on `b` by way of `a` raw',
    'No `zfs receive` in this document gets the stream.',
  ]);
  check('zfs r^ecv -u b/a < f', ['Takes a stream, whose sender this document does not show, into `b/a`.']);
  check('zfs s^end -nv a@1', ['Sends nothing: -n only says what would be sent.']);
  check('zfs s^end -w a@1 | zfs recv -n b', ['It receives nothing: -n only says what it would.']);
  check('ssh h zfs r^ecv -A b', ['Throws away what an interrupted receive had kept on `h`.']);
  check('zfs s^end -S a/b | zfs recv -o mountpoint=none -x quota c', [
    'Sends the partly received state of `a/b`',
    'is not mounted (`mountpoint=none`)',
    'It sets `mountpoint=none`. It takes no `quota` from the stream.',
  ]);
  check('zfs s^end -t $T | zfs recv -s b', [
    'Goes on with an interrupted stream',
    'Its token decides whether it is raw.',
  ]);
  check('zfs create -o encryption=off a/b; zfs s^end a/b@1 | zfs recv -u c', [
    'Not raw, which is all the same: the dataset is not encrypted.',
  ]);
  checkSilent('zfs s^end -w a/b@1 | zfs recv -u c', /Not raw/, /Not known/, /Values/);
  checkSilent('zfs create -o encryption=on a/b; zfs s^end a/b@1 | zfs recv -u c', /is encrypted: /);
});

describe('hoverCommand: flags, values and what is unknown', () => {
  check('O="-w -R"; zfs s^end $O -v a@1', [
    '- `-w` of `$O`: Sends encrypted blocks',
    '- `-R` of `$O`: Sends the dataset with',
    '- `-v`: Prints the snapshots',
    '- `$O` is `-w -R` (line 1)',
  ]);
  check('D=backup\nT=$D/prod\nzfs send -w a@1 | ssh h "zfs re^cv -u ${T}"', ['- `${T}` is `backup/prod` (line 2)']);
  check('f() { zfs se^nd -w $1; }\nf a@1\nf b@2', [
    '- `$1` is `a@1` (line 2) or `b@2` (line 3)',
    'Sends `a@1`',
    'Sends `b@2`',
  ]);
  check('for d in a b c d; do zfs se^nd -w $d@1; done', ['… and 1 more with other values.']);
  check('zfs s^end $OPTS a@1', [
    'Whether it is raw depends on `$OPTS`.',
    'in full unless `$OPTS` names a base',
    '- `$OPTS` may hold more flags: an assignment in this document, on every way to this line, would settle it',
  ]);
  check('zfs s^end -w a@1 | ssh h zfs recv $OPTS b', [
    'unless `$OPTS` holds -u',
    'unless `$OPTS` holds -s',
    'unless `$OPTS` holds -F',
  ]);
  check('zfs s^end -w "a@$1"', ['- `$1`: it is an argument: a call in this document would settle it']);
  check('zfs s^end -w a@$(date +%F)', ['`: only a run makes it']);
  check('zfs s^end -w a@1 | $FILTER | ssh $H zfs recv -u b', [
    '- which host `$H` is: ',
    '- what `$FILTER` does to the stream: its program is in a variable',
  ]);
  check('ssh h zfs d^estroy -r a@1', ['⚠ Destroys data', 'Runs on `h`.', '- `-r`: Destroys every descendant']);
});
