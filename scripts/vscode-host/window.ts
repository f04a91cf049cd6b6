import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** What a person does in a window of VS Code, by the selectors that hold in every supported version. */
export interface Window {
  readonly page: Page;
  /** Opens a file of the explorer by its name. */
  readonly open: (file: string) => Promise<void>;
  /** Runs a command of the palette. */
  readonly run: (title: string) => Promise<void>;
  readonly closeEditors: () => Promise<void>;
  /** Puts the cursor behind the first occurrence of a text in the editor. */
  readonly clickOn: (text: string) => Promise<void>;
  readonly showHosts: () => Promise<void>;
  readonly row: (label: string) => Locator;
  /** Answers a modal dialog. */
  readonly press: (button: string) => Promise<void>;
  readonly shoot: (name: string) => Promise<void>;
}

export function createWindow(page: Page, folder: string): Window {
  const run = async (title: string): Promise<void> => {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget .quick-input-box input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
    await page.keyboard.press('Enter');
  };
  /** A second click on the view that is shown would hide it. */
  const show = async (view: string): Promise<void> => {
    const item = page.locator('.activitybar .action-item', { has: page.locator(`[aria-label^="${view}"]`) }).first();
    if (!(await item.getAttribute('class'))?.includes('checked')) await item.locator('.action-label').click();
  };
  return {
    page,
    run,
    closeEditors: () => run('View: Close All Editors'),
    async open(file) {
      await show('Explorer');
      await page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${file}"]`).dblclick();
      await page.locator(`.tabs-container .tab.active[data-resource-name="${file}"]`).first().waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    },
    async clickOn(text) {
      await page.locator('.monaco-editor .view-line span > span', { hasText: text }).last().click();
    },
    async showHosts() {
      await show('Rawsend');
      await page
        .locator('.sidebar .pane-header[aria-label^="Hosts"], .sidebar .title-label', { hasText: /hosts/i })
        .first()
        .waitFor();
    },
    row: (label) =>
      page.locator('.sidebar .monaco-list-row').filter({ has: page.locator('.label-name', { hasText: label }) }),
    async press(button) {
      await page.locator('.monaco-dialog-box .dialog-buttons .monaco-button', { hasText: button }).click();
    },
    async shoot(name) {
      await page.screenshot({ path: join(folder, `${name}.png`) });
      console.log(`${name}.png`);
    },
  };
}

/** A key that is pressed while the window still settles can be lost, so it is pressed again. */
export async function until(act: () => Promise<void>, there: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await act();
    try {
      await there.waitFor({ timeout: 4000 });
      return;
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}
