import type { List, ShellNode } from '../shell/script';

const LEAVING: ReadonlySet<string> = new Set(['break', 'return', 'exit']);

/** Whether a list may end the loop that it stands in; functions it calls are not looked into. */
export function leavesLoop(list: List): boolean {
  return list.some((statement) => leaves(statement.node));
}

function leaves(node: ShellNode): boolean {
  switch (node.kind) {
    case 'command': {
      const [part] = node.words[0]?.parts ?? [];
      return part?.kind === 'literal' && LEAVING.has(part.text.map((run) => run.text).join(''));
    }
    case 'and-or':
      return node.parts.some(leaves);
    case 'group':
      return leavesLoop(node.body);
    case 'if':
      return [...node.branches.map((branch) => branch.body), node.otherwise ?? []].some(leavesLoop);
    case 'case':
      return node.branches.some(leavesLoop);
    case 'redirected':
      return leaves(node.node);
    default:
      return false;
  }
}
