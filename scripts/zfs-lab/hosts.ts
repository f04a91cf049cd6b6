/** The two guests. */
export const HOSTS = ['source', 'target'] as const;
export type HostName = (typeof HOSTS)[number];

export const isHostName = (text: string | undefined): text is HostName => HOSTS.some((host) => host === text);

/** Does the same for both guests at once, and keeps the results by name. A failure is thrown when both have ended. */
export async function forEachHost<T>(work: (host: HostName) => Promise<T>): Promise<Record<HostName, T>> {
  const both = [work('source'), work('target')] as const;
  await Promise.allSettled(both);
  const [source, target] = await Promise.all(both);
  return { source, target };
}
