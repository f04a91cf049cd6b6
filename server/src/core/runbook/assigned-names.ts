import { textOf } from '../shell/placed-text';
import type { List, ShellNode, Word } from '../shell/script';

/** Every variable that a list may assign directly; functions it calls are not looked into. */
export function assignedNames(list: List): readonly string[] {
  return list.flatMap((statement) => namesIn(statement.node));
}

/** Stands for `$1`, `$2` … among the names. */
export const POSITIONAL = '@';

/** Commands whose arguments are names of variables that they set. */
const SETTERS = new Set(['read', 'mapfile', 'readarray', 'unset', 'getopts']);

const literalText = ({ parts }: Word): string =>
  parts.map((part) => (part.kind === 'literal' ? textOf(part.text) : '')).join('');

function namesIn(node: ShellNode): readonly string[] {
  switch (node.kind) {
    case 'command': {
      const names = node.assignments.map((assignment) => assignment.name);
      const [program, ...others] = node.words;
      const name = program && literalText(program);
      if (name === 'shift') return [...names, POSITIONAL];
      if (name === 'set') return others.some((word) => literalText(word) === '--') ? [...names, POSITIONAL] : names;
      if (name === undefined || !SETTERS.has(name)) return names;
      return [...names, ...others.map(literalText).filter((word) => /^[A-Za-z_]\w*$/.test(word))];
    }
    case 'and-or':
      return node.parts.flatMap(namesIn);
    case 'group':
      return node.subshell ? [] : assignedNames(node.body);
    case 'if':
      return [...node.branches.flatMap((branch) => [branch.condition, branch.body]), node.otherwise ?? []].flatMap(
        assignedNames,
      );
    case 'loop':
      return [node.condition, node.body].flatMap(assignedNames);
    case 'for':
      return [node.name, ...assignedNames(node.body)];
    case 'case':
      return node.branches.flatMap(assignedNames);
    case 'redirected':
      return namesIn(node.node);
    default:
      return [];
  }
}
