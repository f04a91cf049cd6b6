import assert from 'node:assert/strict';
import type { ParsedPolicy } from '../../../server/src/core/policy/parse-policy';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { spellOut } from '../../../server/src/core/policy/spell-out';
import { toYamlLines } from '../../../server/src/core/policy/spelled-yaml';
import { HOSTS, includedFrom, including, policyLine } from './include-text';

type Files = Readonly<Record<string, string | null>>;

const parse = (text: string, files: Files): ParsedPolicy => parsePolicy(text, includedFrom(files));

/** `"TEXT" MESSAGE` of each problem; an expected one may be the beginning of it. */
function checkProblems(text: string, files: Files, ...expected: readonly string[]): void {
  const found = parse(text, files);
  const told = found.problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);
  assert.deepEqual(
    told.map((line, index) => line.slice(0, expected[index]?.length)),
    expected,
    told.join('\n'),
  );
  assert.equal(found.file !== undefined, expected.length === 0);
  for (const { fixes, message } of found.problems) {
    assert.ok(!message.endsWith('.') && !/\p{Cc}/u.test(message), message);
    for (const { span } of fixes.flatMap((fix) => fix.edits)) assert.ok(span.end <= text.length);
  }
}

/** The names of hosts and policies, the file's own first. */
function checkNames(text: string, files: Files, hosts: readonly string[], policies: readonly string[]): void {
  checkProblems(text, files);
  const { file } = parse(text, files);
  assert.deepEqual([Object.keys(file?.hosts ?? {}), Object.keys(file?.policies ?? {})], [hosts, policies]);
}

const MAIN = including('hosts.yaml', `policies:\n${policyLine('x')}`);

describe('a policy file that includes others', () => {
  it('has their hosts and policies, and runs by name', () => {
    checkNames(MAIN, { 'hosts.yaml': HOSTS }, ['prod', 'vault'], ['x']);
    const more = including('../hosts.yaml', `policies:\n${policyLine('y')}`);
    checkNames(including('b/more.yaml'), { 'b/more.yaml': more, 'hosts.yaml': HOSTS }, ['prod', 'vault'], ['y']);
  });

  it('reads a file once that is included by two ways', () => {
    const files = {
      'b.yaml': including('hosts.yaml', `policies:\n${policyLine('b')}`),
      'c.yaml': including('./hosts.yaml', `policies:\n${policyLine('c')}`),
      'hosts.yaml': HOSTS,
    };
    checkNames(including('b.yaml, c.yaml, hosts.yaml, b.yaml'), files, ['prod', 'vault'], ['b', 'c']);
  });

  it('needs no section of its own but one', () => {
    checkNames('version: 1\ndefaults: { recursive: false }\n', {}, [], []);
    checkNames('version: 1\nhosts: {}\n', {}, [], []);
    checkProblems('version: 1\n', {}, 'version: the file has no `hosts`, no `policies`');
    checkProblems('version: 1\ninclude: x.yaml\n', {}, 'x.yaml: `include` must be a list of paths');
  });

  it('is complete downward: an included file does not see the hosts of what includes it', () => {
    const text = including('more.yaml', HOSTS.slice('version: 1\n'.length));
    const files = { 'more.yaml': `version: 1\npolicies:\n${policyLine('y')}` };
    checkProblems(
      text,
      files,
      'more.yaml: `more.yaml` has 2 problems, so nothing of it can be used: the first in line 3, there is no host `prod`',
    );
  });
});

const transportOf = (text: string, files: Files, name = 'x') => parse(text, files).file?.policies[name]?.transport;

describe('defaults of included files', () => {
  const LIMIT = {
    one: 'version: 1\ndefaults: { transport: { limit: 1MiB/s, route: relay } }\n',
    two: 'version: 1\ndefaults: { transport: { limit: 2MiB/s } }\n',
  };
  const FILES = { 'hosts.yaml': HOSTS, 'one.yaml': LIMIT.one, 'two.yaml': LIMIT.two };

  it('stand behind, the last file before the first, key by key', () => {
    const text = including('hosts.yaml, one.yaml, two.yaml', `policies:\n${policyLine('x')}`);
    assert.deepEqual(transportOf(text, FILES), { route: 'relay', limit: 2 * 2 ** 20 });
    const other = including('hosts.yaml, two.yaml, one.yaml', `policies:\n${policyLine('x')}`);
    assert.deepEqual(transportOf(other, FILES), { route: 'relay', limit: 2 ** 20 });
  });

  it('give way to those of the file, and these to the policy', () => {
    const own = 'defaults: { transport: { limit: 3MiB/s } }\n';
    const text = including('hosts.yaml, one.yaml', `${own}policies:\n${policyLine('x')}`);
    assert.deepEqual(transportOf(text, FILES), { route: 'relay', limit: 3 * 2 ** 20 });
    const said = including(
      'hosts.yaml, one.yaml',
      `${own}policies:\n${policyLine('x', ', transport: { limit: 4MiB/s }')}`,
    );
    assert.deepEqual(transportOf(said, FILES), { route: 'relay', limit: 4 * 2 ** 20 });
  });

  it('come from files that included files include, and reach no policy of another file', () => {
    const files = { ...FILES, 'site.yaml': including('one.yaml, hosts.yaml', `policies:\n${policyLine('y')}`) };
    const text = including('site.yaml', `defaults: { recursive: false }\npolicies:\n${policyLine('x')}`);
    assert.deepEqual(transportOf(text, files), { route: 'relay', limit: 2 ** 20 });
    const policies = parse(text, files).file?.policies;
    assert.deepEqual([policies?.['x']?.recursive, policies?.['y']?.recursive], [false, true]);
    assert.deepEqual(policies?.['y']?.transport, { route: 'relay', limit: 2 ** 20 });
  });

  it('that do not fit are told at the item, without a fix', () => {
    const text = including('hosts.yaml, mount.yaml', `policies:\n${policyLine('x')}`);
    const files = { 'hosts.yaml': HOSTS, 'mount.yaml': 'version: 1\ndefaults: { receive: { mount: true } }\n' };
    checkProblems(
      text,
      files,
      'mount.yaml: the defaults of `mount.yaml` do not fit the policy `x`: a vault is never mounted',
    );
    assert.deepEqual(parse(text, files).problems[0]?.fixes, []);
  });

  it('are no place for a fix, wherever the mistake is told', () => {
    const force = policyLine('x', ', receive: { force: rollback }');
    const text = including('hosts.yaml, replica.yaml', `policies:\n${force}`);
    const files = { 'hosts.yaml': HOSTS, 'replica.yaml': 'version: 1\ndefaults: { replica: false }\n' };
    const titles = parse(text, files).problems.flatMap(({ fixes }) => fixes.map(({ title }) => title));
    assert.deepEqual(titles, ['Change force to never']);
  });

  it('are named where a policy is spelled out', () => {
    const files = { ...FILES, 'b/site.yaml': including('../hosts.yaml, ../two.yaml', `policies:\n${policyLine('y')}`) };
    const text = including(
      'b/site.yaml, one.yaml',
      `defaults: { send: { intermediates: false } }\npolicies:\n${policyLine('x')}`,
    );
    const parsed = parse(text, files);
    const linesOf = (name: string) =>
      toYamlLines(spellOut(parsed, name).keys).filter((line) => /limit|route|intermediates|intent/.test(line));
    assert.deepEqual(linesOf('x'), [
      'intent: vault',
      '  intermediates: false # from defaults',
      '  route: relay # from defaults of one.yaml',
      '  limit: 1MiB/s # from defaults of one.yaml',
    ]);
    assert.deepEqual(linesOf('y'), [
      'intent: vault',
      '  intermediates: true # default',
      '  route: direct # default',
      '  limit: 2MiB/s # from defaults of two.yaml',
    ]);
    assert.deepEqual([spellOut(parsed, 'x').file, spellOut(parsed, 'y').file], [undefined, 'b/site.yaml']);
  });
});

const chain = (length: number) =>
  Object.fromEntries([
    ...Array.from({ length }, (_, index) => [`f${index}.yaml`, including(`f${index + 1}.yaml`)]),
    [`f${length}.yaml`, HOSTS],
  ]);

const names = (count: number) => Array.from({ length: count }, (_, index) => `g${index}.yaml`);
const wide = (count: number) => Object.fromEntries(names(count).map((name) => [name, 'version: 1\nhosts: {}\n']));

describe('an included file that cannot be used', () => {
  it('is told at its item, and nothing that it would bring is missed', () => {
    checkProblems(
      MAIN,
      { 'hosts.yaml': null },
      'hosts.yaml: `hosts.yaml` does not exist, and without it nothing can be planned: correct the path',
    );
    checkProblems(MAIN, {}, 'hosts.yaml: `hosts.yaml` is not known here');
    checkProblems(
      MAIN,
      { 'hosts.yaml': '' },
      'hosts.yaml: `hosts.yaml` has 1 problem, so nothing of it can be used: in line 1, the file is empty',
    );
    checkProblems(
      MAIN,
      { 'hosts.yaml': 'a: 1\n' },
      'hosts.yaml: `hosts.yaml` has 1 problem, so nothing of it can be used: in line 1, this is no policy file',
    );
    const broken = HOSTS.replaceAll('ssh', 'shh');
    checkProblems(
      MAIN,
      { 'hosts.yaml': broken },
      'hosts.yaml: `hosts.yaml` has 2 problems, so nothing of it can be used: the first in line 3, the host `prod` has no key `shh`',
    );
  });

  it('is told once, however many items lead to it', () => {
    const files = { 'b.yaml': including('hosts.yaml'), 'hosts.yaml': HOSTS.replaceAll('ssh', 'shh') };
    checkProblems(including('b.yaml, hosts.yaml, ./hosts.yaml'), files, 'hosts.yaml: `hosts.yaml` has 2 problems');
    const deep = { ...files, 'c.yaml': including('hosts.yaml, b.yaml') };
    checkProblems(including('b.yaml, c.yaml'), deep, 'b.yaml: `b.yaml` has 1 problem');
    checkProblems(including('b.yaml, c.yaml'), { ...deep, 'hosts.yaml': null }, 'b.yaml: `b.yaml` has 1 problem');
    const both = { ...deep, 'c.yaml': including('hosts.yaml', 'polices: {}\n') };
    checkProblems(
      including('b.yaml, c.yaml'),
      both,
      'c.yaml: `c.yaml` has 2 problems, so nothing of it can be used: the first in line 2, `hosts.yaml` has 2 problems',
    );
  });

  it('leaves unknown what its defaults may say', () => {
    const force = policyLine('x', ', receive: { force: rollback }');
    const text = including('hosts.yaml, defaults.yaml', `policies:\n${force}`);
    checkProblems(text, { 'hosts.yaml': HOSTS, 'defaults.yaml': null }, 'defaults.yaml: ');
    checkProblems(text, { 'hosts.yaml': HOSTS, 'defaults.yaml': 'version: 1\ndefaults: { replica: true }\n' });
    checkProblems(text, { 'hosts.yaml': HOSTS, 'defaults.yaml': 'version: 1\ndefaults: {}\n' }, 'rollback: ');
  });

  it('does not hide what is wrong in the file itself', () => {
    const text = including('hosts.yaml', `policies:\n${policyLine('x', ', recursve: true')}`);
    checkProblems(text, { 'hosts.yaml': null }, 'hosts.yaml: ', 'recursve: ');
    checkProblems(
      including('hosts.yaml', `policies:\n${policyLine('x').replace('prod:', 'prd:')}`),
      { 'hosts.yaml': HOSTS },
      'prd: there is no host `prd`',
    );
  });

  it('is never in a circle: the way is spelled out', () => {
    checkProblems(including('./rawsend.yaml'), {}, './rawsend.yaml: this is the file itself');
    const files = { 'b/b.yaml': including('c.yaml'), 'b/c.yaml': including('../rawsend.yaml') };
    checkProblems(
      including('b/b.yaml'),
      files,
      'b/b.yaml: `rawsend.yaml` → `b/b.yaml` → `b/c.yaml` → `rawsend.yaml` include each other in a circle',
    );
    const aside = { 'b.yaml': including('c.yaml'), 'c.yaml': including('b.yaml') };
    checkProblems(
      including('b.yaml'),
      aside,
      'b.yaml: `b.yaml` has 1 problem, so nothing of it can be used: in line 2, `b.yaml` → `c.yaml` → `b.yaml` include',
    );
  });

  it('may be one too many or too deep', () => {
    checkNames(including('f0.yaml'), chain(7), ['prod', 'vault'], []);
    checkProblems(including('f0.yaml'), chain(8), 'f0.yaml: `f0.yaml` leads to files that are more than 8 levels deep');
    checkNames(including(names(32).join(', ')), wide(32), [], []);
    checkProblems(including(names(35).join(', ')), wide(35), 'g32.yaml: `g32.yaml` leads to more than 32 files');
  });
});

describe('a name in two files', () => {
  it('is no override: it is told at the own entry, or at the later item', () => {
    const own = including('hosts.yaml', 'hosts: { vault: { ssh: other } }\n');
    checkProblems(
      own,
      { 'hosts.yaml': HOSTS },
      'vault: the host `vault` is in `hosts.yaml` too, and one name would mean two machines',
    );
    checkProblems(
      including('hosts.yaml, b/again.yaml'),
      { 'hosts.yaml': HOSTS, 'b/again.yaml': HOSTS },
      'b/again.yaml: `hosts.yaml` and `b/again.yaml` both have the host `prod`, `vault`',
    );
    const twice = including('hosts.yaml, more.yaml', 'hosts: { vault: { ssh: other } }\n');
    const more = including('hosts.yaml', `policies:\n${policyLine('y')}`);
    checkProblems(
      twice,
      { 'hosts.yaml': HOSTS, 'more.yaml': more },
      'vault: the host `vault` is in `hosts.yaml` too, and',
    );
    const policy = including('hosts.yaml, more.yaml', `policies:\n${policyLine('x')}`);
    checkProblems(
      policy,
      { 'hosts.yaml': HOSTS, 'more.yaml': including('hosts.yaml', `policies:\n${policyLine('x')}`) },
      'x: the policy `x` is in `more.yaml` too',
    );
  });

  it('is told with the file that has it, not with the one that brings it', () => {
    const files = { 'b.yaml': including('deep/hosts.yaml'), 'deep/hosts.yaml': HOSTS };
    checkProblems(
      including('b.yaml', 'hosts: { prod: { local: true } }\n'),
      files,
      'prod: the host `prod` is in `deep/hosts.yaml` too',
    );
  });
});

describe('policies of several files', () => {
  it('are read together: one target, one circle', () => {
    const text = including('b.yaml, hosts.yaml', `policies:\n${policyLine('x').replace('backup/x', 'backup/b')}`);
    const files = { 'b.yaml': including('hosts.yaml', `policies:\n${policyLine('b')}`), 'hosts.yaml': HOSTS };
    checkProblems(text, files, 'vault:backup/b: `backup/b` is the target of `b` too');
    const back = '  back: { intent: vault, source: vault:backup/b, target: prod:tank/b }\n';
    checkProblems(
      including('b.yaml, hosts.yaml', `policies:\n${back}`),
      files,
      'prod:tank/b: `b` → `back` replicate in a circle',
    );
  });
});
