import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../cli/io-double';
import { temporaryFolder } from '../cli/temporary-folder';

interface Matcher {
  readonly name: string;
  readonly pattern: Readonly<Record<'file' | 'line' | 'column' | 'severity' | 'message' | 'code', number>> & {
    readonly regexp: string;
  };
}

const SCRIPT = `#!/bin/bash
zfs create -o encryption=on -o keyformat=raw tank/x
zfs send -w tank/x@a | ssh vault zfs receive -F backup/x
`;

describe('the problem matcher $rawsend', () => {
  it('reads every finding of the text form of lint, of every severity that a task knows', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.sh'), SCRIPT);
    const { stdout } = await runCli(['lint', 'a.sh'], { cwd });
    const json = await runCli(['lint', '--format', 'json', 'a.sh'], { cwd });
    const { files } = JSON.parse(json.stdout) as { files: readonly { findings: readonly Finding[] }[] };
    const expected = files.flatMap(({ findings }) =>
      findings.map(({ line, column, severity, message, rule }) => ({
        file: 'a.sh',
        line: String(line),
        column: String(column),
        severity: severity === 'information' ? 'info' : severity,
        message,
        code: rule,
      })),
    );
    assert.ok(new Set(expected.map(({ severity }) => severity)).size > 1);
    assert.deepEqual(stdout.split('\n').flatMap(matched), expected);
  });
});

interface Finding {
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly message: string;
  readonly rule: string;
}

function matched(text: string): Readonly<Record<string, string | undefined>>[] {
  const { regexp, ...groups } = matcher().pattern;
  const match = new RegExp(regexp).exec(text);
  return match ? [Object.fromEntries(Object.entries(groups).map(([key, group]) => [key, match[group]]))] : [];
}

function matcher(): Matcher {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
    readonly contributes: { readonly problemMatchers: readonly Matcher[] };
  };
  const [own] = manifest.contributes.problemMatchers;
  assert.equal(own?.name, 'rawsend');
  return own;
}
