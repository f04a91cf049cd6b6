/**
 * `npm test`: every runner that this machine can run, one after the other, and one last line that sums them.
 * RAWSEND_REQUIRE=all turns a part that cannot run into a failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RUNNERS, type Runner } from './runners';

interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const requireAll = process.env['RAWSEND_REQUIRE'] === 'all';

function main(): void {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !RUNNERS.some((runner) => runner.name === name));
  if (unknown.length > 0) {
    console.error(
      `no such runner: ${unknown.join(', ')}; there are: ${RUNNERS.map((runner) => runner.name).join(', ')}`,
    );
    process.exit(2);
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rawsend-test-'));
  const summaries = RUNNERS.filter((runner) => wanted.length === 0 || wanted.includes(runner.name)).map((runner) =>
    execute(runner, path.join(folder, `${runner.name}.json`)),
  );
  rmSync(folder, { recursive: true, force: true });
  const total = summaries.reduce(add, { passed: 0, failed: 0, skipped: 0 });
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

function execute(runner: Runner, summaryFile: string): Summary {
  console.log(`\n== ${runner.title}`);
  const missing = runner.missing();
  if (missing !== undefined) {
    console.log(`${requireAll ? 'FAILED' : 'skipped'}: ${missing}`);
    return requireAll ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
  }
  const started = Date.now();
  const [command, ...args] = runner.command;
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...runner.env, RAWSEND_SUMMARY: summaryFile },
  });
  const summary = readSummary(summaryFile);
  console.log(`${runner.name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (summary === undefined) {
    console.log(`FAILED: ${runner.name} ended ${error?.message ?? `with status ${status}`} and left no summary`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (status !== 0 && summary.failed === 0) return { ...summary, failed: 1 };
  return requireAll ? { ...summary, failed: summary.failed + summary.skipped, skipped: 0 } : summary;
}

function readSummary(file: string): Summary | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Summary>;
    return { passed: value.passed ?? 0, failed: value.failed ?? 0, skipped: value.skipped ?? 0 };
  } catch {
    return undefined;
  }
}

const add = (a: Summary, b: Summary): Summary => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

main();
