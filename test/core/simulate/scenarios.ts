import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { Policy } from '../../../server/src/core/policy/policy';
import { parseOutage } from '../../../server/src/core/simulate/outage';
import type { Outage } from '../../../server/src/core/simulate/outage';
import type { Scenario } from '../../../server/src/core/simulate/scenario';

export const RETENTION =
  '    retention: { source: { keep: { hourly: 12, daily: 4 } }, target: { keep: { daily: 30 } } }\n';

/** `more` is YAML that is added to the policy, indented by four. */
export function policyWith(more = RETENTION): Policy {
  const { file, problems } = parsePolicy(`version: 1
hosts:
  prod: { ssh: root@source }
  vault: { ssh: root@dest }
policies:
  p:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
${more}`);
  const policy = file?.policies['p'];
  if (policy === undefined) throw new Error(JSON.stringify(problems));
  return policy;
}

export function outage(text: string): Outage {
  const parsed = parseOutage(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

/** Ten days with a run every four hours; a bytes count for every second is easy to multiply. */
export const scenario = (more: Partial<Scenario> = {}): Scenario => ({
  policy: policyWith(),
  start: Date.UTC(2026, 10, 23) / 1000,
  days: 10,
  every: 4 * 3600,
  churn: 1024,
  outages: [],
  placesHolds: true,
  keepsBookmark: false,
  ...more,
});
