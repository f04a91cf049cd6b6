const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
];

/** `3 d`, `50 h`, `90 min`, `12 s`: one number, in the largest unit of which there are at least two. */
export function formatAge(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** `5 min ago`, in the largest unit of which there is one. A clock that is behind that of the inventory makes it no older. */
export function formatAgo(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['', 0];
  return size === 0 ? 'just now' : `${Math.floor(seconds / size)} ${unit} ago`;
}
