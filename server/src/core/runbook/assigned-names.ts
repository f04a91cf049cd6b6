import type { List, ShellNode } from '../shell/script';

/** Every variable that a list may assign directly; functions it calls are not looked into. */
export function assignedNames(list: List): readonly string[] {
  return list.flatMap((statement) => namesIn(statement.node));
}

/** Stands for `$1`, `$2` … among the names. */
export const POSITIONAL = '@';

/** Commands whose arguments are names of variables that they set. */
const SETTERS = new Set(['read', 'mapfile', 'readarray', 'unset', 'getopts']);

function namesIn(node: ShellNode): readonly string[] {
  switch (node.kind) {
    case 'command': {
      const names = node.assignments.map((assignment) => assignment.name);
      const words = node.words.map((word) => word.parts.flatMap((part) => (part.kind === 'literal' ? part.text : [])));
      const [program, ...rest] = words.map((text) => text.map((run) => run.text).join(''));
      if (program === 'shift' || (program === 'set' && rest.includes('--'))) return [...names, POSITIONAL];
      return SETTERS.has(program ?? '') ? [...names, ...rest.filter((word) => /^[A-Za-z_]\w*$/.test(word))] : names;
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
