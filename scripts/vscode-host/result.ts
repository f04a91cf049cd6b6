import { readFileSync } from 'node:fs';

/** What a suite writes after every test, into the file that RAWSEND_RESULT_FILE names. */
export interface SuiteResult {
  /** True once the suite came to its end: an extension host that dies leaves false. */
  readonly done: boolean;
  readonly tests: readonly TestResult[];
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  readonly error?: string;
}

/** Undefined when the suite left none, or none that can be read. */
export function readResult(file: string): SuiteResult | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isResult(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isResult = (value: unknown): value is SuiteResult =>
  typeof value === 'object' && value !== null && 'done' in value && 'tests' in value && Array.isArray(value.tests);

/**
 * Judges a session by both witnesses. The window reports 0 when its extension host dies half-way, and a result
 * file alone does not say that the host ended well. Undefined means that the suite ran to its end and passed.
 */
export function faultOf(exitCode: number, result: SuiteResult | undefined): string | undefined {
  if (result === undefined) return `the suite left no result (exit code ${exitCode})`;
  if (!result.done) return `the suite did not come to its end (exit code ${exitCode})`;
  if (result.tests.length === 0) return 'the suite has no tests';
  const failed = result.tests.filter(({ state }) => state === 'failed').length;
  if (failed > 0) return `${failed} failed`;
  return exitCode === 0 ? undefined : `every test passed, but the exit code is ${exitCode}`;
}
