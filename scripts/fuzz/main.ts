/**
 * `npm run fuzz [-- --seed S --runs N | --seed S --run K]`: spoils every fixture in many ways and checks what must hold
 * for any text. The same seed makes the same documents. Ends with 1 when something failed.
 */
import { parseArgs } from 'node:util';
import { formatFailure, runFuzz } from './run-fuzz';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, runs: { type: 'string', default: '100000' }, run: { type: 'string' } },
  });
  const seed = wholeNumber('seed', values.seed ?? String(Date.now() % 1_000_000));
  const first = values.run === undefined ? 0 : wholeNumber('run', values.run);
  const count = values.run === undefined ? wholeNumber('runs', values.runs) : 1;
  const started = Date.now();
  const failures = await runFuzz({ seed, first, end: first + count });
  for (const failure of failures) console.log(formatFailure(failure, seed));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${count} runs of seed ${seed} in ${seconds} s, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`);
  return Number(text);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
