import type { CST } from 'yaml';

/** How deep the deepest value of a YAML text is nested, counted without recursion. */
export function tokenDepth(tokens: readonly CST.Token[]): number {
  let deepest = 0;
  const open: { token: CST.Token | null | undefined; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token === null || token === undefined) continue;
    deepest = Math.max(deepest, depth);
    if (token.type === 'document') open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items)
      open.push({ token: item.key, depth: depth + 1 }, { token: item.value, depth: depth + 1 });
  }
  return deepest;
}
