/**
 * `npm run contract`: plays the scenarios, and random sequences of commands, on the model and on real OpenZFS in two virtual
 * machines at a time, and prints what differs. Ends with 1 when something does.
 */
import { missingForLab } from '../zfs-lab/requirements';
import { formatTable } from './format-table';
import type { Verdict } from './format-table';
import { batchesOf } from './jobs';
import { parseOptions, USAGE } from './options';
import { playBatch } from './play-batch';
import { scenarioJobs } from './scenario-jobs';
import { formatSummary, writeSummary } from './summary';

async function main(argv: readonly string[]): Promise<number> {
  const batches = batchesOf(parseOptions(argv), await scenarioJobs());
  if (batches.length === 0) throw new Error(`no scenario has such a name\n${USAGE}`);
  const verdicts: Verdict[] = [];
  let skipped = 0;
  for (const batch of batches) {
    const missing = missingForLab(batch.release);
    if (missing !== undefined) console.log(`skipped: OpenZFS ${batch.release}: ${missing}`);
    if (missing !== undefined) skipped += batch.jobs.length;
    else verdicts.push(...(await playBatch(batch)));
  }
  const failed = verdicts.filter(({ agreed }) => !agreed).length;
  const summary = { passed: verdicts.length - failed, failed, skipped };
  writeSummary(summary);
  console.log(`${formatTable(verdicts)}\n\n${formatSummary(summary)}`);
  return failed > 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 3;
  },
);
