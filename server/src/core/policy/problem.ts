import type { Span } from '../text/span';
import type { Extras, Problem } from '../yaml/problem';
import * as yaml from '../yaml/problem';

/** The rules whose findings are made while a policy file is read: each of them keeps the file from being used. */
export type PolicyRuleId =
  | 'policy-syntax'
  | 'policy-schema'
  | 'policy-names'
  | 'policy-include'
  | 'policy-reference'
  | 'policy-vault'
  | 'policy-force';

/** A mistake in a policy file. */
export interface PolicyProblem extends Problem {
  readonly rule: PolicyRuleId;
}

export const problem = (rule: PolicyRuleId, span: Span, message: string, extras?: Extras): PolicyProblem => ({
  rule,
  ...yaml.problem(span, message, extras),
});
