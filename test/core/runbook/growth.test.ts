import assert from 'node:assert/strict';
import { countSteps } from '../../../server/src/core/runbook/read-runbook';

/** Work must grow as the document does: counted, not timed. */
describe('work', () => {
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    'many commands': (size) => 'zfs send -w tank/a@1 | zfs receive -u pool/a\n'.repeat(size),
    'many variables': (size) =>
      Array.from({ length: size }, (_, i) => `V${i}="$V${i - 1}x"; zfs send "$V${i}@1"\n`).join(''),
    'a growing variable': (size) => 'V="$V -v"; zfs send $V tank/a@1\n'.repeat(size),
    'functions that call the next twice': (size) =>
      Array.from({ length: size }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; zfs list; }\n`).join('') + 'f0\n',
    'loops in loops': (size) => 'for x in 1 2 3 4; do\n'.repeat(size) + 'zfs list\n' + 'done\n'.repeat(size),
    'conditions in conditions': (size) => 'if zfs list; then A=1\n'.repeat(size) + 'fi\n'.repeat(size),
    'text that runs text': (size) => `C="zfs list"\n${'eval "$C; $C"; C="$C; $C"\n'.repeat(size)}`,
    'nested substitutions': (size) => `echo ${'$(zfs list '.repeat(size)}${')'.repeat(size)}\n`,
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`grows linearly with ${name}`, () => {
      for (const size of [10, 100, 200]) {
        const text = shape(size);
        const { steps, nested } = countSteps({ path: 'a.sh', text });
        assert.ok(steps <= 3000 + text.length * 10, `${steps} steps for ${text.length} characters`);
        assert.ok(nested <= 3000 + text.length * 10, `${nested} nested characters for ${text.length}`);
      }
    });
  }
});
