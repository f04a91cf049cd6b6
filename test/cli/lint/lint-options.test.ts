import assert from 'node:assert/strict';
import { EXIT } from '../../../server/src/cli/exit-code';
import { runCli } from '../io-double';
import { DOUBTFUL, folderOf, LEAKING } from './json-report';

describe('the exit code of lint', () => {
  const cases: readonly (readonly [args: readonly string[], code: number])[] = [
    [['doubtful.sh'], EXIT.findings],
    [['doubtful.sh', '--max-warnings', '0'], EXIT.findings],
    [['doubtful.sh', '--max-warnings', '1'], EXIT.done],
    [['doubtful.sh', 'more.sh', '--max-warnings', '1'], EXIT.findings],
    [['leaking.sh', '--max-warnings', '9'], EXIT.findings],
    [['doubtful.sh', '--rule', 'send-not-raw=information'], EXIT.done],
    [['doubtful.sh', '--rule', 'send-not-raw=error', '--max-warnings', '9'], EXIT.findings],
    [['leaking.sh', '--rule=send-not-raw=off'], EXIT.done],
    [['doubtful.sh', '--profile', 'minimal'], EXIT.done],
    [['doubtful.sh', 'absent.sh', '--max-warnings', '9'], EXIT.usage],
    [['doubtful.sh', '--max-warnings', 'many'], EXIT.usage],
    [['doubtful.sh', '--max-warnings', '-1'], EXIT.usage],
  ];
  for (const [args, code] of cases)
    it(`is ${code} for ${args.join(' ')}`, async () => {
      const cwd = folderOf({ 'leaking.sh': LEAKING, 'doubtful.sh': DOUBTFUL, 'more.sh': DOUBTFUL });
      const ended = await runCli(['lint', ...args], { cwd });
      assert.equal(ended.code, code, ended.stderr);
    });

  it('is explained when warnings decide it', async () => {
    const cwd = folderOf({ 'a.sh': DOUBTFUL, 'b.sh': DOUBTFUL });
    const { stderr } = await runCli(['lint', '--max-warnings', '1', 'a.sh', 'b.sh'], { cwd });
    assert.equal(stderr, 'rawsend: 2 warnings are more than --max-warnings 1\n');
  });
});

describe('lint --rule', () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['send-not-rw=off', /there is no rule send-not-rw\n.*Did you mean send-not-raw\?/],
    ['send-not-raw', /--rule send-not-raw lacks a severity\n.*off, information, warning, error/],
    ['send-not-raw=warn', /there is no severity 'warn'/],
    ['send-not-raw=eror', /Did you mean error\?/],
    ['', /there is no rule/],
  ];
  for (const [rule, told] of wrong)
    it(`says what is wrong with ${rule || 'nothing'}`, async () => {
      const { code, stderr } = await runCli(['lint', '--rule', rule, 'x']);
      assert.equal(code, EXIT.usage);
      assert.match(stderr, told);
    });
});
