import type { Rule } from '../define-rule';
import { hostKeyOff } from './host-key-off';
import { keyAutoload } from './key-autoload';
import { noPipefail } from './no-pipefail';
import { policyForce } from './policy-force';
import { policyReference } from './policy-reference';
import { policySchema } from './policy-schema';
import { policySyntax } from './policy-syntax';
import { policyVault } from './policy-vault';
import { receiveForce } from './receive-force';
import { receiveMounts } from './receive-mounts';
import { sendNotRaw } from './send-not-raw';
import { unusedSuppression } from './unused-suppression';

/** Every rule, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  sendNotRaw,
  receiveMounts,
  receiveForce,
  keyAutoload,
  noPipefail,
  hostKeyOff,
  unusedSuppression,
  policySyntax,
  policySchema,
  policyReference,
  policyVault,
  policyForce,
];
