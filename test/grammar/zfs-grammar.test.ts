/** What the injections paint in VS Code's own grammars of shell and Markdown, and what they leave alone. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from '../../scripts/vscode-host/hosts';
import type { Flag } from '../../server/src/core/zfs/subcommand';
import { OTHER_SUBCOMMANDS, SUBCOMMANDS } from '../../server/src/core/zfs/tables';
import type { Token, Tokenize } from './shell-grammar';
import { loadGrammar, requireGrammars } from './shell-grammar';

/** Scope → the word for it in the tables below. What is not listed, such as the `@` of a snapshot, is not compared. */
const WORDS: Readonly<Record<string, string>> = {
  'support.function.subcommand.rawsend': 'does',
  'keyword.control.destructive.rawsend': 'DESTROYS',
  'keyword.control.destructive.flag.rawsend': 'FLAG',
  'string.unquoted.dataset.rawsend': 'dataset',
  'entity.name.type.snapshot.rawsend': 'snapshot',
  'entity.name.type.bookmark.rawsend': 'bookmark',
  'punctuation.separator.prompt.console': 'prompt',
};

/** Lines of shell → what is painted in them. */
const PAINTED: readonly (readonly [text: string, painted: string])[] = [
  ['zfs send -w tank/x@a', 'does:send dataset:tank/x snapshot:a'],
  ['zfs send -w -I @a "$SRC@$NOW"', 'does:send snapshot:a'],
  ['zfs send -w -i "tank/x#$b" ${SRC}@b', 'does:send dataset:tank/x snapshot:b'],
  ["zfs send -i '#mark' tank/x@b", 'does:send dataset:tank/x snapshot:b'],
  ['zfs send -i tank/x#mark tank/x@b > /tmp/s', 'does:send dataset:tank/x bookmark:mark dataset:tank/x snapshot:b'],
  ['zfs receive -s -u backup/x', 'does:receive'],
  ['zfs receive -F backup/x', 'does:receive FLAG:F'],
  ['zfs recv -Fu backup/x', 'does:recv FLAG:F'],
  ['zfs receive -o mountpoint=none -uF backup/x', 'does:receive FLAG:F'],
  ['zfs receive -s \\\n  -F backup/x', 'does:receive FLAG:F'],
  ['zfs receive -A backup/x', 'does:receive FLAG:A'],
  ['zfs destroy -r tank/x@a%b # zfs send', 'DESTROYS:destroy FLAG:r dataset:tank/x snapshot:a%b'],
  ['zfs destroy -Rf tank/x', 'DESTROYS:destroy FLAG:R'],
  ['zfs destroy -nvr tank/x', 'does:destroy'],
  ['zfs destroy -r -n tank/x', 'does:destroy'],
  ['zfs destroy -r tank/x | head -n 3', 'DESTROYS:destroy FLAG:r'],
  ['zfs rollback -r tank/x@a', 'DESTROYS:rollback FLAG:r dataset:tank/x snapshot:a'],
  ['zpool destroy tank', 'DESTROYS:destroy'],
  ['zpool status tank', 'does:status'],
  ['syncoid -r --force-delete tank/x root@h:backup/x', 'FLAG:force-delete'],
  ['/sbin/zfs list -r tank', 'does:list'],
  ['sudo -u root nice -n 19 zfs destroy -r tank/x', 'DESTROYS:destroy FLAG:r'],
  ['xargs -r -n 1 zfs destroy -r', 'DESTROYS:destroy FLAG:r'],
  ['sudo xargs -I{} zfs destroy {}', 'DESTROYS:destroy'],
  ['LC_ALL=C zfs send tank/x@a', 'does:send dataset:tank/x snapshot:a'],
  ['if ! zfs receive -F x; then', 'does:receive FLAG:F'],
  ['while ! zfs receive x; do', 'does:receive'],
  ['prune() { zfs destroy x; }', 'DESTROYS:destroy'],
  ['case $1 in stop) zfs destroy x;; esac', 'DESTROYS:destroy'],
  ['last=$(zfs list -H "$x@$(date +%s)" | head)', 'does:list'],
  ['last=`zfs list -H`', 'does:list'],
  ['zfs list "${names[@]}" "$@" "${x@Q}"', 'does:list'],
  [
    'a && zfs send x@1 | b || zfs rollback x@1',
    'does:send dataset:x snapshot:1 DESTROYS:rollback dataset:x snapshot:1',
  ],
  ['LC_ALL=C nice -n 10 ionice -c2 zfs list', 'does:list'],
  ['timeout 10m sudo -u root /usr/sbin/zfs list', 'does:list'],
  ['if zfs list tank/a; then zfs list; fi', 'does:list does:list'],
  ['zfs send "tank/a@$(zfs list -H)"', 'does:send dataset:tank/a does:list'],
  ['ssh -p 22 "$H" "sudo zfs recv -uF b/c"', 'does:recv FLAG:F'],
  ["ssh me@h 'zfs send a/b@c | zfs recv d/e'", 'does:send dataset:a/b snapshot:c does:recv'],
  ['ssh host zfs receive -F backup/x', 'does:receive FLAG:F'],
  ['ssh -p 22 host sudo zfs receive -F backup/x', 'does:receive FLAG:F'],
  ['ssh host "zfs receive -F backup/x"', 'does:receive FLAG:F'],
  ["ssh host 'sudo zfs destroy -r backup/x@a'", 'DESTROYS:destroy FLAG:r dataset:backup/x snapshot:a'],
  ['sudo ssh host "set -e; zfs send -R $a@b | gzip"', 'does:send snapshot:b'],
  ["bash -c 'zfs destroy x'", 'DESTROYS:destroy'],
  ["ssh host <<'EOF'\nzfs destroy -r x\nEOF\necho", 'DESTROYS:destroy FLAG:r'],
];

const SILENT: readonly string[] = [
  '# zfs destroy -r tank/x@a',
  'echo zfs destroy -r tank/x@a',
  'echo "zfs destroy -r tank/x@a"',
  "log 'see zfs destroy'",
  "printf '%s\\n' 'a; zfs destroy x'",
  'cat <<EOF\nzfs destroy -r x\nEOF',
  'HELP="zfs destroy x"',
  'zfs',
  'zfs -V',
  'zfs sends tank',
  'zfs send-all tank',
  'zfsutil destroy x',
  'my-zfs destroy x',
  'zfs_send destroy x',
  'systemctl restart zfs destroy',
  'apt install zfs list',
  'sudo apt install zfs list',
  'rsync -r root@host:/x /y',
  'ssh root@host "echo zfs destroy x"',
  'ssh host "logger done"',
  'grep -r zfs destroy.txt',
  'usage="\nzfs destroy -r x\n"',
  'sudo echo zfs destroy -r x',
  'command -v zfs',
  'modprobe zfs; ls zfs',
  'git commit -m "zfs send"',
];

const MARKDOWN: readonly (readonly [text: string, painted: string])[] = [
  [
    '```sh\nzfs destroy -r tank/x@a\nssh host "zfs receive -F x"\n```',
    'DESTROYS:destroy FLAG:r dataset:tank/x snapshot:a does:receive FLAG:F',
  ],
  [
    '```console\n$ zfs send a/b@c \\\n   -w\nzfs output a/b\nroot@h:~# zfs destroy a/b\n```\nzfs list',
    'prompt:$ does:send dataset:a/b snapshot:c prompt:root@h:~# DESTROYS:destroy',
  ],
  ['- x\n\n  ~~~shell-session\n  # zfs list a/b\n  ~~~', 'prompt:# does:list'],
  ['# zfs destroy -r tank/x', ''],
  ['Run zfs send, then `zfs destroy -r x` and tank/x@a.', ''],
  ['```text\nzfs destroy -r x\n```', ''],
  ['```\nzfs destroy -r x\n```', ''],
  ['```yaml\nzfs: destroy\n```', ''],
  ['<!-- zfs destroy -r x -->', ''],
  ['text\n\n    zfs destroy -r x', ''],
];

for (const host of ['1.139', '1.99'] as const satisfies readonly HostName[])
  describe(`the grammar of zfs commands in VS Code ${host}`, () => testGrammar(host));

function testGrammar(host: HostName): void {
  let shell: Tokenize;
  let markdown: Tokenize;
  before(async function () {
    requireGrammars(this, host);
    shell = await loadGrammar(host, 'source.shell');
    markdown = await loadGrammar(host, 'text.html.markdown');
  });

  for (const [text, painted] of PAINTED) it(text, () => assert.equal(paintedOf(shell(text)), painted));

  for (const text of SILENT) it(`leaves alone: ${text}`, () => assert.equal(paintedOf(shell(text)), ''));

  for (const [text, painted] of MARKDOWN)
    it(`in Markdown: ${text}`, () => assert.equal(paintedOf(markdown(text)), painted));

  it('knows every subcommand of the tables, and which of them destroy', () => {
    for (const { program, name, aliases, effect } of SUBCOMMANDS) {
      const word = DESTROYING.has(effect) ? 'DESTROYS' : 'does';
      for (const alias of [name, ...aliases.filter((one) => !one.startsWith('-'))])
        check(`${program} ${alias} x`, `${word}:${alias}`);
    }
    for (const [program, names] of Object.entries(OTHER_SUBCOMMANDS))
      for (const name of names.filter((one) => !/^-|help/.test(one)))
        assert.match(paintedOf(shell(`${program} ${name} x`)), new RegExp(`^(does|DESTROYS):${name}$`));
  });

  it('knows every flag of the tables that destroys', () => {
    for (const { program, name, effect, flags } of SUBCOMMANDS) {
      const word = DESTROYING.has(effect) ? 'DESTROYS' : 'does';
      for (const { short } of flags.filter(destroys))
        check(`${program} ${name} -${short} x`, `${word}:${name} FLAG:${short}`);
    }
  });

  it('changes nothing outside of the commands', async () => {
    const plain = await loadGrammar(host, 'source.shell', { injected: false });
    for (const text of [...FIXTURES, ...SILENT, ...PAINTED.map(([line]) => line)])
      assert.deepEqual(outside(shell(text), shell(text)), outside(plain(text), shell(text)), text);
  });

  it('takes no time for lines that are made to cost some', () => {
    // Backtracking over these would never end.
    for (const part of [
      'env ',
      'sudo -u ',
      'sudo -u root ',
      'A=b ',
      'ssh a ',
      'nice -n nice ',
      'nice 1 ',
      '| ssh "$a" ',
    ])
      assert.ok(shell(part.repeat(200)).length > 0);
  });

  /** In a script, and in quotes that ssh runs. */
  function check(command: string, painted: string): void {
    assert.equal(paintedOf(shell(command)), painted, command);
    assert.equal(paintedOf(shell(`ssh host '${command}'`)), painted, command);
  }
}

const DESTROYING: ReadonlySet<string> = new Set(['destroys', 'rolls-back']);

const destroys = ({ short, effects }: Flag): boolean =>
  short !== undefined && (effects ?? []).some((effect) => DESTROYING.has(effect));

const SCRIPTS = join(__dirname, '..', 'fixtures', 'shell');
const FIXTURES = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.sh'))
  .map((name) => readFileSync(join(SCRIPTS, name), 'utf8'));

function paintedOf(lines: readonly (readonly Token[])[]): string {
  return lines
    .flat()
    .flatMap(({ text, scopes }) =>
      scopes.flatMap((scope) => (WORDS[scope] === undefined ? [] : `${WORDS[scope]}:${text}`)),
    )
    .join(' ');
}

/** The scopes of each character that lies in no command, as `painted` has it. */
function outside(lines: readonly (readonly Token[])[], painted: readonly (readonly Token[])[]): readonly string[] {
  return lines.flatMap((tokens, line) => {
    const inCommand = characters(painted[line] ?? []).map((scopes) => scopes.includes('.rawsend'));
    return characters(tokens).filter((_, character) => !inCommand[character]);
  });
}

const characters = (tokens: readonly Token[]): readonly string[] =>
  tokens.flatMap(({ text, scopes }) => Array.from({ length: text.length }, () => scopes.join(' ')));
