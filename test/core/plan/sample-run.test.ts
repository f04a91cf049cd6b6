import assert from 'node:assert/strict';
import { sampleRun } from '../../../server/src/core/plan/sample-run';
import { quote } from '../../../server/src/core/shell/quote';
import { policyFile } from './notation';

const NOW = '2026-11-23T02:00:00.000Z';

function commands(more = ''): string {
  const file = policyFile(more);
  const policy = file.policies['p'];
  assert.ok(policy);
  const { steps } = sampleRun(file, policy, NOW);
  return steps
    .flatMap((step) => [quote(step.command), ...(step.kind === 'stream' ? [quote(step.receiver.command)] : [])])
    .join('\n');
}

describe('sampleRun', () => {
  it('shows the flags of each command of a first run', () => {
    assert.match(commands(), /^zfs snapshot -r tank\/src@rep-/m);
    assert.match(commands(), /^zfs send -w .*-I @rep-BEFORE tank\/src@rep-/m);
    assert.match(commands(), /^zfs receive -s -u -o mountpoint=none -o readonly=on .*backup\/dst$/m);
  });

  it('follows the policy', () => {
    assert.doesNotMatch(commands('    recursive: false\n'), /snapshot -r/);
    assert.doesNotMatch(commands('    send: { intermediates: false }\n'), /-I/);
    assert.doesNotMatch(commands('    receive: { resumable: false }\n'), /receive -s/);
    assert.match(commands('    receive: { set: { compression: zstd } }\n'), /-o compression=zstd/);
  });

  it('takes nothing of a source that another policy brings', () => {
    const shown = commands(
      '    intent: vault\n  first: { intent: vault, source: vault:backup/origin, target: prod:tank/src }\n',
    );
    assert.doesNotMatch(shown, /^zfs snapshot/m);
    assert.match(shown, /^zfs hold rawsend:p:vault tank\/src@rep-NEWEST$/m);
    assert.match(shown, /^zfs send -w .*-I @rep-BEFORE tank\/src@rep-NEWEST$/m);
  });

  it('is not stopped by what only hosts and hours can say', () => {
    const guarded = '    guard: { maxEstimate: 1KiB, versions: ">=3.0" }\n    window: { from: "04:00", to: "05:00" }\n';
    assert.equal(commands(guarded), commands());
  });
});
