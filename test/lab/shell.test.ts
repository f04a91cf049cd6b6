/** The lab's shell beside the `sh` of this machine: what both can do, they do alike. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { newState } from '../../server/src/core/model/new-state';
import { collector, sourceOf } from '../../server/src/lab/io';
import type { LabHost } from '../../server/src/lab/host';
import { runLogin } from '../../server/src/lab/login-script';
import { Processes } from '../../server/src/lab/processes';

const newHost = (): LabHost => ({
  name: 'lab',
  state: newState({ seed: 'shell', now: 1_800_000_000, pools: [{ name: 'tank', size: 2 ** 30 }] }),
  files: new Map(),
  processes: new Processes(),
  users: ['root'],
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function inLab(script: string, input = '', host = newHost()): Promise<Ended> {
  const [output, errors] = [collector(), collector()];
  const code = await runLogin(host, 'root', script, { input: sourceOf(Buffer.from(input)), output, errors });
  return { code, stdout: output.bytes().toString(), stderr: errors.bytes().toString() };
}

/** Scripts by what they show. What they print on standard error is words of the shell's own, and not compared. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'words and quotes': `echo a  b "c  d" 'e $x' f\\ g ""; printf '<%s>' "" a "b c"; echo`,
  'fields of a value': `x=' a  b '; printf '<%s>' $x "$x" x$x; echo; y=; printf '<%s>' a $y b "$y"; echo`,
  arguments: `f() { printf '<%s>' "$@"; echo $#; shift; echo "$*" $1; }; f 'a b' c d; set_() { f "$@"; }; set_ x`,
  defaults: `echo \${a:-no} \${a-no} \${a:+yes}; a=; echo "\${a:-no}" "\${a-no}" "\${a+yes}"; echo \${b:=set} $b`,
  cutting: `x=tank/prod/db@snap.1; echo \${x#*/} \${x##*/} \${x%@*} \${x%%/*} \${x%.?}`,
  substitution: `echo "$(printf 'a\\n\\n')|" $(echo b; echo c) \`echo d\`; x=$(false); echo $?; x=$(exit 3) || echo $?`,
  status: `false; echo $?; true && echo and || echo or; false && echo and || echo or; ! false; echo $?; ! true; echo $?`,
  if: `if false; then echo a; elif true; then echo b; else echo c; fi; if false; then :; fi; echo $?`,
  loops: `for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done; i=x; while [ $i != xxx ]; do i=x$i; done; echo $i; until true; do :; done; for i in a b; do echo $i; break; done`,
  functions: `f() { return 3; echo no; }; f; echo $?; g() { f || return; echo no; }; g; echo $?`,
  pipes: `printf 'b\\na\\nb\\n' | sort | uniq; echo x | cat | wc -c | { read n; echo "n=$n"; }; false | true; echo $?; true | false; echo $?`,
  'pipes that nobody reads to the end': `for i in 1 2 3 4 5 6 7 8 9; do echo $i; done | head -n 2; seq 100000 | head -n 1`,
  subshells: `x=1; (x=2; echo $x; exit 4); echo $? $x; { x=3; echo $x; }; echo $x`,
  redirects: `{ echo out; echo err >&2; } 2>/dev/null; { echo a; echo b >&3; } 3>&1 >/dev/null; (echo e >&2) 2>&1 | cat`,
  files: `f=$(mktemp); echo one >"$f"; echo two >>"$f"; cat "$f"; cat <"$f" | wc -l; rm -f "$f"; [ -e "$f" ] || echo gone`,
  'here-documents': `x=1; cat <<E\na $x\nE\ncat <<'E'\nb $x\nE`,
  read: `printf 'a b c\\n  d  \\n' | { read x y; echo "<$x><$y>"; IFS= read -r z; echo "<$z>"; read w; echo $?; }`,
  'read takes no more than its line': `printf 'one\\ntwo\\n' | { read x; cat; }`,
  printf: `printf '%s-%d|%5s|%-5s|%05d|%%\\n' a 7 b c 42; printf '%b' 'x\\0101\\n'; printf '%s\\n' a b c`,
  'eval and exec': `eval 'x=5; echo $x'; exec sh -c 'echo in; exit 6'; echo never`,
  errexit: `set -e; false || echo tested; if false; then :; fi; ! true; (exit 0); false; echo never`,
  traps: `trap 'echo bye' EXIT; echo hi; exit 7`,
  'the end of a killed program': `sh -c 'kill -TERM $$'; echo $?`,
  tests: `[ a = a ] && [ ! a = b ] && [ -n x ] && [ -z "" ] && [ 10 -gt 9 ] && [ 2 -le 2 ] && test x && echo all; [ a = b ]; echo $?`,
  'unknown programs': `nosuchprogram 2>/dev/null; echo $?; command -v nosuchprogram; echo $?`,
  grep: `printf 'tank\\nbackup\\n' | grep -v tank; printf 'a\\n' | grep -q b; echo $?; printf 'a\\na\\nb\\n' | grep -c a`,
  'arguments in passing': `echo 'a b' c | xargs printf '<%s>'; echo; env printf 'x\\n'`,
  'assignments in front of a command': `x=1; x=2 true; echo $x; x=2 eval 'echo $x'; export y=3; sh -c 'echo $1' sh z`,
};

describe('the shell of the lab', () => {
  for (const [title, script] of Object.entries(SCRIPTS)) {
    it(`is that of this machine: ${title}`, async () => {
      const real = spawnSync('sh', ['-c', script], { encoding: 'utf8', input: '' });
      const { code, stdout } = await inLab(script);
      assert.deepEqual({ code, stdout }, { code: real.status, stdout: real.stdout });
    });
  }

  it('refuses by name what it does not know', async () => {
    for (const [script, named] of [
      ['case a in a) echo;; esac', /does not know case/],
      ['echo $((1 + 2))', /does not know \$\(\(1 \+ 2\)\)/],
      ['diff <(true) <(true)', /process substitution/],
      ['head -z', /head does not know|size/],
      ['systemctl start zfs', /systemctl: not found/],
    ] as const) {
      const { code, stderr } = await inLab(script);
      assert.match(stderr, named);
      assert.notEqual(code, 0, script);
    }
  });

  it('ends every process of a group by its number', async () => {
    const host = newHost();
    const running = inLab('sleep 60 | cat; echo never', '', host);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [shell] = host.processes.list();
    assert.ok(shell);
    assert.equal((await inLab(`kill -s TERM -- -${shell.pid}`, '', host)).code, 0);
    const { code, stdout } = await running;
    assert.deepEqual({ code, stdout }, { code: 143, stdout: '' });
    assert.deepEqual(host.processes.list(), []);
  });

  it('counts what is written into datasets, and says when it cannot be', async () => {
    const host = newHost();
    const script = `zfs create tank/a; zfs create -V 16M tank/v; head -c 300k /dev/zero >/tank/a/f; dd if=/dev/zero of=/dev/zvol/tank/v bs=1M count=2 2>/dev/null
zfs get -Hp -o value written tank/a tank/v; cat /tank/a/f; echo x >/dev/zvol/tank/nope`;
    const { stdout, stderr } = await inLab(script, '', host);
    const [first = 0, second = 0] = stdout.trim().split('\n').map(Number);
    assert.ok(first > 300 * 1024 && first < 400 * 1024 && second >= 2 ** 21, stdout);
    assert.match(stderr, /keeps none of it/);
    assert.match(stderr, /\/dev\/zvol\/tank\/nope: No such file/);
  });
});
