// SPDX-License-Identifier: MIT

/**
 * An RFC 9162 Merkle log as plain functions: hash, append, prove, sign, audit. Pure: storage is the caller's.
 *
 * @packageDocumentation
 */
export {
  BUNDLE_FORMAT,
  type BundleEntry,
  type BundleFinding,
  type BundleReport,
  type EntriesBundle,
  type LedgerBundle,
  type LogBundle,
  MAX_BUNDLE_BYTES,
  MAX_BUNDLE_ENTRIES,
  MAX_PROOF_HASHES,
  type ProvenEntry,
} from "./bundle.ts";
export { type BundleTrust, verifyBundle } from "./bundle-verifier.ts";
export { canonicalise, canonicalJson, type Json, MAX_JSON_DEPTH } from "./canonical-json.ts";
export {
  type Checkpoint,
  type CheckpointNote,
  checkpointText,
  logNoteKey,
  logOrigin,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "./checkpoint.ts";
export { checkCosignature, cosign } from "./cosignature.ts";
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
export type {
  EntryFinding,
  EntryRange,
  HeadFinding,
  LogFinding,
  RangeFinding,
  TileFinding,
} from "./log-finding.ts";
export {
  checkNote,
  formatNote,
  formatSignature,
  formatVerifierKey,
  MAX_NOTE_LENGTH,
  type Note,
  type NoteKey,
  type NoteSignature,
  noteKey,
  parseNote,
  parseSignature,
  parseVerifierKey,
  type SignatureType,
  signNote,
} from "./note.ts";
export { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from "./proof.ts";
export {
  entriesPath,
  hashesOfTile,
  MAX_ENTRY_BYTES,
  packEntries,
  parseTilePath,
  TILE_HEIGHT,
  TILE_WIDTH,
  type TileId,
  tilePath,
  tilesOf,
  tileWidth,
  unpackEntries,
} from "./tile.ts";
export { expandTile, type FullTile, nodeOffset, TILE_NODES, TileEdge } from "./tile-edge.ts";
export {
  type NodesOfTile,
  type ProofPlan,
  planConsistency,
  planInclusion,
  planRoot,
  proofFromTiles,
} from "./tile-proof.ts";
export { consistencyProof, inclusionProof, treeRoot } from "./tree.ts";
export { continueLog } from "./witness.ts";
