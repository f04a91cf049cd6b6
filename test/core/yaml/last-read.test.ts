import assert from 'node:assert/strict';
import { lastRead } from '../../../server/src/core/yaml/last-read';
import { readYaml } from '../../../server/src/core/yaml/read-yaml';

const counted = (): { readonly read: (text: string) => string; readonly texts: string[] } => {
  const texts: string[] = [];
  const read = lastRead((text) => {
    texts.push(text);
    return text.slice(0, 3);
  });
  return { read, texts };
};

/** A text as long as a file. */
const file = (name: string): string => name.padEnd(2000, '.');

describe('lastRead', () => {
  it('reads a text once, however often it is asked about', () => {
    const { read, texts } = counted();
    assert.deepEqual([read(file('one')), read(file('one')), read(file('one'))], ['one', 'one', 'one']);
    assert.equal(texts.length, 1);
  });

  it('answers for the text that it is given, not for the last one', () => {
    const { read, texts } = counted();
    assert.deepEqual([read(file('one')), read(file('two')), read(file('one'))], ['one', 'two', 'one']);
    assert.equal(texts.length, 3);
  });

  it('keeps a file through questions about single values', () => {
    const { read, texts } = counted();
    for (const text of [file('one'), 'key: value', file('one')]) read(text);
    assert.deepEqual(texts, [file('one'), 'key: value']);
  });

  it('keeps no text that takes much memory', () => {
    const { read, texts } = counted();
    const large = file('one').repeat(1000);
    for (const text of [large, large]) read(text);
    assert.equal(texts.length, 2);
  });
});

describe('readYaml', () => {
  it('reads a file once for all that is asked about it', () => {
    const text = `key: value\n${'# more\n'.repeat(100)}`;
    assert.equal(readYaml(text), readYaml(text));
  });
});
