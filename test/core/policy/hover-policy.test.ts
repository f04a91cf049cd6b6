import assert from 'node:assert/strict';
import { hoverPolicy } from '../../../server/src/core/policy/hover-policy';

const TEXT = `version: 1
hosts: { prod: { ssh: a@b } }
policies:
  nightly:
    intent: vault
    source: prod:tank/data
    receive: { force: rollback, ignore: [atime] }
    nonsense: 1
`;

/** `at` names the place by a part of the text; `span` is the text that is explained, undefined for none. */
function check(at: string, span: string | undefined, ...contents: readonly RegExp[]): void {
  const offset = TEXT.indexOf(at);
  assert.ok(offset >= 0, at);
  const hover = hoverPolicy(TEXT, offset);
  assert.equal(hover && TEXT.slice(hover.span.start, hover.span.end), span, at);
  for (const content of contents) assert.match(hover?.markdown ?? '', content, at);
}

describe('hoverPolicy', () => {
  it('explains keys: type, default, effect', () => {
    check('force', 'force', /\*\*force\*\*/, /Default: `force: never`/, /zfs receive -F/);
    check('receive', 'receive', /Type: a section/);
    check('nightly', 'nightly', /A declared replication/);
    check('prod: {', 'prod', /A machine that has ZFS/);
  });

  it('explains values', () => {
    check('vault', 'vault', /^\*\*intent\*\*\n\n`vault`: the target never has keys/);
    check('rollback', 'rollback', /`rollback`: what was written/);
    check('prod:tank', 'prod:tank/data', /HOST:POOL\/DATASET/);
    check('atime', 'atime', /zfs receive -x PROPERTY/);
  });

  it('says nothing elsewhere', () => {
    check('nonsense', undefined);
    check('    intent', undefined);
    check('[atime', undefined);
  });

  it('never fails, wherever the cursor is and however the text ends', () => {
    for (let offset = 0; offset <= TEXT.length; offset++) {
      hoverPolicy(TEXT, offset);
      hoverPolicy(TEXT.slice(0, offset), offset);
    }
    assert.equal(hoverPolicy('', 0), undefined);
  });
});
