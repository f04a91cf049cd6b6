import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { RULES } from '../../server/src/core/lint/rules/index';
import { runCli } from './io-double';

const PAGES = path.resolve(__dirname, '../../docs/rules');
const page = (name: string): string => readFileSync(path.join(PAGES, `${name}.md`), 'utf8');

describe('rawsend explain', () => {
  it('shows the page of a rule, wrapped to the terminal', async () => {
    const { code, stdout, stderr } = await runCli(['explain', 'receive-mounts']);
    assert.equal(code, EXIT.done);
    assert.equal(stderr, '');
    assert.match(stdout, /^receive-mounts\n\nA `zfs receive` without `-u`/);
    const prose = stdout.split('\n').filter((line) => !line.startsWith('    '));
    assert.ok(prose.length > 20);
    assert.deepEqual(
      prose.filter((line) => line.length > 80),
      [],
    );
  });

  it('makes headings stand out on a terminal', async () => {
    const { stdout } = await runCli(['explain', 'receive-mounts'], { terminal: true });
    assert.ok(stdout.startsWith('\u001B[1mreceive-mounts\u001B[0m\n'));
  });

  it('has the page as it is in the documentation', async () => {
    for (const { id } of RULES) assert.equal((await runCli(['explain', '--format', 'markdown', id])).stdout, page(id));
    assert.equal((await runCli(['explain', '--format', 'markdown'])).stdout, page('README'));
  });

  it('has a form for programs', async () => {
    const one: unknown = JSON.parse((await runCli(['explain', '--format', 'json', 'send-not-raw'])).stdout);
    const [rule] = RULES.filter(({ id }) => id === 'send-not-raw');
    const facts = { id: 'send-not-raw', kind: 'runbook', severity: 'error', strictOnly: false, summary: rule?.summary };
    assert.deepEqual(one, { schema: 1, rule: { ...facts, page: page('send-not-raw') } });
    const all = JSON.parse((await runCli(['explain', '--format', 'json'])).stdout) as { rules: { id: string }[] };
    assert.deepEqual(
      all.rules.map(({ id }) => id),
      RULES.map(({ id }) => id),
    );
  });

  it('lists the rules, the summaries in a column of their own', async () => {
    const { code, stdout } = await runCli(['explain']);
    assert.equal(code, EXIT.done);
    const lines = stdout.trimEnd().split('\n');
    assert.deepEqual(
      lines.flatMap((line) => /^[a-z-]+/.exec(line) ?? []),
      RULES.map(({ id }) => id),
    );
    for (const line of lines) assert.ok(line.length <= 80, line);
  });

  it('names the rule that was meant', async () => {
    const { code, stdout, stderr } = await runCli(['explain', 'recieve-mounts']);
    assert.equal(code, EXIT.usage);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      "rawsend: there is no rule recieve-mounts\n  Did you mean receive-mounts? 'rawsend explain' lists the rules\n",
    );
  });

  it('takes one rule at a time', async () =>
    assert.equal((await runCli(['explain', 'send-not-raw', 'receive-mounts'])).code, EXIT.usage));
});
