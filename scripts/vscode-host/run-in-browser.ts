import { EventEmitter, once } from 'node:events';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import type { Launch } from './launch';
import { setUpHost } from './setup';
import { ROOT } from './suites';
import type { Payload } from './workbench';
import { startWorkbench } from './workbench';

const TIMEOUT_MS = 5 * 60_000;

/** Opens a window on the suite's folder, and returns the exit code that the window reports. */
export async function runInBrowser({ host, suite, folder, session, env, verbose }: Launch): Promise<number> {
  const installed = await setUpHost(host);
  const { settings = {} } = session;
  const workbench = await startWorkbench(installed, { settings, env, testing: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    if (verbose) page.on('console', (message) => console.error(message.text()));
    const exitCode = await listenForExit(page);
    const payload: Payload = [
      ['extensionDevelopmentPath', workbench.uriOf(ROOT)],
      ['extensionTestsPath', workbench.uriOf(suite)],
    ];
    await page.goto(workbench.urlOf(folder, payload));
    return await exitCode();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error, workbench.log().slice(-2000));
    return 1;
  } finally {
    await browser.close();
    await workbench.stop();
  }
}

/** VS Code's own hook for automation: the window calls a function of this name when the suite is over. */
async function listenForExit(page: Page): Promise<() => Promise<number>> {
  const window = new EventEmitter();
  const reported = once(window, 'exit', { signal: AbortSignal.timeout(TIMEOUT_MS) });
  page.on('crash', () => window.emit('error', new Error('the window crashed')));
  await page.exposeFunction('codeAutomationExit', (code: number) => window.emit('exit', code));
  await page.exposeFunction('codeAutomationLog', () => undefined);
  return async () => Number((await reported)[0]);
}
