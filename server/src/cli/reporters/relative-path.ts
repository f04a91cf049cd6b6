import path from 'node:path';

/** A path as programs want it: relative to the folder where Rawsend was started, with `/`; absolute where it is outside. */
export function relativePath(cwd: string, shown: string): string {
  const file = path.resolve(cwd, shown);
  const relative = path.relative(cwd, file);
  const isOutside = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return (isOutside ? file : relative).replaceAll(path.sep, '/');
}
