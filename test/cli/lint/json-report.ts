import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Circumstances, type Ended, runCli } from '../io-double';
import { temporaryFolder } from '../temporary-folder';

export const POLICY = `version: 1
hosts:
  prod: { ssh: cr0x@source }
  vault: { ssh: cr0x@dest }
policies:
  prod-to-vault: { intent: vault, source: "prod:tank/prod", target: "vault:backup/prod" }
`;

/** One error, with an unsafe fix. */
export const LEAKING = '#!/bin/bash\nzfs create -o encryption=on tank/prod\nzfs send tank/prod@a > /backup/stream\n';
export const CLEAN = '#!/bin/sh\nzfs list\n';
/** One warning, because nothing says whether the dataset is encrypted. */
export const DOUBTFUL = '#!/bin/bash\nzfs send tank/home@a > /backup/stream\n';

export interface JsonReport {
  readonly schema: number;
  readonly files: readonly { readonly path: string; readonly findings: readonly JsonFinding[] }[];
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fixes: readonly { readonly title: string; readonly safety: string }[];
}

/** A folder with these files; a name may hold folders. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

export async function lintJson(
  args: readonly string[],
  circumstances: Circumstances,
): Promise<{ readonly ended: Ended; readonly report: JsonReport }> {
  const ended = await runCli(['lint', '--format', 'json', ...args], circumstances);
  const report: JsonReport = JSON.parse(ended.stdout);
  return { ended, report };
}

/** Lints in a folder; the paths of the files that are listed must be these. */
export async function checkListed(cwd: string, args: readonly string[], expected: readonly string[]): Promise<void> {
  const { report } = await lintJson(args, { cwd });
  assert.deepEqual(
    report.files.map((file) => file.path),
    expected,
  );
}

/** Lints the files of a folder; their rules, file by file, must be these, and the exit code this one. */
export async function checkRules(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  expected: { readonly code: number; readonly rules: readonly (readonly string[])[] },
): Promise<void> {
  const { ended, report } = await lintJson(args, { cwd: folderOf(files) });
  assert.deepEqual(
    report.files.map((file) => file.findings.map((finding) => finding.rule)),
    expected.rules,
  );
  assert.equal(ended.code, expected.code, ended.stderr);
}
