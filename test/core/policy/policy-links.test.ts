import assert from 'node:assert/strict';
import { aliasPlaces } from '../../../server/src/core/policy/policy-links';

describe('aliasPlaces', () => {
  it('finds the hosts that are reached by an alias, with user and port or without', () => {
    const text =
      'hosts:\n  a: { ssh: web }\n  b: { ssh: "me@web:22" }\n  c: { ssh: other }\n  d: { local: true }\n  e:\n';
    const found = aliasPlaces(text, ['web']).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(found, ['web', 'me@web:22']);
    assert.deepEqual(aliasPlaces(text, []), []);
    assert.deepEqual(aliasPlaces('hosts: [', ['web']), []);
  });
});
