import type { Rule } from '../define-rule';
import { bootUnlock } from './boot-unlock';
import { changeKeyOnReplica } from './change-key-on-replica';
import { dedupDestination } from './dedup-destination';
import { destroyWithoutCheck } from './destroy-without-check';
import { hostKeyOff } from './host-key-off';
import { incrementalUnheld } from './incremental-unheld';
import { keyAutoload } from './key-autoload';
import { keyExposed } from './key-exposed';
import { localTimeName } from './local-time-name';
import { noPipefail } from './no-pipefail';
import { policyForce } from './policy-force';
import { policyReference } from './policy-reference';
import { policySchema } from './policy-schema';
import { policySyntax } from './policy-syntax';
import { policyVault } from './policy-vault';
import { receiveForce } from './receive-force';
import { receiveMounts } from './receive-mounts';
import { sendNotRaw } from './send-not-raw';
import { snapshotListUnsorted } from './snapshot-list-unsorted';
import { snapshotOnReplica } from './snapshot-on-replica';
import { syncoidForce } from './syncoid-force';
import { syncoidMounts } from './syncoid-mounts';
import { syncoidNotRaw } from './syncoid-not-raw';
import { unusedSuppression } from './unused-suppression';

/** Every rule, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  sendNotRaw,
  receiveMounts,
  receiveForce,
  keyAutoload,
  bootUnlock,
  keyExposed,
  changeKeyOnReplica,
  snapshotOnReplica,
  noPipefail,
  destroyWithoutCheck,
  incrementalUnheld,
  snapshotListUnsorted,
  localTimeName,
  hostKeyOff,
  dedupDestination,
  syncoidNotRaw,
  syncoidMounts,
  syncoidForce,
  unusedSuppression,
  policySyntax,
  policySchema,
  policyReference,
  policyVault,
  policyForce,
];
