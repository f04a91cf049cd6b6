/** An object without one of its keys. */
export function omit<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = value;
  return rest;
}

/** An object with those of its keys alone that are wanted. */
export const pick = <T>(values: Readonly<Record<string, T>>, isWanted: (key: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => isWanted(key)));
