import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activate, eventually } from './window';

/** Needs terminals that run a shell, which the host of the oldest VS Code lacks: their add-on comes as source there. */
export function terminalTests(): void {
  describe('a terminal', () => {
    before(activate);

    it('leaves it to the person to press Enter', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'rawsend-terminal-'));
      const [early, late] = [join(folder, 'early'), join(folder, 'early.late')];
      const before = new Set(vscode.window.terminals);
      await vscode.commands.executeCommand('rawsend.typeInTerminal', { text: `touch '${early}'`, unresolved: [] });
      const terminal = vscode.window.terminals.find((one) => !before.has(one));
      assert.ok(terminal);
      try {
        // Had the command been run, this would be one of its own.
        terminal.sendText('.late');
        await eventually('what the command leaves', () => existsSync(late) || undefined);
        assert.equal(existsSync(early), false);
      } finally {
        terminal.dispose();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
