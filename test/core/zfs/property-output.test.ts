import assert from 'node:assert/strict';
import { parsePropertyOutput } from '../../../server/src/core/zfs/property-output';

const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

describe('parsePropertyOutput', () => {
  it('reads values with their sources', () => {
    const { datasets, problems } = parsePropertyOutput(
      lines(
        'tank\tmountpoint\t/tank\tlocal',
        'tank/a b\tmountpoint\t/tank/a b\tinherited from tank',
        'tank/a b\tguid\t17499674476699392629\t-',
        'tank/a b\treadonly\ton\treceived',
        'tank/a b\tatime\ton\tsomething new',
      ),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...datasets].map(([name, facts]) => [name, Object.fromEntries(facts)]),
      [
        ['tank', { mountpoint: { value: '/tank', source: 'local' } }],
        [
          'tank/a b',
          {
            mountpoint: { value: '/tank/a b', source: 'inherited' },
            guid: { value: '17499674476699392629', source: '-' },
            readonly: { value: 'on', source: 'received' },
            atime: { value: 'on', source: '-' },
          },
        ],
      ],
    );
  });
});
