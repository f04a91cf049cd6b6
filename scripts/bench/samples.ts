/** What each edit of one process took, from its first on, in milliseconds. */
export interface Samples {
  /** Until the diagnostics were there: what a person waits on a machine with nothing else to do. */
  readonly wall: readonly number[];
  /** Of all threads, which hardly depends on what else the machine does. */
  readonly cpu: readonly number[];
}

/** Makes so many edits one after another; `edit` resolves to the milliseconds that it took. */
export async function takeSamples(edits: number, edit: () => Promise<number>): Promise<Samples> {
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let made = 0; made < edits; made++) {
    const before = process.cpuUsage();
    wall.push(await edit());
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  return { wall, cpu };
}
