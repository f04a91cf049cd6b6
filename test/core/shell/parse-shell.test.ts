import assert from 'node:assert/strict';
import { parseShell } from '../../../server/src/core/shell/parse-shell';
import { createPlacement, derived, placeOf, textOf, verbatim } from '../../../server/src/core/shell/placed-text';
import type { Script, ShellNode, Word } from '../../../server/src/core/shell/script';

/** The tree in one line: commands in `[]`, pipelines with `|`, groups in braces. */
function sketch(node: ShellNode): string {
  switch (node.kind) {
    case 'command': {
      const assigned = node.assignments.map(({ name, append }) => `${name}${append ? '+=' : '='}`);
      const redirects = node.redirects.map(({ kind }) => `<${kind}>`);
      return `[${[...assigned, ...node.words.map(sketchWord), ...redirects].join(' ')}]`;
    }
    case 'pipeline':
      return node.stages.map(sketch).join(' | ');
    case 'and-or':
      return node.parts.map(sketch).join(' & ');
    case 'group':
      return `${node.subshell ? 'sub' : ''}{${sketchList(node.body)}}`;
    case 'if':
      return `if ${node.branches.map(({ condition, body }) => `${sketchList(condition)} then ${sketchList(body)}`).join(' elif ')}${node.otherwise ? ` else ${sketchList(node.otherwise)}` : ''}`;
    case 'loop':
      return `while ${sketchList(node.condition)} do ${sketchList(node.body)}`;
    case 'for':
      return `for ${node.name} in ${node.items?.map(sketchWord).join(' ') ?? '$@'} do ${sketchList(node.body)}`;
    case 'case':
      return `case ${sketchWord(node.word)} ${node.branches.map(sketchList).join(' ;; ')}`;
    case 'function':
      return `function ${node.name} ${sketch(node.body)}`;
    case 'words':
      return `words ${node.words.map(sketchWord).join(' ')}`;
    case 'redirected':
      return `${sketch(node.node)} ${node.redirects.map(({ kind }) => `<${kind}>`).join(' ')}`;
    default:
      throw new Error(`no sketch of ${JSON.stringify(node)}`);
  }
}

const sketchList = (list: Script['statements']): string =>
  list.map(({ node, background }) => `${sketch(node)}${background ? ' &' : ''}`).join('; ');

function sketchWord(word: Word): string {
  return word.parts
    .map((part) => {
      if (part.kind === 'literal') return textOf(part.text);
      if (part.kind === 'parameter') return `$${part.name}${part.operator ?? ''}`;
      return part.kind === 'opaque' ? part.source : `(${sketchList(part.script.statements)})`;
    })
    .join('');
}

function check(text: string, expected: string): void {
  it(`reads ${JSON.stringify(text)}`, () => assert.equal(sketchList(parseShell(text).statements), expected));
}

describe('parseShell', () => {
  check('A=1 B+=2 zfs send "a b"', '[A= B+= zfs send a b]');
  check('a | b |& c && ! d || e', '[a] | [b] | [c] & [d] & [e]');
  check('a & (b; c) { d; }', '[a] &; sub{[b]; [c]}');
  check('if a; then b; elif c; then d; else e; fi', 'if [a] then [b] elif [c] then [d] else [e]');
  check('while read -r x; do y; done < z', 'while [read -r x] do [y] <file>');
  check('for x in 1 2; do y; done; for z; do w; done', 'for x in 1 2 do [y]; for z in $@ do [w]');
  check('case $x in a) b;; *) c;; esac', 'case $x [b] ;; [c]');
  check('f() { a; }', 'function f {[a]}');
  check('[[ -n $x && $y == z ]]', 'words $x $y z');
  check('echo "${X:-y}" ${#Z} $(a | b) `c` <(d)', '[echo $X:- $Zother ([a] | [b]) ([c]) ([d])]');
  check('echo $\'a\\tb\' $"c" \\d \'e\'"f"g', '[echo a\tb c d efg]');
  check('a <<E\nx\nE\nb <<< y', '[a <here-document>]; [b <here-string>]');
  check('', '');

  it('never throws, and says what it could not read', () => {
    const script = parseShell('if a; then b');
    assert.ok(script.problems.length > 0);
    assert.equal(sketchList(script.statements), 'if [a] then [b]');
  });

  it('is not upset by deep nesting', () => {
    for (const unit of ['(', '$(', '"$(', '{ ', 'if a; then ', '`']) {
      assert.ok(Array.isArray(parseShell(unit.repeat(5000)).statements));
    }
  });

  it('places the words of placed text where the document has them', () => {
    // The document holds `say \"x\"` from offset 10 on, which stands for `say "x"`.
    const placed = [
      verbatim('say ', 10),
      derived('"', { start: 14, end: 16 }),
      verbatim('x', 16),
      derived('"', { start: 17, end: 19 }),
    ];
    const [statement] = parseShell(placed).statements;
    assert.ok(statement?.node.kind === 'command');
    assert.deepEqual(
      statement.node.words.map((word) => word.span),
      [
        { start: 10, end: 13 },
        { start: 14, end: 19 },
      ],
    );
    assert.deepEqual(placeOf(createPlacement(placed), 5, 6), { start: 16, end: 17 });
  });
});
