import type { Rule } from '../define-rule';
import { blindRetry } from './blind-retry';
import { encryptionRootSplit } from './encryption-root-split';
import { invalidFlags } from './invalid-flags';
import { keyAutoload } from './key-autoload';
import { mixedRawChain } from './mixed-raw-chain';
import { noPipefail } from './no-pipefail';
import { policyForce } from './policy-force';
import { policyReference } from './policy-reference';
import { policySchema } from './policy-schema';
import { policySyntax } from './policy-syntax';
import { policyVault } from './policy-vault';
import { receiveForce } from './receive-force';
import { receiveKeyOverride } from './receive-key-override';
import { receiveMountpointTravels } from './receive-mountpoint-travels';
import { receiveMounts } from './receive-mounts';
import { receiveNotResumable } from './receive-not-resumable';
import { receivePoolRoot } from './receive-pool-root';
import { sendNotRaw } from './send-not-raw';
import { skipMissing } from './skip-missing';
import { tokenMisuse } from './token-misuse';
import { tokenNotRaw } from './token-not-raw';
import { unusedSuppression } from './unused-suppression';
import { versionHazard } from './version-hazard';

/** Every rule, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  sendNotRaw,
  mixedRawChain,
  receiveMounts,
  receiveForce,
  receiveNotResumable,
  receivePoolRoot,
  receiveKeyOverride,
  receiveMountpointTravels,
  keyAutoload,
  encryptionRootSplit,
  blindRetry,
  skipMissing,
  noPipefail,
  invalidFlags,
  tokenMisuse,
  tokenNotRaw,
  versionHazard,
  unusedSuppression,
  policySyntax,
  policySchema,
  policyReference,
  policyVault,
  policyForce,
];
