/**
 * Pictures of every view at 1440×900 in `screenshots/`, made in VS Code 1.139 with the packaged extension: for a
 * person to look at. The hosts are those of the lab; of real OpenZFS with RAWSEND_ZFS=real.
 *
 *   npx tsx scripts/screenshots.ts [policies] [changes] [runbooks] [hosts] [lab] [run]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeChanges } from './pictures/changes';
import { takeLab } from './pictures/lab';
import { takeRunbooks } from './pictures/runbooks';
import { launchBrowser } from './vscode-host/browser';
import { installExtension } from './vscode-host/install-extension';
import { borrowHosts, lentHostsUnavailable, placePolicy, sshConfigOf } from './vscode-host/lent-hosts';
import type { LentHosts } from './vscode-host/lent-hosts';
import { setUpHost } from './vscode-host/setup';
import { ROOT } from './vscode-host/suites';
import type { Window } from './vscode-host/window';
import { createWindow, until } from './vscode-host/window';
import { startWorkbench } from './vscode-host/workbench';

/** Slow enough for a picture of the progress. */
const SLOW = { rate: 2 ** 18 };

const PICTURES = join(ROOT, 'screenshots');

/** A chapter of the pictures; `hosts` and `run` need hosts. */
const PARTS: Readonly<Record<string, (window: Window, isReal: boolean) => Promise<void>>> = {
  policies: takePolicies,
  changes: takeChanges,
  runbooks: takeRunbooks,
  hosts: takeHosts,
  lab: takeLab,
  run: async (window, isReal) => (isReal ? takeRun(window) : undefined),
};

async function main(names: readonly string[]): Promise<void> {
  const parts = names.length > 0 ? names : Object.keys(PARTS);
  const unknown = parts.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) throw new Error(`unknown part ${unknown}: choose from ${Object.keys(PARTS).join(', ')}`);
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES);
  run('scripts/build.ts');
  run('scripts/package.ts');
  const wantsLab = parts.includes('hosts') || parts.includes('run');
  const reason = wantsLab ? lentHostsUnavailable() : undefined;
  if (reason !== undefined) console.log(`without plan, run and result: ${reason}`);
  const lab = wantsLab && reason === undefined ? await borrowHosts(SLOW) : undefined;
  try {
    await takeAll(parts, lab);
  } finally {
    await lab?.giveBack();
  }
}

function run(script: string): void {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed`);
}

async function takeAll(parts: readonly string[], lab: LentHosts | undefined): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'rawsend-pictures-'));
  const folder = join(work, 'replication');
  cpSync(join(ROOT, 'examples'), folder, { recursive: true });
  cpSync(join(folder, 'rawsend.yaml'), join(folder, 'draft.rawsend.yaml'));
  cpSync(join(ROOT, 'scripts', 'pictures', 'tidy.rawsend.yaml'), join(folder, 'tidy.rawsend.yaml'));
  cpSync(join(ROOT, 'test', 'extension', 'workspace', 'runbook.md'), join(folder, 'runbook.md'));
  if (lab) placePolicy(lab, folder);
  const host = await setUpHost('1.139');
  const extensions = installExtension(host, join(ROOT, 'rawsend.vsix'), work);
  const settings = {
    'editor.lightbulb.enabled': 'on',
    ...(lab ? { 'rawsend.sshConfig': sshConfigOf(lab) } : {}),
  };
  const workbench = await startWorkbench(host, {
    settings,
    extensions,
    env: { XDG_STATE_HOME: join(work, 'state') },
    testing: false,
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const window = createWindow(page, PICTURES);
    await page.goto(workbench.urlOf(folder));
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    for (const name of parts)
      await PARTS[name]?.(window, lab !== undefined).catch((error: unknown) => failed(window, error));
  } finally {
    await browser.close();
    await workbench.stop();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The rest is still worth taking. */
async function failed(window: Window, error: unknown): Promise<void> {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await window.shoot('failure');
}

async function takePolicies(window: Window): Promise<void> {
  const { page } = window;
  await window.open('draft.rawsend.yaml');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Verify' }).first().waitFor();
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await window.shoot('01-policy-findings');
  await page.keyboard.press('Control+Shift+M');

  await page
    .locator('.view-line span', { hasText: /^intent$/ })
    .last()
    .hover();
  await page.locator('.monaco-hover:visible').first().waitFor();
  await window.shoot('02-policy-hover');
  await page.mouse.move(1200, 700);

  await window.clickOn('recursve');
  await page.locator('.monaco-editor .lightBulbWidget:visible, .codicon-gutter-lightbulb:visible').first().waitFor();
  await until(() => page.keyboard.press('Control+.'), page.locator('.action-widget .monaco-list-row').first());
  await window.shoot('03-quick-fix');
  await page.keyboard.press('Escape');
  await page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'detached' });

  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await until(
    () => page.keyboard.press('Control+Space'),
    page.locator('.suggest-widget.visible .monaco-list-row').first(),
  );
  await page.waitForTimeout(500);
  await window.shoot('04-completion');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Z');
  await window.closeEditors();
}

async function takeHosts(window: Window, isReal: boolean): Promise<void> {
  const { page } = window;
  await window.showHosts();
  await window.row('prod').waitFor();
  await window.shoot('07-hosts');
  await window.row('prod').first().click();
  await window
    .row(isReal ? 'tank' : 'Retry')
    .first()
    .waitFor({ timeout: 60_000 });
  if (!isReal) return window.shoot('08-host-failure');
  for (const name of ['tank', 'prod', 'db']) {
    await window.row(name).last().click();
    await page.waitForTimeout(700);
  }
  await window.row('vault').last().click();
  await window.row('backup').first().waitFor({ timeout: 60_000 });
  await window.row('db').last().hover();
  await page.waitForTimeout(1500);
  await window.shoot('08-hosts-expanded');
}

async function takeRun(window: Window): Promise<void> {
  const { page } = window;
  await window.open('rawsend.yaml');
  await page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Run' }).first().waitFor();
  await window.shoot('09-lenses');
  await page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Run' }).first().click();
  await page.locator('.notification-list-item-message', { hasText: 'planning' }).waitFor();
  await window.shoot('10-planning');
  await page.locator('.monaco-dialog-box').waitFor({ timeout: 60_000 });
  await window.shoot('11-approval');
  await window.press('Read the Plan First');
  const lens = page.locator('.monaco-editor .codelens-decoration a', { hasText: 'Send Raw as Planned' });
  await lens.waitFor();
  await window.shoot('11-plan');
  await lens.click();
  await window.press('Send Raw');
  await page
    .locator('.notification-list-item-message', { hasText: /[KMG]iB/ })
    .first()
    .waitFor({ timeout: 60_000 });
  await window.shoot('12-progress');
  await page.locator('.notification-list-item', { hasText: 'Open Receipt' }).waitFor({ timeout: 120_000 });
  await window.shoot('13-result');
  await page.locator('.notification-list-item .monaco-button', { hasText: 'Open Receipt' }).click();
  await page.waitForTimeout(1500);
  await window.shoot('14-receipt');
  await window.open('rawsend.yaml');
  await window.run('Rawsend: Verify');
  await page.locator('.notification-list-item-message', { hasText: 'every check passed' }).waitFor({ timeout: 60_000 });
  await window.shoot('15-verification');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
