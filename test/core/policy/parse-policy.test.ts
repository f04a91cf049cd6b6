import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { Policy } from '../../../server/src/core/policy/policy';
import { createLineIndex } from '../../../server/src/core/text/line-index';

const FIXTURES = join(__dirname, '../../fixtures/policy');

const fixtures = (folder: 'ok' | 'err'): readonly string[] =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(FIXTURES, folder, name));

/** One line for each problem: `line:column-column rule "text" fix titles`, messages left out. */
function findings(text: string): string {
  const lines = createLineIndex(text);
  return parsePolicy(text)
    .problems.map(({ rule, span, fixes }) => {
      const start = lines.at(span.start);
      const end = lines.at(span.end);
      const stop = end.line === start.line ? end.column : `${end.line}:${end.column}`;
      const titles = fixes.map(({ title, safety }) => ` [${safety}: ${title}]`).join('');
      return `${start.line}:${start.column}-${stop} ${rule} ${JSON.stringify(text.slice(span.start, span.end))}${titles}\n`;
    })
    .join('');
}

/** Compares with the `.out` beside the fixture; `UPDATE=1` rewrites it. */
function checkFindings(path: string): void {
  const out = path.replace(/\.yaml$/, '.out');
  const actual = findings(readFileSync(path, 'utf8'));
  if (process.env['UPDATE'] === '1') writeFileSync(out, actual);
  assert.equal(actual, readFileSync(out, 'utf8'));
}

/** What holds for every text: no exception, no span outside, and a file only where there is no problem. */
function checkSound(text: string): void {
  const { file, problems } = parsePolicy(text);
  for (const { span, message, fixes, related } of problems) {
    const edits = fixes.flatMap((fix) => fix.edits);
    for (const place of [span, ...related.map((entry) => entry.span), ...edits.map((edit) => edit.span)]) {
      assert.ok(
        0 <= place.start && place.start <= place.end && place.end <= text.length,
        JSON.stringify({ text, place }),
      );
    }
    assert.ok(message !== '' && !message.endsWith('.'), message);
    assert.ok(!/\p{Cc}/u.test(message), JSON.stringify(message));
  }
  assert.equal(file !== undefined, problems.length === 0, text);
}

const HOSTS = 'version: 1\nhosts: { prod: { ssh: prod }, vault: { ssh: vault } }\npolicies:\n';

const withPolicy = (keys: string): string =>
  `${HOSTS}  nightly:\n    intent: vault\n    source: prod:tank/data\n    target: vault:cold/data\n${keys}`;

/** Checks a part of the policy that three lines and `keys` make. */
function checkPolicy(keys: string, expected: Partial<Policy>): void {
  const { file, problems } = parsePolicy(withPolicy(keys));
  assert.deepEqual(problems, []);
  const policy = file?.policies['nightly'];
  assert.ok(policy);
  assert.deepEqual({ ...policy, ...expected }, policy);
}

/** Checks which rule refuses which text; `undefined` for a text that is accepted. */
function checkRefused(text: string, expected: readonly [rule: string, text: string] | undefined): void {
  const [first, ...rest] = parsePolicy(text).problems.map(({ rule, span }) => [rule, text.slice(span.start, span.end)]);
  assert.deepEqual(first, expected, text);
  assert.deepEqual(rest, [], text);
  checkSound(text);
}

const receive = (keys: string) =>
  parsePolicy(withPolicy(`    recursive: false\n    receive: ${keys}\n`)).file?.policies['nightly']?.receive;

const source = (dataset: string) =>
  `${HOSTS}  p:\n    intent: vault\n    source: ${JSON.stringify(`prod:${dataset}`)}\n    target: vault:cold/data\n`;

/** Checks the kinds of problems, each once, and that they are found in a time that an editor can wait. */
function checkFast(text: string, ...spans: readonly string[]): void {
  const started = performance.now();
  const { problems } = parsePolicy(text);
  const millis = performance.now() - started;
  assert.deepEqual(
    [...new Set(problems.map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`))],
    spans,
  );
  assert.ok(millis < 5000, `${millis} ms`);
}

describe('parsePolicy', () => {
  it('finds nothing in a right file', () => {
    for (const path of fixtures('ok')) assert.equal(findings(readFileSync(path, 'utf8')), '', path);
  });

  for (const path of fixtures('err')) {
    it(`finds what is wrong in ${path.slice(FIXTURES.length + 1)}`, () => checkFindings(path));
  }

  it('is sound for every beginning of every fixture', () => {
    for (const path of [...fixtures('ok'), ...fixtures('err')]) {
      const text = readFileSync(path, 'utf8');
      for (let end = 0; end <= text.length; end++) checkSound(text.slice(0, end));
    }
  }).timeout(180_000);

  it('is sound for any text', () => {
    const piece = fc.constantFrom(
      'a',
      'hosts',
      'policies',
      ': ',
      ':',
      '\n',
      '  ',
      '\t',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
    );
    const odd = fc.constantFrom(
      '&a ',
      '*a',
      '<<: ',
      '#',
      '|',
      '>',
      '!',
      '%',
      '@',
      '---\n',
      '? ',
      '\r',
      '\u0000',
      'ü',
      '😀',
      '__proto__',
    );
    const texts = fc.array(fc.oneof(piece, odd), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => [text, HOSTS + text, withPolicy(text)].forEach(checkSound)),
      { numRuns: 300, examples: [['  {\r&a \n']] },
    );
  });
});

describe('defaults of a policy', () => {
  it('are the safe ones', () => {
    const minimal: Policy = {
      name: 'nightly',
      entry: 'nightly',
      intent: 'vault',
      source: { host: 'prod', dataset: 'tank/data' },
      target: { host: 'vault', dataset: 'cold/data' },
      recursive: true,
      exclude: [],
      snapshots: { prefix: 'rep-' },
      send: { raw: true, intermediates: true },
      receive: {
        mount: false,
        force: 'never',
        resumable: true,
        set: { mountpoint: 'none', readonly: 'on' },
        ignore: ['sharenfs', 'sharesmb', 'quota', 'refquota', 'reservation', 'refreservation'],
      },
      keys: { location: 'prompt', load: 'never' },
      transport: { route: 'direct' },
      guard: {},
      retention: {},
      replica: false,
    };
    assert.deepEqual(parsePolicy(withPolicy('')).file?.policies['nightly'], minimal);
  });

  it('stay where a section is written in part', () => {
    checkPolicy('    send: { intermediates: false }\n', { send: { raw: true, intermediates: false } });
    checkPolicy('    transport: { limit: 1.5MiB/s }\n', { transport: { route: 'direct', limit: 1_572_864 } });
    checkPolicy('    guard: { maxEstimate: 2TB }\n', { guard: { maxEstimate: 2e12 } });
    checkPolicy('    keys: {}\n', { keys: { location: 'prompt', load: 'never' } });
  });

  it('of a host name it and leave out what is not written', () => {
    const { file } = parsePolicy('version: 1\nhosts: { a: { ssh: x@y }, b: { local: true } }\npolicies: {}\n');
    assert.deepEqual(file?.hosts, {
      a: { name: 'a', ssh: 'x@y', local: false, elevate: 'none' },
      b: { name: 'b', local: true, elevate: 'none' },
    });
  });
});

describe('properties of the target', () => {
  it('are added to the defaults', () => {
    assert.deepEqual(receive('{ set: { compression: zstd } }')?.set, {
      mountpoint: 'none',
      readonly: 'on',
      compression: 'zstd',
    });
    assert.deepEqual(receive('{ ignore: [atime, quota] }')?.ignore.slice(-2), ['refreservation', 'atime']);
  });

  it('leave a default that they name', () => {
    assert.deepEqual(receive('{ set: { quota: none } }')?.ignore.includes('quota'), false);
    assert.deepEqual(receive('{ ignore: [mountpoint], set: { canmount: "off" } }')?.set, {
      readonly: 'on',
      canmount: 'off',
    });
  });
});

describe('hostile names', () => {
  it('that ZFS takes are taken', () => {
    for (const dataset of ['tank/-x', 'tank/a b', 'tank/a:b', 'tank/.hidden']) checkRefused(source(dataset), undefined);
  });

  it('that ZFS refuses are refused where they stand', () => {
    const names = [
      'tank/a;rm -rf /',
      'tank/$(id)',
      'tank/a\nb',
      'tänk',
      'tank/😀',
      `tank/${'x'.repeat(300)}`,
      '-x',
      '',
      '/tank',
      'tank/../x',
    ];
    for (const dataset of names) checkRefused(source(dataset), ['policy-names', JSON.stringify(`prod:${dataset}`)]);
  });

  it('of policies and hosts are refused at the key', () => {
    for (const name of ['-x', 'a b', 'a/b', 'ä', '../x', '"a\\nb"', 'x'.repeat(65)]) {
      checkRefused(`version: 1\nhosts: { ${name}: { ssh: a } }\npolicies: {}\n`, ['policy-names', name]);
    }
    checkRefused('version: 1\nhosts: { __proto__: { ssh: a } }\npolicies: {}\n', ['policy-syntax', '__proto__']);
    checkRefused('version: 1\nhosts: { constructor: { ssh: a } }\npolicies: {}\n', undefined);
  });

  it('of hosts that are only inherited do not exist', () => {
    const text = `${HOSTS}  p: { intent: vault, source: constructor:tank, target: vault:cold }\n`;
    checkRefused(text, ['policy-reference', 'constructor']);
  });

  it('cannot pass for an option of ssh', () => {
    for (const ssh of [
      '-oProxyCommand=id',
      'root@-x',
      'a b',
      'a:0',
      'a:65536',
      'ssh://a',
      'a;id',
      '$(id)',
      'a\nb',
      '',
    ]) {
      const quoted = JSON.stringify(ssh);
      checkRefused(`version: 1\nhosts: { a: { ssh: ${quoted} } }\npolicies: {}\n`, ['policy-schema', quoted]);
    }
  });
});

describe('texts that are meant to hurt', () => {
  it('are refused before they cost anything', () => {
    checkFast('['.repeat(100_000), 'policy-syntax [');
    checkFast('{a: '.repeat(20_000), 'policy-syntax {');
    checkFast('- '.repeat(20_000), 'policy-syntax -');
    checkFast(`a: "${'x'.repeat(1_000_000)}"`, 'policy-syntax a');
    checkFast(`version: 1\nhosts: {}\npolicies: {}\n${'y'.repeat(1000)}: 1`, `policy-schema ${'y'.repeat(1000)}`);
  });

  it('do not multiply or nest by aliases', () => {
    const rest = 'version: 1\nhosts: {}\npolicies: {}\n';
    const links = Array.from({ length: 500 }, (_, index) => `&a${index + 1} [*a${index}]`).join(', ');
    checkFast(`x: [&a0 [x], ${links}]\n${rest}`, 'policy-syntax *a0');
    const wide = Array.from({ length: 30 }, (_, index) => `&b${index + 1} [*b${index}${`, *b${index}`.repeat(30)}]`);
    checkFast(`x: [&b0 [x], ${wide.join(', ')}]\n${rest}`, 'policy-syntax *b0');
  });
});
