import assert from 'node:assert/strict';
import { COMMANDS } from '../../server/src/cli/command-table';
import { EXIT } from '../../server/src/cli/exit-code';
import { runCli } from './io-double';

/** Wrong use: exit code 2, nothing on standard output, and a hint on standard error. */
async function check(argv: readonly string[], hint: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runCli(argv);
  assert.equal(code, EXIT.usage, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, hint);
}

/** Whether standard error is coloured. */
async function coloured(env: Readonly<Record<string, string>>, terminal: boolean): Promise<boolean> {
  const { stderr } = await runCli(['x'], { env, terminal });
  return stderr.includes('\u001B[');
}

describe('rawsend', () => {
  it('prints its version', async () => {
    const { code, stdout, stderr, aborted } = await runCli(['--version']);
    assert.deepEqual(
      { code, stdout, stderr, aborted },
      { code: EXIT.done, stdout: '1.2.3\n', stderr: '', aborted: [] },
    );
  });

  it('has exactly the commands of the contract', () => {
    assert.deepEqual(
      COMMANDS.map((command) => command.name),
      ['lint', 'plan', 'estimate', 'run', 'verify', 'simulate', 'inventory', 'explain', 'policy', 'lab'],
    );
  });

  it('explains itself', async () => {
    const page = await runCli(['--help']);
    assert.equal(page.code, EXIT.done);
    for (const command of COMMANDS) assert.ok(page.stdout.includes(`  ${command.name} `), command.name);
    for (const argv of [['-h'], ['help']]) assert.equal((await runCli(argv)).stdout, page.stdout);
  });

  for (const command of COMMANDS)
    it(`explains ${command.name}, with examples and every option`, async () => {
      const page = await runCli([command.name, '--help']);
      assert.equal(page.code, EXIT.done);
      assert.equal(page.stderr, '');
      assert.ok(command.examples.length > 1);
      for (const { command: line } of command.examples) assert.ok(page.stdout.includes(`  ${line}\n`), line);
      for (const option of Object.keys(command.options)) assert.ok(page.stdout.includes(`--${option}`), option);
      for (const line of page.stdout.split('\n')) assert.ok(line.length <= 120, line);
      assert.deepEqual(await runCli(['help', command.name]), page);
      assert.deepEqual(await runCli([command.name, 'x', '-h']), page);
    });

  it('shows the way when called with nothing', () => check([], /Usage: rawsend COMMAND/));
  it('names the command that was meant', () => check(['plna', 'x'], /rawsend has no command plna\n.*plan\?/));
  it('knows no other command', () => check(['frobnicate'], /--help/));
  it('knows no other option', () => check(['--frobnicate'], /no option --frobnicate/));
  it('names the option that was meant', () =>
    check(['lint', '--formt', 'json', 'x'], /no option --formt\n.*--format\?/));
  it('refuses an unknown short option', () => check(['lint', '-z', 'x'], /no option -z/));
  it('does not take a property of objects for an option', () =>
    check(['lint', '--constructor'], /no option --constructor/));
  it('wants an argument where one belongs', () => check(['lint', '--format'], /--format needs an argument/));
  it('takes no option for an argument', () =>
    check(['lint', '--inventory', '--fix', 'x'], /--inventory needs an argument: FILE/));
  it('wants no argument where none belongs', () => check(['lint', '--fix=yes', 'x'], /--fix takes no argument/));
  it('names the choices', () =>
    check(['lint', '--format', 'jsn', 'x'], /one of text, json, sarif, github, not 'jsn'\n.*json\?/));
  it('cannot be steered by what was typed', () => check(['\u001B[2Jx'], /\\u\{1b\}\[2Jx/));

  it('takes -- for the end of the options', async () => {
    const { code, stderr } = await runCli(['lint', '--', '--help']);
    assert.equal(code, EXIT.usage);
    assert.match(stderr, /--help does not exist/);
  });

  it('colours only a terminal that wants it', async () => {
    assert.equal(await coloured({}, true), true);
    assert.equal(await coloured({ NO_COLOR: '1' }, true), false);
    assert.equal(await coloured({ NO_COLOR: '' }, true), true);
    assert.equal(await coloured({ TERM: 'dumb' }, true), false);
    assert.equal(await coloured({ FORCE_COLOR: '1' }, false), false);
  });
});
