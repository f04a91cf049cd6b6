import type { Rule } from '../define-rule';
import { blindRetry } from './blind-retry';
import { bootUnlock } from './boot-unlock';
import { changeKeyOnReplica } from './change-key-on-replica';
import { dedupDestination } from './dedup-destination';
import { destroyWithoutCheck } from './destroy-without-check';
import { encryptionRootSplit } from './encryption-root-split';
import { hostKeyOff } from './host-key-off';
import { incrementalUnheld } from './incremental-unheld';
import { invalidFlags } from './invalid-flags';
import { keyAutoload } from './key-autoload';
import { keyExposed } from './key-exposed';
import { layeredCompression } from './layered-compression';
import { layeredEncryption } from './layered-encryption';
import { localTimeName } from './local-time-name';
import { mixedRawChain } from './mixed-raw-chain';
import { noPipefail } from './no-pipefail';
import { plaintextTransport } from './plaintext-transport';
import { policyChain } from './policy-chain';
import { policyForce } from './policy-force';
import { policyInclude } from './policy-include';
import { policyLive } from './policy-live';
import { policyNames } from './policy-names';
import { policyReference } from './policy-reference';
import { policySchema } from './policy-schema';
import { policySecret } from './policy-secret';
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
import { snapshotListUnsorted } from './snapshot-list-unsorted';
import { snapshotOnReplica } from './snapshot-on-replica';
import { syncoidForce } from './syncoid-force';
import { syncoidMounts } from './syncoid-mounts';
import { syncoidNotRaw } from './syncoid-not-raw';
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
  bootUnlock,
  keyExposed,
  changeKeyOnReplica,
  encryptionRootSplit,
  blindRetry,
  skipMissing,
  snapshotOnReplica,
  noPipefail,
  destroyWithoutCheck,
  incrementalUnheld,
  snapshotListUnsorted,
  localTimeName,
  invalidFlags,
  tokenMisuse,
  tokenNotRaw,
  hostKeyOff,
  plaintextTransport,
  layeredCompression,
  layeredEncryption,
  dedupDestination,
  versionHazard,
  syncoidNotRaw,
  syncoidMounts,
  syncoidForce,
  unusedSuppression,
  policySyntax,
  policySchema,
  policyReference,
  policyNames,
  policyInclude,
  policyVault,
  policyForce,
  policyChain,
  policySecret,
  policyLive,
];
