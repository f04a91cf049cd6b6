import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createTerminal, type Terminal } from '../../server/src/cli/terminal';

interface Person {
  readonly terminal: Terminal;
  /** What the person types, as a terminal delivers it. */
  readonly type: (text: string) => void;
  readonly shown: () => string;
  readonly isRaw: () => boolean;
}

function createPerson(): Person {
  let raw = false;
  const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void (raw = on) });
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  return {
    terminal: createTerminal(input, output),
    type: (text) => void input.write(text),
    shown: () => shown,
    isRaw: () => raw,
  };
}

const PASSPHRASE = { kind: 'passphrase', keyFile: '~/.ssh/id_ed25519', attempt: 1 } as const;
const HOST_KEY = {
  kind: 'host-key',
  address: '[dest]:2222',
  algorithm: 'ssh-ed25519',
  fingerprint: 'SHA256:abc',
} as const;

/** What is typed at a passphrase prompt, and what is understood. */
async function check(typed: string, understood: string | undefined): Promise<void> {
  const { terminal, type, shown, isRaw } = createPerson();
  const answer = terminal.ask.passphrase(PASSPHRASE);
  await new Promise(setImmediate);
  assert.equal(isRaw(), true);
  for (const character of typed) type(character);
  assert.equal(await answer, understood);
  assert.equal(isRaw(), false);
  assert.equal(shown(), 'Passphrase for ~/.ssh/id_ed25519: \n');
}

describe('a passphrase', () => {
  it('is read without echo', () => check('correct hörse\r', 'correct hörse'));
  it('can be corrected', () => check('wrong\u0015corect\u007F\u007F\u007Frect\r', 'correct'));
  it('is declined by an empty line', () => check('\r', undefined));
  it('is declined by Ctrl-D', () => check('half\u0004', undefined));

  it('is asked for again in other words', async () => {
    const { terminal, type, shown } = createPerson();
    const answer = terminal.ask.passphrase({ ...PASSPHRASE, attempt: 2 });
    await new Promise(setImmediate);
    type('x\n');
    await answer;
    assert.match(shown(), /^That was not it\. /);
  });
});

describe('a question at the terminal', () => {
  for (const [typed, accepted] of [
    ['y\n', true],
    ['Yes\n', true],
    ['\n', false],
    ['yes please\n', false],
    ['SHA256:abc\n', false],
  ] as const)
    it(`takes ${JSON.stringify(typed)} for ${accepted}`, async () => {
      const { terminal, type, shown } = createPerson();
      const answer = terminal.ask.hostKey(HOST_KEY);
      await new Promise(setImmediate);
      type(typed);
      assert.equal(await answer, accepted);
      for (const fact of ['[dest]:2222', 'ssh-ed25519', 'SHA256:abc']) assert.ok(shown().includes(fact), shown());
    });

  it('waits for the one before', async () => {
    const { terminal, type, shown } = createPerson();
    const answers = Promise.all([terminal.ask.passphrase(PASSPHRASE), terminal.ask.hostKey(HOST_KEY)]);
    await new Promise(setImmediate);
    assert.doesNotMatch(shown(), /SHA256/);
    type('secret\r');
    while (!shown().includes('SHA256')) await new Promise(setImmediate);
    type('y\n');
    assert.deepEqual(await answers, ['secret', true]);
  });
});
