import assert from 'node:assert/strict';
import { readRunbook } from '../../../server/src/core/runbook/read-runbook';
import type { Invocation, Runbook } from '../../../server/src/core/runbook/runbook';
import { printCommand } from '../../../server/src/core/zfs/print-command';

const read = (text: string): Runbook => readRunbook({ path: 'a.sh', text });

/** An invocation in one line: the hosts on the way, the command, and what may hold more flags. */
function show({ site, command, program, verb, unknownFlags, maybeFlags }: Invocation): string {
  const hosts = site.route.map((host) => `${host}: `).join('');
  const words = command ? printCommand(command).join(' ') : `${program} ${verb}`;
  const maybe = Object.keys(maybeFlags).map((name) => ` maybe ${name}`);
  return `${hosts}${words}${unknownFlags.map((name) => ` ?${name}`).join('')}${maybe.join('')}`;
}

function check(text: string, expected: readonly string[]): void {
  it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(read(text).invocations.map(show), expected));
}

describe('readRunbook: values', () => {
  check('A=tank; B=$A/x; zfs send "$B@$C"', ['zfs send tank/x@$C']);
  check('O="-w -R"; O="$O -v"; zfs send $O a@b', ['zfs send -w -R -v a@b']);
  check('O=-w; O+=" -v"; zfs send $O a@b', ['zfs send -w -v a@b']);
  check('O=(-w -v); O+=(-R); zfs send "${O[@]}" "${O[1]}" a@b', ['zfs send -w -R -v a@b']);
  check('X=${X:-a}; zfs send ${Y:+-w} ${X}@b', ['zfs send a@b maybe raw']);
  check('X=; zfs send ${X:+-w} ${X:-a}@b', ['zfs send a@b']);
  check('if t; then X=-w; else X=-w; fi; zfs send $X a@b', ['zfs send -w a@b']);
  check('if t; then X=-w; fi; zfs send $X a@b', ['zfs send a@b maybe raw']);
  check('X=-w; (X=-v); zfs send $X a@b', ['zfs send -w a@b']);
  check('X=-w; read X; zfs send $X a@b', ['zfs send a@b ?$X']);
  check('X=-w; . lib.sh; zfs send $X a@b', ['zfs send a@b ?$X']);
  check('X=-w && zfs send $X a@b', ['zfs send -w a@b']);
  check('X="a b"; zfs send "$X@c"', ['zfs send a b@c']);
  check('zfs send -Rc${W} a@b', ['zfs send -R -c a@b ?-Rc${W}']);
  check('zfs send $SNAP; zfs send $OPTS; zfs send "$@"', ['zfs send $SNAP', 'zfs send ?$OPTS', 'zfs send ?$@']);
  check('zfs send -i $BASE $SNAP', ['zfs send -i $BASE $SNAP']);
  check('for d in a b; do zfs send $d@1; done', ['zfs send a@1', 'zfs send b@1']);
  check('while read d; do zfs send $d@1; done', ['zfs send $d@1']);
  check('f() { zfs send $2 $1; }; f a@b -w; f c@d', ['zfs send -w a@b', 'zfs send c@d']);
  check('f() { zfs send $1; }', ['zfs send $1']);
  check(
    'f() { f; zfs send a@b; }; f',
    Array.from({ length: 4 }, () => 'zfs send a@b'),
  );
  check('$PREFIX/sbin/zfs list; "${Z}"/zpool status; "$Z" list', ['zfs list', 'zpool status']);
  check('Z="sudo /sbin/zfs"; $Z list; "$UNKNOWN" send a@b', ['zfs list']);
  check('f() { local h=$1; shift; ssh "$h" "$@"; }; f nas zfs list a', ['nas: zfs list a']);
  check('f() { shift 2; zfs send "$@"; }; f a b -w c@d', ['zfs send -w c@d']);
  check('f() { if t; then shift; fi; zfs send "$1"; }; f a@1 b@1', ['zfs send $1']);
  check('set -- -w a@b; zfs send "$@"', ['zfs send -w a@b']);
  check('X=-w; f() { local X; zfs send $X a@b; }; f', ['zfs send a@b']);
  check('A=tank/x@1; zfs send ${A%@*}@2; zfs list ${A##*/} "${A/x/y}"', ['zfs send tank/x@2', 'zfs list x@1 tank/y@1']);
  check('P="%H zfs list"; ${P//%H/ssh nas}', ['nas: zfs list']);
  check(': "${O:=-w}"; zfs send $O a@b', ['zfs send -w a@b']);
  check('D=$(echo tank/a); zfs list "$D"', ['zfs list tank/a']);
  check('if t; then C="zfs send a@b"; else C="zfs send -w a@b"; fi; $C', ['zfs send a@b', 'zfs send -w a@b']);
  check('if t; then P="ssh h "; fi; ${P}zfs list', ['h: zfs list', 'zfs list']);
  check('if t; then O=-w; else O=; fi; zfs send $O a@b', ['zfs send a@b maybe raw']);
});

describe('readRunbook: nested text', () => {
  check("ssh h 'zfs send a@b'", ['h: zfs send a@b']);
  check('D=x; ssh -p 22 -l me h "zfs recv $D/$E"', ['h: zfs receive x/$E']);
  check('ssh -N -L 1:a:2 h zfs list', []);
  check('ssh $SSH_OPTS h zfs list', ['h: zfs list']);
  check('ssh a ssh b zfs list', ['a: b: zfs list']);
  check('ssh a "ssh b \'zfs recv \\"x y\\"\'"', ['a: b: zfs receive x y']);
  check('ssh h <<E\nzfs list\nE\n', ['h: zfs list']);
  check('ssh h sudo bash -s <<"E"\nzfs recv $A\nE\n', ['h: zfs receive $A']);
  check('bash <<< "zfs list"', ['zfs list']);
  check('C="zfs send a@b"; eval "$C | cat"; ssh h "$C"', ['zfs send a@b', 'h: zfs send a@b']);
  check("sh -c 'zfs send $1@b' - a", ['zfs send a@b']);
  check('echo "$(zfs list)" `zfs get all`', ['zfs list', 'zfs get all']);
  check('zfs recv x < <(zfs send a@b)', ['zfs send a@b', 'zfs receive x']);
  check('cat <<E\nzfs list\nE\n', []);
  check('ssh h "$(cat <<E\nzfs list\nE\n)"', ['h: zfs list']);
  check('ssh h "$(printf \'zfs list %s\' a)"', ['h: zfs list a']);
  check('{ echo "zfs list a"; echo "zfs list b"; } | bash', ['zfs list a', 'zfs list b']);
  check('echo "zfs list" >&2 | bash; echo zfs list | tee log.txt', []);
  check('echo "0 3 * * * zfs list" | crontab -; at now <<< "zfs get all"', ['zfs list', 'zfs get all']);
  check('install -m 755 /dev/stdin /x.sh <<E\nzfs list\nE\n', ['zfs list']);
  check('cat > x.sh <<E\nzfs list\nE\n', ['zfs list']);
  check('cat > x.md <<"E"\n```sh\nzfs list\n```\nE\n', []);
  check('flock -n l -c "zfs list"; sudo -s <<< "zfs get all"; sudo -i zfs list', [
    'zfs list',
    'zfs get all',
    'zfs list',
  ]);
  check('parallel "zfs list {}" ::: a; find . -exec zfs list {} \\; -exec zfs get all {} +', [
    'zfs list {}',
    'zfs list {}',
    'zfs get all {}',
  ]);
  check('tmux new -d -s x "zfs list"; tmux send-keys -t x "zfs get all" Enter', ['zfs list', 'zfs get all']);
  check('ip netns exec blue zfs list; sshpass -p x ssh h zfs list', ['zfs list', 'h: zfs list']);
  check('$SSH -p 22 h zfs list; $SSH "$H" "zfs list"', ['h: zfs list', '$H: zfs list']);
  check('echo zfs list; : zfs list; command -v zfs', []);
});

const streams = (text: string): readonly string[] =>
  [...read(text).senders].flatMap(([receive, sends]) => sends.map((send) => `${show(send)} > ${show(receive)}`));

const states = (text: string): readonly string[] => read(text).pipelines.map(({ pipefail }) => pipefail);

describe('readRunbook: pipelines', () => {
  it('joins a send to the receive that its stream reaches', () => {
    assert.deepEqual(streams('zfs send a@b | pv | ssh h "mbuffer | zfs recv c"'), ['zfs send a@b > h: zfs receive c']);
    assert.deepEqual(streams('ssh h "zfs send a@b | pv" | zfs recv c'), ['h: zfs send a@b > zfs receive c']);
    assert.deepEqual(streams('s() { zfs send a@b; }; r() { zfs recv c; }; s | r'), ['zfs send a@b > zfs receive c']);
    assert.deepEqual(streams('zfs send a@b | cat; zfs recv c'), []);
  });

  it('knows whether pipefail is on', () => {
    assert.deepEqual(states('zfs a | b; set -eo pipefail; c | d; (set +o pipefail; e | f); g | h'), [
      'off',
      'on',
      'off',
      'on',
    ]);
    assert.deepEqual(states('zfs; if a; then set -o pipefail; fi; b | c'), ['unknown']);
    assert.deepEqual(states('f() { set -o pipefail; }; f; zfs a | b'), ['on']);
    assert.deepEqual(states('set -o pipefail; ssh h "zfs a | b"; bash -c "zfs a | b"; eval "zfs a | b"'), [
      'off',
      'off',
      'on',
    ]);
    assert.deepEqual(states('#!/bin/bash -eo pipefail\nzfs a | b'), ['on']);
  });
});

describe('readRunbook: places', () => {
  const text = `D=x; ssh a "ssh b 'zfs  recv -uF \\"$D\\"/y'"`;
  const [invocation] = read(text).invocations;
  const marked = (at: { readonly start: number; readonly end: number } | undefined): string =>
    at ? text.slice(at.start, at.end) : '';

  it('hold through nested quotes', () => {
    assert.ok(invocation);
    assert.equal(marked(invocation.span), String.raw`zfs  recv -uF \"$D\"/y`);
    assert.equal(marked(invocation.words[0]?.span), 'recv');
    assert.equal(marked(invocation.flags['force']?.[0]?.span), 'F');
    assert.equal(marked(invocation.operands[0]?.span), String.raw`\"$D\"/y`);
    assert.equal(invocation.operands[0]?.written, false);
  });

  it('tell a flag that a variable holds from one that is written', () => {
    const [send] = read('O=-Rv; zfs send $O -w a@b').invocations;
    assert.equal(send?.flags['raw']?.[0]?.word.written, true);
    assert.equal(send?.flags['replicate']?.[0]?.word.written, false);
    assert.deepEqual(send?.flags['replicate']?.[0]?.span, { start: 16, end: 18 });
  });
});

describe('readRunbook: declarations', () => {
  it('are comments of their own or after a command', () => {
    const { declarations } = read(
      '# rawsend: replica a/b\nzfs list #rawsend: standby c\n#  rawsend: nonsense d\necho "#rawsend:restore e"\n',
    );
    assert.deepEqual(
      declarations.map(({ kind, dataset }) => `${kind} ${dataset}`),
      ['replica a/b', 'standby c'],
    );
  });
});

const problems = (text: string): readonly string[] =>
  read(text).invocations.flatMap((invocation) =>
    invocation.problems.map(
      ({ code, span, written }) => `${code} ${written} ${JSON.stringify(text.slice(span.start, span.end))}`,
    ),
  );

describe('readRunbook: what zfs would refuse', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['zfs send -wQ a@b', ['unknown-flag -Q "Q"']],
    ['zfs send -Q a@b', ['unknown-flag -Q "-Q"']],
    ["ssh h 'zfs send --rwa a@b'", ['unknown-flag --rwa "--rwa"']],
    ['zfs lsit', ['unknown-subcommand lsit "lsit"']],
    ['zfs send a@b -i', ['missing-argument -i "-i"']],
    ['zfs send -w', ['missing-operand send "send"']],
    ['zfs send "$@" -i; zfs send $OPTS', []],
    ['zfs send -Q$X a@b; zfs send $Q a@b', []],
  ];
  for (const [text, expected] of cases) {
    it(`in ${JSON.stringify(text)}`, () => assert.deepEqual(problems(text), expected));
  }
});

describe('readRunbook: the targets of -d and -e', () => {
  const cases = [
    ['zfs send a/b/c@1 | zfs receive -d p', 'p/b/c'],
    ['zfs send a/b/c@1 | zfs receive -e p', 'p/c'],
    ['zfs send a@1 | zfs receive -d p', 'p'],
    ['zfs send a@1 | zfs receive -e p', 'p/a'],
  ] as const;
  for (const [text, expected] of cases) {
    it(text, () => assert.equal(read(text).transfers[0]?.target?.known, expected));
  }
});
