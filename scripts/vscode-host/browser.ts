import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that is the window; undefined where the machine has none. */
export const browserPath = (): string | undefined =>
  process.env['CHROMIUM'] ?? BROWSERS.find((path) => existsSync(path));

export function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined)
    throw new Error('Chromium is not installed: apt-get install chromium fonts-dejavu-core');
  return chromium.launch({
    executablePath,
    headless: true,
    // Ctrl-C is ours to handle: the server has to be stopped too.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}
