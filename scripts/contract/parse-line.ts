/** A line of a scenario as data. */
export interface Line {
  readonly stages: readonly Stage[];
  readonly saveAs?: string;
  readonly readFrom?: string;
}

export type Stage =
  | { readonly kind: 'zfs'; readonly argv: readonly string[]; readonly user?: string }
  | { readonly kind: 'echo'; readonly text: string }
  | { readonly kind: 'head'; readonly bytes: number }
  | { readonly kind: 'count' }
  | { readonly kind: 'write'; readonly dataset: string; readonly bytes: number };

/** Words may stand in double quotes; nothing else of a shell is meant. */
export function parseLine(text: string): Line {
  const redirected = /^(.*?)(?: > (\S+))?(?: < (\S+))?$/.exec(text);
  const [, body = '', saveAs, readFrom] = redirected ?? [];
  return {
    stages: body.split(' | ').map(parseStage),
    ...(saveAs !== undefined && { saveAs }),
    ...(readFrom !== undefined && { readFrom }),
  };
}

function parseStage(text: string): Stage {
  const words = [...text.matchAll(/\$\([^)]*\)|"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
  const [first = '', second = '', third = ''] = words;
  if (first === 'echo') return { kind: 'echo', text: `${words.slice(1).join(' ')}\n` };
  if (first === 'head') return { kind: 'head', bytes: Number(third) };
  if (first === 'wc') return { kind: 'count' };
  if (first === 'write') return { kind: 'write', dataset: second, bytes: Number(third) };
  if (first === 'as') return { kind: 'zfs', argv: words.slice(2), user: second };
  return { kind: 'zfs', argv: words };
}
