import { writeFileSync } from 'node:fs';
import type { SuiteResult, TestResult } from '../../../scripts/vscode-host/result';

/**
 * Runs the tests that the functions register, inside the extension host. Every result is written down at once: when
 * the host dies, what is missing from the file tells where.
 */
export async function runMocha(...tests: readonly (() => void)[]): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'min' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const register of tests) register();
  const results: TestResult[] = [];
  const write = (done: boolean): void => writeResult({ done, tests: results });
  write(false);
  const note = (result: TestResult): void => {
    results.push(result);
    write(false);
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => note(toResult(test, 'passed')));
    runner.on('fail', (test, error: Error) => note(toResult(test, 'failed', error)));
    runner.on('pending', (test) => note(toResult(test, 'skipped')));
  });
  write(true);
  if (failures > 0) throw new Error(`${failures} failed`);
}

const toResult = (test: Mocha.Test, state: TestResult['state'], error?: Error): TestResult => ({
  title: test.fullTitle(),
  state,
  ms: test.duration ?? 0,
  ...(error === undefined ? {} : { error: error.stack ?? error.message }),
});

function writeResult(result: SuiteResult): void {
  const file = process.env['RAWSEND_RESULT_FILE'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
}
