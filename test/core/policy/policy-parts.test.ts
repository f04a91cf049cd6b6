import assert from 'node:assert/strict';
import type { ParsedPolicy } from '../../../server/src/core/policy/parse-policy';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { distinctParts, originOf, ownParts } from '../../../server/src/core/policy/policy-parts';
import { HOSTS, PLACE, includedFrom, including, policyLine } from './include-text';

const parse = (text: string, files: Readonly<Record<string, string>>) => parsePolicy(text, includedFrom(files));

const MAIN = including('hosts.yaml', `policies:\n${policyLine('x')}`);

const distinct = (...files: readonly ParsedPolicy[]) =>
  distinctParts(files).map(({ names }) => [[...names.hosts], [...names.policies]]);

describe('the parts of a policy file', () => {
  it('are known by the file that each stands in', () => {
    const files = { 'b/more.yaml': including('../hosts.yaml', `policies:\n${policyLine('y')}`), 'hosts.yaml': HOSTS };
    const parsed = parse(including('b/more.yaml'), files);
    assert.equal(originOf(parsed, 'policies', 'y'), '/w/a/b/more.yaml');
    assert.equal(originOf(parsed, 'hosts', 'vault'), '/w/a/hosts.yaml');
    assert.equal(originOf(parse(MAIN, files), 'policies', 'x'), PLACE);
  });

  it('are told once beside others', () => {
    const files = {
      'b.rawsend.yaml': including('hosts.yaml, c.yaml', `policies:\n${policyLine('b')}`),
      'c.yaml': including('hosts.yaml', `policies:\n${policyLine('c')}`),
      'hosts.yaml': HOSTS,
    };
    const main = parse(including('b.rawsend.yaml', ''), files);
    const named = parsePolicy(files['b.rawsend.yaml'], { ...includedFrom(files), path: '/w/a/b.rawsend.yaml' });
    const parts = [...ownParts(main, named)].map(([path, part]) => [
      path.slice('/w/a/'.length),
      ...Object.keys(part.policies),
    ]);
    assert.deepEqual(parts, [['rawsend.yaml'], ['b.rawsend.yaml', 'b'], ['hosts.yaml'], ['c.yaml', 'c']]);
    assert.deepEqual(distinct(main, named), [
      [['prod', 'vault'], ['c']],
      [[], ['b']],
    ]);
    assert.deepEqual(distinct(main), [
      [
        ['prod', 'vault'],
        ['b', 'c'],
      ],
    ]);
  });
});
