import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Job } from './plan';

/** Sizes change from second to second on a live source, and change nothing of what is done; what is foreseen follows from it. */
const VOLATILE = new Set(['estimate', 'plus', 'afterwards']);

/**
 * The name of what a plan does: sha256 over the canonical JSON of its jobs. Sizes are left out, and the names of
 * the snapshots that the plan will take are reduced to their order, so two looks at unchanged hosts agree on it.
 */
export function planDigest(jobs: readonly Job[]): string {
  const taken = jobs.flatMap(takenSnapshots);
  let text = JSON.stringify(canonical(jobs));
  for (const [index, name] of taken.toSorted((a, b) => b.length - a.length).entries()) {
    text = text.replaceAll(`@${name}`, `@<new ${index}>`).replaceAll(`"${name}"`, `"<new ${index}>"`);
  }
  return bytesToHex(sha256(utf8ToBytes(text)));
}

function takenSnapshots(job: Job): readonly string[] {
  return job.steps.flatMap((step) => {
    const name =
      step.kind === 'command' && step.purpose === 'snapshot' ? step.command.at(-1)?.split('@')[1] : undefined;
    return name === undefined ? [] : [name];
  });
}

/** Sorts keys, so that equal values print alike. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !VOLATILE.has(key));
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]),
  );
}
