import assert from 'node:assert/strict';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { extractorFor } from '../../../server/src/core/runbook/extractors';
import { countSteps } from '../../../server/src/core/runbook/read-runbook';
import { createPlacement, textOf, verbatim } from '../../../server/src/core/shell/placed-text';

/** Work must grow as the document does: counted, not timed. */
describe('work', () => {
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    'many commands': (size) => 'zfs send -w tank/a@1 | zfs receive -u pool/a\n'.repeat(size),
    'many variables': (size) =>
      Array.from({ length: size }, (_, i) => `V${i}="$V${i - 1}x"; zfs send "$V${i}@1"\n`).join(''),
    'a growing variable': (size) => 'V="$V -v"; zfs send $V tank/a@1\n'.repeat(size),
    'functions that call the next twice': (size) =>
      Array.from({ length: size }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; zfs list; }\n`).join('') + 'f0\n',
    'loops in loops': (size) => 'for x in 1 2 3 4; do\n'.repeat(size) + 'zfs list\n' + 'done\n'.repeat(size),
    'conditions in conditions': (size) => 'if zfs list; then A=1\n'.repeat(size) + 'fi\n'.repeat(size),
    'text that runs text': (size) => `C="zfs list"\n${'eval "$C; $C"; C="$C; $C"\n'.repeat(size)}`,
    'commands that differ by path': (size) =>
      'if a; then C="zfs list $C"; else C="ssh h zfs list $C"; fi; eval "$C; $C"; $C\n'.repeat(size),
    'texts that differ by path, in texts': (size) =>
      numbered(
        size,
        (i) => `if a; then C${i + 1}="eval zfs \\"$C${i}\\""; else C${i + 1}="eval ssh \\"$C${i}\\""; fi; $C${i + 1}`,
      ),
    'printed text in groups': (size) => `${'{ echo zfs list; '.repeat(size)}${'} | cat; '.repeat(size)}\n`,
    'formats with many words': (size) => `printf '${'%s zfs '.repeat(size)}' ${'a '.repeat(size)} | bash\n`,
    'edits of values': (size) =>
      `V=${'a/'.repeat(90)}; zfs list ${'${V##*/*/}${V%/*}${V//a/zfs list} '.repeat(size)}\n`,
    'a short function that is called often': (size) =>
      `f() { zfs send "$1" | zfs receive x; }\n${'f a@1 | cat\n'.repeat(size)}`,
    'loops over many words': (size) =>
      `${`for a in ${'w '.repeat(60)}; do\n`.repeat(Math.min(size, 20))}zfs list "$a"\n${'done\n'.repeat(Math.min(size, 20))}`,
    'shifted parameters': (size) => `f() { shift; f "$@"; zfs list "$@"; }; f ${'a '.repeat(size)}\n`,
    'nested substitutions': (size) => `echo ${'$(zfs list '.repeat(size)}${')'.repeat(size)}\n`,
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`grows linearly with ${name}`, () => {
      for (const size of [10, 100, 200]) {
        checkWork(shape(size));
      }
    });
  }
});

/** Texts that no person writes, as large as they are analysed at all or as deep as parsers go. */
describe('work on a hostile text', () => {
  const texts: Readonly<Record<string, () => string>> = {
    'quotes in quotes, run by ssh': () => `${quoted('ssh h', 8)}\n`,
    'quotes in quotes, run by eval': () => `${quoted('eval', 8)}\n`,
    'documents in documents': () => nested(1000),
    'deep substitutions': () => `X=${'$(echo '.repeat(1000)}zfs list${')'.repeat(1000)}\n`,
    'deep quoted substitutions': () => `X=${'"$(echo '.repeat(1000)}zfs list${')"'.repeat(1000)}\n`,
    'deep default values': () => `X=${'${A:-'.repeat(5000)}zfs${'}'.repeat(5000)}; zfs send $X\n`,
    'deep subshells': () => `${'( '.repeat(5000)}zfs list${' )'.repeat(5000)}\n`,
    'deep conditions': () => `${'if true; then '.repeat(5000)}zfs list${'; fi'.repeat(5000)}\n`,
    'deep functions': () => `${'f() { '.repeat(5000)}zfs list${'; }'.repeat(5000)}\nf\n`,
    'deep loops': () => `${'while read a; do zfs send "$a"; '.repeat(200)}${'done; '.repeat(200)}\n`,
    'substitutions that never end': () => `zfs list ${'"$('.repeat(1000)}`,
    'arrays that double': () =>
      `A0=(x y)\n${numbered(100, (i) => `A${i + 1}=("\${A${i}[@]}" "\${A${i}[@]}")`)}\nzfs list "\${A100[@]}"\n`,
    'a variable used in one word again and again': () => `a=x\nzfs send ${'$a'.repeat(100_000)}@1\n`,
    'an array that grows and is used': () => 'A+=(-v); zfs send "${A[@]}" a@b\n'.repeat(5000),
    'a program run by itself': () => `${'sudo '.repeat(60_000)}zfs list\n`,
    'many suppressions': () => 'zfs send a@b # rawsend-disable-line send-not-raw -- x\n'.repeat(10_000),
    'many blocks that never end': () => '# rawsend-disable send-not-raw -- x\nzfs send a@b\n'.repeat(5000),
    'many declarations': () => numbered(5000, (i) => `# rawsend: replica d/a${i}\nzfs receive -F d/a${i}`),
    'branches that each set another variable': () =>
      `case $1 in\n${numbered(10_000, (i) => `x${i}) v${i}=1;;`)}\nesac\nzfs list\n`,
    'one stream into many receives': () => `zfs send a@b${' | zfs receive a'.repeat(20_000)}\n`,
    'a dataset of many parts': () => `zfs send ${'a/'.repeat(200_000)}@x\n`,
    'one word of a megabyte': () => `zfs send ${'a'.repeat(990_000)}@1\n`,
    'one line of many words': () => `zfs send ${'-v '.repeat(100_000)}tank/a@1\n`,
    'one line of many commands': () => `zfs list;${'a;'.repeat(100_000)}\n`,
    'one quoted line of many commands': () => `ssh h '${'zfs list a; '.repeat(20_000)}'\n`,
    'one line continued for ever': () => `zfs send ${'\\\n'.repeat(400_000)}tank/a@1\n`,
    'nothing but NUL': () => `zfs list ${'\0'.repeat(900_000)}\n`,
    'variables that double': () => `A0=zfs\n${numbered(5000, (i) => `A${i + 1}="$A${i} $A${i}"`)}\n$A5000 list\n`,
    'branches that each assign': () => `${numbered(5000, (i) => `if a; then V${i}=zfs; fi`)}\nzfs list\n`,
    'many stages': () => `zfs send tank/a@1${' | cat'.repeat(50_000)} | zfs receive pool/a\n`,
    'many functions': () => numbered(3000, (i) => `f${i}() { zfs send "$1" | zfs receive "$2"; }; f${i} a b`),
    'as many here-documents as are analysed': () => numbered(1999, (i) => `ssh h <<E${i}\nzfs list tank/a\nE${i}`),
    'here-documents of one line': () =>
      `zfs list ${numbered(1999, (i) => `<<E${i}`).replaceAll('\n', ' ')}\n${numbered(1999, (i) => `x\nE${i}`)}\n`,
    'an open quote in every line': () => 'zfs list "a\n'.repeat(10_001),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`is bounded with ${name}`, () => checkWork(text()));
  }
});

describe('regions', () => {
  const documents: Readonly<Record<string, readonly [string, string]>> = {
    'here-documents of a transcript that never end': ['a.md', `\`\`\`console\n${'# cat <<A zfs\n'.repeat(2000)}`],
    'quotes of a transcript that never end': ['a.md', `\`\`\`console\n${"# echo 'zfs'\\\n".repeat(2000)}`],
    'blocks of a document': ['a.md', '```\nzfs list\n```\n'.repeat(2000)],
    'files within files': ['a.md', '```yaml\n- shell: zfs list\n```\n'.repeat(1000)],
    'tasks of a playbook': ['tasks/main.yml', '- shell: zfs list\n'.repeat(2000)],
    'documents of a stream': ['tasks/main.yml', '---\n- shell: zfs list\n'.repeat(1000)],
    'words of a unit': ['a.service', `[Service]\nExecStart=/sbin/zfs ${"'a' ".repeat(2000)}\n`],
    'strings of Nix': ['a.nix', "{ script = ''zfs list ${x}''; }\n".repeat(1000)],
  };
  for (const [name, [path, text]] of Object.entries(documents)) {
    it(`are together no longer than the document, with ${name}`, () => {
      const placement = createPlacement([verbatim(text, 0)]);
      const regions = extractorFor({ path, text })?.extract({ path, text, placement }) ?? [];
      const total = regions.reduce((sum, region) => sum + textOf(region.text).length, 0);
      assert.ok(regions.length > 0);
      assert.ok(total <= text.length * 2, `${total} characters of ${text.length}`);
      checkWork(text, path);
    });
  }
});

function checkWork(text: string, path = 'a.sh'): void {
  const { steps, nested: parsedAgain } = countSteps({ path, text });
  assert.ok(steps <= 3000 + text.length * 10, `${steps} steps for ${text.length} characters`);
  assert.ok(parsedAgain <= 3000 + text.length * 10, `${parsedAgain} nested characters for ${text.length}`);
  const findings = lintDocument({ path, text }, { profile: 'strict' });
  assert.equal(
    findings.find(({ message }) => message.includes('this rule failed')),
    undefined,
  );
}

function quoted(command: string, depth: number): string {
  if (depth === 0) return 'zfs send tank/a@1 | zfs receive -F pool/a';
  return `${command} '${quoted(command, depth - 1).replaceAll("'", String.raw`'\''`)}'`;
}

function nested(depth: number): string {
  const lines = Array.from({ length: depth }, (_, level) => `ssh h <<E${level}\n`);
  const ends = lines.map((_, level) => `E${level}\n`).toReversed();
  return `${lines.join('')}zfs send tank/a@1 | zfs receive -F pool/a\n${ends.join('')}`;
}

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}
