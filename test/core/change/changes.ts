import type { PolicyChange } from '../../../server/src/core/change/compare-policies';
import { describeChange } from '../../../server/src/core/change/compare-policies';
import { matchPolicies } from '../../../server/src/core/change/match-policies';
import { foreseePlan } from '../../../server/src/core/foresee/foresee-plan';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { PolicyFile } from '../../../server/src/core/policy/policy';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { inventories } from '../plan/notation';
import type { PlanCase } from '../plan/notation';

export const NOW = '2026-11-23T05:00:00.000Z';

const MINIMAL: Readonly<Record<string, string>> = {
  intent: 'vault',
  source: 'prod:tank/src',
  target: 'vault:backup/dst',
};

export interface Written {
  /** The policy's lines, each in place of the one of that key. */
  readonly policy?: string;
  readonly name?: string;
  readonly prod?: string;
  readonly vault?: string;
  /** Lines below `policies`, of other policies. */
  readonly others?: string;
}

export function fileOf({
  policy = '',
  name = 'p',
  prod = 'ssh: root@source',
  vault = 'ssh: root@dest',
  others = '',
}: Written): PolicyFile {
  const lines = policy.split('\n').filter((line) => line !== '');
  const own = new Set(lines.map((line) => line.split(':')[0]));
  const rest = Object.entries(MINIMAL).filter(([key]) => !own.has(key));
  const body = [...rest.map((entry) => entry.join(': ')), ...lines].map((line) => `    ${line}\n`).join('');
  const text = `version: 1\nhosts: { prod: { ${prod} }, vault: { ${vault} } }\npolicies:\n  ${name}:\n${body}${others}`;
  const { file, problems } = parsePolicy(text);
  if (file === undefined) throw new Error(JSON.stringify(problems));
  return file;
}

/** Read three hours before. */
export function read({ src, dst }: Pick<PlanCase, 'src' | 'dst'>): readonly Inventory[] {
  const known = inventories({ src, ...(dst === undefined ? {} : { dst }) });
  const pools = [{ name: 'backup', guid: '1', health: 'ONLINE', size: 2 ** 40, free: 2 ** 39 }];
  return [known['prod'], known['vault']].flatMap((one) =>
    one === undefined ? [] : { ...one, ...(one.host === 'vault' ? { pools } : {}) },
  );
}

/** All that changes. */
export const changesOf = (before: Written, after: Written, known: readonly Inventory[] = []): readonly PolicyChange[] =>
  matchPolicies(fileOf(before), fileOf(after))
    .filter(({ kind }) => kind !== 'unchanged')
    .map((match) => describeChange(match, { inventories: known, now: NOW, foresee: foreseePlan }));

export function changeOf(before: Written, after: Written, known?: readonly Inventory[]): PolicyChange {
  const [change, ...more] = changesOf(before, after, known);
  if (change === undefined || more.length > 0) throw new Error(`${more.length === 0 ? 'no' : 'more than one'} change`);
  return change;
}
