// SPDX-License-Identifier: MIT

/**
 * An RFC 9162 Merkle log as plain functions: hash, append, prove, sign, audit. Pure: storage is the caller's.
 *
 * @packageDocumentation
 */
export { canonicalise, canonicalJson, type Json, MAX_JSON_DEPTH } from "./canonical-json.ts";
export { Frontier, type FrontierJson } from "./frontier.ts";
export { emptyRoot, HASH_BYTES, hashFromHex, leafHash, nodeHash, sameHash, toHex } from "./hash.ts";
export { checkHead, type SignedHead, signHead, type TreeHead, verifyHead } from "./head.ts";
export {
  exportPrivatePem,
  exportPublicPem,
  generateLedgerKey,
  importPrivatePem,
  importPublicPem,
  keyIdOf,
  type LedgerKey,
} from "./key.ts";
export type { LedgerError, Result } from "./ledger-error.ts";
export { LogAudit, type LogEntry, type LogReport, MAX_FINDINGS, verifyLog } from "./log-audit.ts";
export type { EntryFinding, EntryRange, HeadFinding, LogFinding, RangeFinding } from "./log-finding.ts";
export { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from "./proof.ts";
export { consistencyProof, inclusionProof, treeRoot } from "./tree.ts";
