import assert from 'node:assert/strict';
import type { HostName } from '../../scripts/vscode-host/hosts';
import { SUBCOMMANDS } from '../../server/src/core/zfs/tables';
import type { Root } from './textmate';
import { createTokenizer, grammarsMissing } from './textmate';

/** What each of our scopes is in the tables below. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^support\.function\.zfs$/, 'program'],
  [/^entity\.name\.function\.subcommand\.zfs$/, 'sub'],
  [/^keyword\.control\.destructive\.zfs$/, 'DESTROYS'],
  [/^entity\.name\.type\.dataset\.zfs$/, 'dataset'],
  [/^constant\.other\.snapshot\.zfs$/, 'snap'],
  [/^constant\.other\.option\.zfs$/, 'flag'],
  [/^variable\.parameter\.property\.zfs$/, 'property'],
  [/^punctuation\.separator\.prompt\.console$/, 'prompt'],
];

type Row = readonly [text: string, marked: string];

/** Text, and what of it is coloured as ours: `mark:text`, without what is not. */
const SHELL: readonly Row[] = [
  ['zfs send -w tank/a@b', 'program:zfs sub:send flag:-w dataset:tank/a snap:b'],
  ['  zpool status tank', 'program:zpool sub:status'],
  ['sudo -n /sbin/zfs list -r tank/a', 'flag:-n program:zfs sub:list flag:-r dataset:tank/a'],
  ['LC_ALL=C nice -n 10 ionice -c2 zfs list', 'flag:-n flag:-c2 program:zfs sub:list'],
  ['timeout 10m sudo -u root /usr/sbin/zfs list', 'flag:-u program:zfs sub:list'],
  ['x | zfs receive -uF b/c', 'program:zfs sub:receive flag:-u DESTROYS:F dataset:b/c'],
  ['zfs recv -F -s "b/$X"', 'program:zfs sub:recv flag:- DESTROYS:F flag:-s'],
  ['zfs recv -o F=-F b/c', 'program:zfs sub:recv flag:-o dataset:b/c'],
  ['zfs destroy -nvr tank/a@b%c', 'program:zfs DESTROYS:destroy flag:-nv DESTROYS:r dataset:tank/a snap:b%c'],
  ['zfs rollback -R tank/a@b', 'program:zfs DESTROYS:rollback flag:- DESTROYS:R dataset:tank/a snap:b'],
  ['zfs snapshot -r tank@b', 'program:zfs sub:snapshot flag:-r dataset:tank snap:b'],
  ['zpool destroy -f tank', 'program:zpool DESTROYS:destroy flag:-f'],
  ['zfs load-key tank/a', 'program:zfs sub:load-key dataset:tank/a'],
  ['zfs set readonly=on "tank/a"', 'program:zfs sub:set property:readonly dataset:tank/a'],
  ['zfs send -i tank/a#mark tank/a@b', 'program:zfs sub:send flag:-i dataset:tank/a snap:mark dataset:tank/a snap:b'],
  ['zfs send -w \\\n  -I @a tank/a@b \\\n  | cat', 'program:zfs sub:send flag:-w flag:-I snap:a dataset:tank/a snap:b'],
  [
    'zfs list tank/a 2>&1 && zfs get all tank/b',
    'program:zfs sub:list dataset:tank/a program:zfs sub:get dataset:tank/b',
  ],
  ['if zfs list tank/a; then zfs list; fi', 'program:zfs sub:list dataset:tank/a program:zfs sub:list'],
  ['X=$(zfs list -H tank/a)', 'program:zfs sub:list flag:-H dataset:tank/a'],
  ['zfs send "tank/a@$(zfs list -H)"', 'program:zfs sub:send dataset:tank/a'],
  ['syncoid --force-delete tank/a h:b/a', 'program:syncoid DESTROYS:--force-delete dataset:tank/a dataset:h:b/a'],
  ['ssh h zfs recv -F b/c', 'program:zfs sub:recv flag:- DESTROYS:F dataset:b/c'],
  ['ssh -p 22 "$H" "sudo zfs recv -uF b/c"', 'flag:-p program:zfs sub:recv flag:-u DESTROYS:F dataset:b/c'],
  [
    "ssh me@h 'zfs send a/b@c | zfs recv d/e'",
    'program:zfs sub:send dataset:a/b snap:c program:zfs sub:recv dataset:d/e',
  ],
  ['zfs list # zfs destroy -r a/b', 'program:zfs sub:list'],
  // What only mentions zfs.
  ['# zfs destroy -r tank/a', ''],
  ['echo zfs destroy -r tank/a', ''],
  ['echo "zfs destroy -r tank/a"', ''],
  ['log "zfs send tank/a@b failed"', ''],
  ["printf 'zfs recv -F %s\\n' a/b", ''],
  ['cat <<EOF\nzfs destroy -r tank/a\nEOF', ''],
  ['usage="\nzfs destroy -r tank/a\n"', ''],
  ['sudo echo zfs destroy -r tank/a', ''],
  ['command -v zfs', ''],
  ['apt-get install zfs send', ''],
  ['modprobe zfs; ls zfs', ''],
  ['ssh h "echo zfs destroy a/b"', ''],
  ['X=zfs', ''],
];

const MARKDOWN: readonly Row[] = [
  ['```sh\nzfs recv -F a/b\n```', 'program:zfs sub:recv flag:- DESTROYS:F dataset:a/b'],
  [
    '```console\n$ zfs send a/b@c \\\n   -w\nzfs output a/b\nroot@h:~# zfs destroy a/b\n```\nzfs list',
    'prompt:$ program:zfs sub:send dataset:a/b snap:c flag:-w prompt:root@h:~# program:zfs DESTROYS:destroy dataset:a/b',
  ],
  ['- x\n\n  ~~~shell-session\n  # zfs list a/b\n  ~~~', 'prompt:# program:zfs sub:list dataset:a/b'],
  ['zfs destroy -r tank/a is dangerous', ''],
  ['`zfs destroy -r tank/a`', ''],
  ['# zfs send tank/a@b', ''],
  ['```\nzfs destroy -r tank/a\n```', ''],
  ['```yaml\nzfs: destroy\n```', ''],
  ['<!-- zfs destroy -r tank/a -->', ''],
];

for (const name of ['1.139', '1.99'] as const satisfies readonly HostName[]) {
  describe(`grammars in VS Code ${name}`, () => {
    before(function () {
      const reason = grammarsMissing(name);
      if (reason === undefined) return;
      if (process.env['RAWSEND_REQUIRE'] === 'all') throw new Error(reason);
      process.stdout.write(`    ${reason}\n`);
      this.skip();
    });

    check(name, 'source.shell', SHELL);
    check(name, 'text.html.markdown', MARKDOWN);

    it('colour every subcommand that the tables know', async () => {
      const tokenize = await createTokenizer(name, 'source.shell');
      for (const subcommand of SUBCOMMANDS.flatMap(({ program, name: own, aliases }) =>
        [own, ...aliases].filter((one) => /^[a-z]/.test(one)).map((one) => `${program} ${one}`),
      )) {
        const tokens = tokenize(`${subcommand} tank/a`);
        assert.ok(
          tokens.some(({ text, scopes }) => subcommand.endsWith(` ${text}`) && scopes.some(isOurs)),
          subcommand,
        );
      }
    });

    it('take no time for lines that are made to cost some', async () => {
      const tokenize = await createTokenizer(name, 'source.shell');
      // Backtracking over these would never end.
      for (const part of ['env ', 'sudo -u ', 'A=b ', 'ssh a ', 'nice -n nice ', '| ssh "$a" '])
        assert.ok(tokenize(part.repeat(200)).length > 0);
    });
  });
}

function check(name: HostName, root: Root, rows: readonly Row[]): void {
  for (const [text, expected] of rows)
    it(`${expected === '' ? 'leave alone' : 'colour'} ${JSON.stringify(text)}`, async () => {
      const tokenize = await createTokenizer(name, root);
      assert.equal(marked(tokenize(text)), expected);
    });
}

const isOurs = (scope: string): boolean => MARKS.some(([pattern]) => pattern.test(scope));

const marked = (tokens: readonly { readonly text: string; readonly scopes: readonly string[] }[]): string =>
  tokens
    .flatMap(({ text, scopes }) => {
      const mark = MARKS.find(([pattern]) => scopes.some((scope) => pattern.test(scope)));
      return mark ? [`${mark[1]}:${text}`] : [];
    })
    .join(' ');
