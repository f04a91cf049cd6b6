import assert from 'node:assert/strict';
import { compareVersions, parseVersionOutput } from '../../../server/src/core/zfs/version-output';

const check = (output: string, expected: string | undefined): void => {
  const parsed = parseVersionOutput(output);
  assert.equal(parsed.ok ? `${parsed.value.userland} ${parsed.value.kernel}` : undefined, expected, output);
};

describe('parseVersionOutput', () => {
  it('reads the two versions', () => {
    check('zfs-2.3.2-2~bpo12+2\nzfs-kmod-2.3.2-2~bpo12+2\n', '2.3.2 2.3.2');
    check('zfs-2.1.11-1+deb12u1\nzfs-kmod-2.2.0-1\n', '2.1.11 2.2.0');
    check('zfs-2.2.4-FreeBSD_g256659204\nzfs-kmod-2.2.4-FreeBSD_g256659204\n', '2.2.4 2.2.4');
    check('zfs-2.3.2-2\n', undefined);
    check('', undefined);
  });

  it('compares versions by number', () => {
    assert.ok(compareVersions('2.1.11', '2.2') < 0);
    assert.ok(compareVersions('2.10.0', '2.3.2') > 0);
    assert.equal(compareVersions('2.2', '2.2.0'), 0);
  });
});
