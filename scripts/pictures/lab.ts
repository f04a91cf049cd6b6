import type { Window } from '../vscode-host/window';

/** The lab from the palette to its open hosts, and its end. */
export async function takeLab(window: Window): Promise<void> {
  const { page } = window;
  await window.open('rawsend.yaml');
  await page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Run' }).first().waitFor();
  await window.closeEditors();
  await window.run('Rawsend: Open the Lab');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'healthy' }).waitFor();
  await window.shoot('30-lab-scenarios');
  await page.keyboard.type('healthy');
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Lab: healthy' }).waitFor({ timeout: 60_000 });
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await window.row('vault').last().waitFor();
  await window.row('vault').last().click();
  await window.row('backup').last().click();
  await page.waitForTimeout(2500);
  await window.shoot('31-lab');
  await window.run('Rawsend: Close the Lab');
  await page.locator('.statusbar-item', { hasText: 'Lab: healthy' }).waitFor({ state: 'detached' });
  await page.waitForTimeout(1000);
  await window.shoot('32-lab-closed');
  await window.closeEditors();
}
