// SPDX-License-Identifier: MIT
import { createPublicKey, type KeyObject } from "node:crypto";
import type {
  BundleFinding,
  BundleReport,
  EntriesBundle,
  LedgerBundle,
  LogBundle,
  ProvenEntry,
} from "./bundle.ts";
import { readBundle } from "./bundle-reader.ts";
import { type CheckpointNote, logNoteKey, openCheckpoint } from "./checkpoint.ts";
import { checkCosignature } from "./cosignature.ts";
import { hashFromHex, leafHash, sameHash, toHex } from "./hash.ts";
import { verifyLog } from "./log-audit.ts";
import type { NoteKey } from "./note.ts";
import { verifyConsistency, verifyInclusion } from "./proof.ts";

/** Whom the verifier trusts. */
export interface BundleTrust {
  /** The log's key; `null` takes the bundle's own, which shows damage but not forgery. */
  readonly publicKey: KeyObject | null;
  /** Witnesses of which each must have co-signed. */
  readonly witnesses: readonly NoteKey[];
}

/**
 * Verifies a bundle: nothing is needed but its content and the keys.
 *
 * Every entry that is not what the log's checkpoint covers is named by its index, and every proof that does not hold by
 * its place. It never stops at the first finding, except where the rest hangs on it.
 *
 * @param value - What the file says, parsed.
 */
export function verifyBundle(value: unknown, { publicKey, witnesses }: BundleTrust): BundleReport {
  const read = readBundle(value);
  if ("malformed" in read) return refused(read.malformed);
  const { bundle } = read;
  const key = publicKey ?? ownKey(bundle);
  if (key === null) {
    return refused({ code: "bad-key", message: "The bundle's public key is none.", place: "/publicKey" });
  }
  const opened = openCheckpoint(bundle.checkpoint, logNoteKey(key));
  if (!opened.ok) {
    const { code, message } = opened.error;
    return refused({ code, message, place: "/checkpoint" }, bundle);
  }
  const checkpoint = opened.value;
  const findings =
    bundle.kind === "log" ? logFindings(bundle, checkpoint, key) : entryFindings(bundle, checkpoint);
  const cosigned = [checkpoint];
  const earlier = bundle.cosigned === null ? null : earlierCheckpoint(bundle.cosigned, checkpoint, key);
  if (earlier !== null) {
    if ("finding" in earlier) findings.push(earlier.finding);
    else cosigned.push(earlier.checkpoint);
  }
  const cosignatures: BundleReport["cosignatures"][number][] = [];
  for (const witness of witnesses) {
    const found = cosigned.flatMap(({ size, note }) =>
      note.signatures.flatMap(line => {
        const checked = checkCosignature(note.text, line, witness);
        return checked.ok ? [{ witness: witness.name, size, atMs: checked.value }] : [];
      }),
    );
    if (found.length > 0) cosignatures.push(found[0]!);
    else {
      const message = `${witness.name} has co-signed none of the checkpoints.`;
      findings.push({ code: "cosignature-missing", message, place: "/checkpoint" });
    }
  }
  return {
    ok: findings.length === 0,
    kind: bundle.kind,
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: toHex(checkpoint.root),
    entryCount: bundle.entries.length,
    cosignatures,
    findings,
  };
}

function refused(finding: BundleFinding, bundle?: LedgerBundle): BundleReport {
  return {
    ok: false,
    kind: bundle?.kind ?? "entries",
    origin: "",
    size: 0,
    root: "",
    entryCount: bundle?.entries.length ?? 0,
    cosignatures: [],
    findings: [finding],
  };
}

function ownKey({ publicKey }: LedgerBundle): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}

/** A log is audited whole, and its last head must be the checkpoint's. */
function logFindings(bundle: LogBundle, { size, root }: CheckpointNote, key: KeyObject): BundleFinding[] {
  const report = verifyLog(
    bundle.entries.map(({ index, body, leafHash: stored }) => ({
      index,
      bytes: Buffer.from(body, "utf8"),
      leafHash: hashFromHex(stored)!,
    })),
    bundle.heads,
    key,
  );
  const findings = report.findings.map((finding): BundleFinding => {
    const { code, message } = finding;
    if ("index" in finding) {
      const at = bundle.entries.findIndex(entry => entry.index === finding.index);
      return { code, message, place: `/entries/${at}`, index: finding.index };
    }
    const place = "headIndex" in finding ? `/heads/${finding.headIndex}` : "/entries";
    return "firstIndex" in finding
      ? { code, message, place, index: finding.firstIndex }
      : { code, message, place };
  });
  const last = bundle.heads.at(-1);
  if ((last?.size ?? 0) !== size || (last !== undefined && last.root !== toHex(root))) {
    const message = `The checkpoint is over ${size} entries, and the last head is not the same tree.`;
    findings.push({ code: "checkpoint-mismatch", message, place: "/checkpoint" });
  }
  return findings;
}

/** Entries are proven one by one. */
function entryFindings(bundle: EntriesBundle, checkpoint: CheckpointNote): BundleFinding[] {
  const findings: BundleFinding[] = [];
  let previous = -1;
  for (const [i, entry] of bundle.entries.entries()) {
    const place = `/entries/${i}`;
    const { index } = entry;
    if (index <= previous) {
      const message = `Entry ${index} stands behind entry ${previous}.`;
      findings.push({ code: "entry-out-of-order", message, place, index });
    }
    previous = Math.max(previous, index);
    const wrong = entryFinding(entry, checkpoint, place);
    if (wrong !== null) findings.push(wrong);
  }
  return findings;
}

function entryFinding(
  { index, body, leafHash: storedHex, proof }: ProvenEntry,
  { size, root }: CheckpointNote,
  place: string,
): BundleFinding | null {
  const stored = hashFromHex(storedHex)!;
  const computed = leafHash(Buffer.from(body, "utf8"));
  const path = proof.map(hash => hashFromHex(hash)!);
  const holds = (leaf: Uint8Array): boolean =>
    verifyInclusion({ leafHash: leaf, index, size, proof: path, root });
  if (sameHash(stored, computed)) {
    if (holds(computed)) return null;
    const message = `The proof of entry ${index} does not lead to the checkpoint's root: entry, index or proof was altered.`;
    return { code: "proof-invalid", message, place: `${place}/proof`, index };
  }
  if (holds(stored)) {
    const message = `The bytes of entry ${index} are not those in the log.`;
    return { code: "entry-bytes-altered", message, place: `${place}/body`, index };
  }
  if (holds(computed)) {
    const message = `The hash written beside entry ${index} is not the one in the log.`;
    return { code: "entry-hash-altered", message, place: `${place}/leafHash`, index };
  }
  const message = `Entry ${index}, its hash and its proof do not belong together.`;
  return { code: "proof-invalid", message, place, index };
}

function earlierCheckpoint(
  { checkpoint: note, consistency }: NonNullable<LedgerBundle["cosigned"]>,
  newest: CheckpointNote,
  key: KeyObject,
): { finding: BundleFinding } | { checkpoint: CheckpointNote } {
  const opened = openCheckpoint(note, logNoteKey(key));
  if (!opened.ok) {
    const { code, message } = opened.error;
    return { finding: { code, message, place: "/cosigned/checkpoint" } };
  }
  const { size: oldSize, root: oldRoot } = opened.value;
  const proof = consistency.map(hash => hashFromHex(hash)!);
  if (verifyConsistency({ oldSize, oldRoot, newSize: newest.size, newRoot: newest.root, proof })) {
    return { checkpoint: opened.value };
  }
  const message = `The cosigned ${oldSize} entries are not shown to be the first of the checkpoint's ${newest.size}.`;
  return { finding: { code: "consistency-invalid", message, place: "/cosigned/consistency" } };
}
