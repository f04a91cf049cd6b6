import type { Locator } from 'playwright-core';
import type { Window } from '../vscode-host/window';
import { until } from '../vscode-host/window';

/** A shell script and a Markdown document with findings, what the hover says, and what the light bulb offers. */
export async function takeRunbooks(window: Window): Promise<void> {
  await takeFindings(window, 'replicate.sh', '05-script-findings');
  await takeHover(window, word(window, 'send').first(), '06-script-hover-send');
  await takeHover(window, word(window, 'receive').first(), '06-script-hover-receive');
  await takeLightBulb(window, 'receive', '06-script-light-bulb');
  await window.open('replicate.sh');
  await takePage(window, word(window, 'send').first());
  await window.closeEditors();
  await takeFindings(window, 'runbook.md', '06-markdown-findings');
  await window.closeEditors();
}

async function takeFindings(window: Window, file: string, picture: string): Promise<void> {
  const { page } = window;
  await window.open(file);
  await page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first().waitFor();
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await window.shoot(picture);
  await page.keyboard.press('Control+Shift+M');
}

async function takeHover(window: Window, place: Locator, picture: string): Promise<void> {
  const { page } = window;
  await place.hover();
  await page.locator('.monaco-hover:visible').first().waitFor();
  await page.waitForTimeout(500);
  await window.shoot(picture);
  await page.mouse.move(1200, 700);
  await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
}

/** The page of a rule, by the link of a finding. */
async function takePage(window: Window, place: Locator): Promise<void> {
  const { page } = window;
  await place.hover();
  await page.locator('.monaco-hover:visible .code-link, .monaco-hover:visible a', { hasText: 'send-not-raw' }).click();
  await page.locator('.tabs-container .tab.active', { hasText: 'send-not-raw' }).waitFor();
  await page.waitForTimeout(3000);
  await window.shoot('06-rule-page');
}

async function takeLightBulb(window: Window, text: string, picture: string): Promise<void> {
  const { page } = window;
  await word(window, text).first().click();
  await until(() => page.keyboard.press('Control+.'), page.locator('.action-widget .monaco-list-row').first());
  await window.shoot(picture);
  await page.keyboard.press('Escape');
  await page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'detached' });
}

const word = ({ page }: Window, text: string): Locator =>
  page.locator('.view-line span > span', { hasText: new RegExp(`^\\s*${text}\\s*$`) });
