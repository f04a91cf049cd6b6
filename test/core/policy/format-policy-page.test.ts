import assert from 'node:assert/strict';
import { formatPolicyPage } from '../../../server/src/core/policy/format-policy-page';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { schemaPlace } from '../../../server/src/core/policy/schema-places';

const keysOf = (...path: readonly string[]): readonly string[] => [...(schemaPlace(path)?.keys.keys() ?? [])];

describe('the reference page of the policy file', () => {
  const page = formatPolicyPage();
  const titles = [...page.matchAll(/^##+ (.+)$/gm)].map(([, title]) => title ?? '');

  it('begins with a policy that is complete', () => {
    const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
    assert.deepEqual(parsePolicy(example).problems, []);
  });

  it('has a section for every key of a file, of a host and of a policy', () => {
    const keys = [...keysOf(), ...keysOf('hosts', 'x').map((key) => `hosts.NAME.${key}`), ...keysOf('policies', 'x')];
    assert.ok(keys.length > 20);
    assert.deepEqual(
      keys.filter((key) => !titles.includes(key)),
      [],
    );
  });

  it('has each section once, and links to each from its table', () => {
    assert.equal(new Set(titles).size, titles.length);
    const anchors = titles.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/^\| \[.+?\]\(#(.+?)\)/gm)].map(([, anchor]) => anchor ?? '');
    assert.deepEqual(links, anchors.slice(1));
  });
});
