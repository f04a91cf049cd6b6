import type { Window } from '../vscode-host/window';
import { until } from '../vscode-host/window';

/** What an edit of a policy changes: the lens over it, and the plan as saved beside the one as edited. */
export async function takeChanges(window: Window): Promise<void> {
  const { page } = window;
  await window.open('tidy.rawsend.yaml');
  await page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Verify' }).first().waitFor();
  await window.clickOn('direct');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type(
    'replica: true\nreceive: { force: rollback, resumable: false }\nwindow: { from: "22:00", to: "06:00" }',
  );
  await page.keyboard.press('Escape');
  const lens = page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Edit changes the plan' });
  await lens.waitFor();
  await window.shoot('05-edit-lens');
  await until(() => lens.click(), page.locator('.monaco-diff-editor .line-insert').first());
  await page.waitForTimeout(1500);
  await window.shoot('05-edit-changes');
  await window.closeEditors();
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: "Don't Save" }).click();
}
