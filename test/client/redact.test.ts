import assert from 'node:assert/strict';
import { withoutAnswers } from '../../client/src/redact';

describe('a traced answer', () => {
  for (const secret of ['hunter2', 'with "quotes" and \\', '']) {
    for (const spaces of [0, 4]) {
      it(`is not written: ${JSON.stringify(secret)}, indented by ${spaces}`, () => {
        const message = `Sending response 'rawsend/ask - (1)'.\nResult: ${JSON.stringify({ answer: secret, id: 7 }, undefined, spaces)}`;
        const written = withoutAnswers(message);
        assert.match(written, /"answer":\s*"…"/);
        assert.match(written, /"id":\s*7/);
        if (secret !== '') assert.ok(!written.includes(JSON.stringify(secret)));
      });
    }
  }

  it('that was declined stays', () => assert.equal(withoutAnswers('{"answer":null}'), '{"answer":null}'));
});
