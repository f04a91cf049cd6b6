/** One spelling for one file: editors escape `:` and other characters of a path where Node does not. */
export function comparable(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

export const isSameUri = (one: string, other: string): boolean => comparable(one) === comparable(other);

/** The innermost workspace folder that holds the document. */
export function folderOf(uri: string, folders: readonly string[]): string | undefined {
  const within = folders.filter((folder) => comparable(uri).startsWith(`${comparable(folder).replace(/\/$/, '')}/`));
  return within.toSorted((a, b) => b.length - a.length)[0];
}
