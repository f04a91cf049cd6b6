/**
 * Runs tests inside a real extension host and says how they ended.
 *
 *   npx tsx scripts/vscode-host/run-suite.ts [--host 1.139|1.99] [--suite full|hostless|smoke|zfs] [--verbose]
 *
 * RAWSEND_VSCODE=electron runs them in a desktop VS Code instead: the one that RAWSEND_VSCODE_PATH names, or one
 * that @vscode/test-electron downloads.
 */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HostName } from './hosts';
import { HOSTS, isHostName } from './hosts';
import { borrowHosts, lentHostsUnavailable, placePolicy, sshConfigOf } from './lent-hosts';
import type { SuiteResult } from './result';
import { faultOf, readResult } from './result';
import { runInBrowser } from './run-in-browser';
import { runInElectron } from './run-in-electron';
import type { Session } from './suites';
import { ROOT, SUITES, bundleSuite, isSuiteName } from './suites';

interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '1.139' },
      suite: { type: 'string', default: 'full' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const { host, suite, verbose } = values;
  if (!isHostName(host)) throw new Error(`unknown --host ${host}: choose from ${Object.keys(HOSTS).join(', ')}`);
  if (!isSuiteName(suite)) throw new Error(`unknown --suite ${suite}: choose from ${Object.keys(SUITES).join(', ')}`);
  for (const bundle of ['client', 'server', 'cli']) {
    if (!existsSync(join(ROOT, 'dist', `${bundle}.js`))) throw new Error(`dist/${bundle}.js is missing: npm run build`);
  }
  let total: Summary = { passed: 0, failed: 0, skipped: 0 };
  for (const session of SUITES[suite]) total = add(total, await runSession(host, session, verbose));
  const file = process.env['RAWSEND_SUMMARY'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(total));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

async function runSession(host: HostName, session: Session, verbose: boolean): Promise<Summary> {
  if (!session.needsHosts) return runWithSettings(host, session, verbose);
  const reason = lentHostsUnavailable();
  if (reason !== undefined) {
    console.log(`\n${session.suite} in VS Code ${host}: skipped: ${reason}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const lab = await borrowHosts();
  try {
    const settings = { ...session.settings, 'rawsend.sshConfig': sshConfigOf(lab) };
    return await runWithSettings(host, { ...session, settings }, verbose, (folder) => placePolicy(lab, folder));
  } finally {
    await lab.giveBack();
  }
}

async function runWithSettings(
  host: HostName,
  session: Session,
  verbose: boolean,
  prepare: (folder: string) => void = () => undefined,
): Promise<Summary> {
  const work = mkdtempSync(join(tmpdir(), 'rawsend-suite-'));
  const folder = join(work, 'workspace');
  const resultFile = join(work, 'result.json');
  cpSync(join(ROOT, 'test', 'extension', 'workspace'), folder, { recursive: true });
  prepare(folder);
  const env = { RAWSEND_RESULT_FILE: resultFile, XDG_STATE_HOME: join(work, 'state') };
  try {
    const suite = await bundleSuite(session.suite);
    const launch = { host, suite, folder, session, env, verbose };
    const run = process.env['RAWSEND_VSCODE'] === 'electron' ? runInElectron : runInBrowser;
    const started = Date.now();
    const exitCode = await run(launch);
    const result = readResult(resultFile);
    console.log(`\n${session.suite} in VS Code ${host}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return session.mustFail ? judgeFailing(exitCode, result) : judge(exitCode, result);
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

function judge(exitCode: number, result: SuiteResult | undefined): Summary {
  const tests = result?.tests ?? [];
  for (const { state, title, ms, error } of tests) {
    console.log(`  ${MARKS[state]} ${title} (${ms} ms)${error === undefined ? '' : `\n${error}`}`);
  }
  const count = (state: string): number => tests.filter((test) => test.state === state).length;
  const fault = faultOf(exitCode, result);
  if (fault !== undefined) console.log(`  FAILED: ${fault}`);
  const failed = count('failed');
  return {
    passed: count('passed'),
    failed: fault === undefined ? failed : Math.max(1, failed),
    skipped: count('skipped'),
  };
}

/** The failure is the proof, and counts as one test that passed. */
function judgeFailing(exitCode: number, result: SuiteResult | undefined): Summary {
  const fault = result !== undefined && result.tests.length > 0 ? faultOf(exitCode, result) : undefined;
  const seen = fault !== undefined;
  console.log(
    seen ? `  ok   the runner notices: ${fault}` : '  FAILED: the runner did not notice that this suite fails',
  );
  return { passed: seen ? 1 : 0, failed: seen ? 0 : 1, skipped: 0 };
}

const MARKS = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' } as const;

const add = (a: Summary, b: Summary): Summary => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
