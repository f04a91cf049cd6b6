const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size as a policy writes it, at least as large and in at most four digits: `366GiB`. */
export function formatSize(bytes: number): { readonly size: string; readonly bytes: number } {
  let unit = 0;
  while (Math.ceil(bytes / 1024 ** unit) >= 10_000 && unit < UNITS.length - 1) unit += 1;
  const count = Math.max(1, Math.ceil(bytes / 1024 ** unit));
  return { size: `${count}${UNITS[unit] ?? 'B'}`, bytes: count * 1024 ** unit };
}
