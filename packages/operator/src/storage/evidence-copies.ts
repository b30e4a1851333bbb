// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import type { Via } from "../access/location-reads.ts";
import type { Queryable } from "./database.ts";

/** What became of a read: the bytes were handed out, or were no longer those of the record and withheld. */
export type ReadOutcome = "given" | "damaged";

/** One read of an evidentiary copy. */
export interface EvidenceRead {
  readonly evidenceId: string;
  readonly personId: string;
  readonly via: Via;
  /** UTC ms. */
  readonly atMs: number;
  /** Why, where the reader said. */
  readonly why: string | null;
  readonly outcome: ReadOutcome;
}

export interface EvidenceReadQuery {
  readonly evidenceId?: string | undefined;
  readonly personId?: string | undefined;
  /** Rows before this one, newest first: the next page. */
  readonly beforeRow?: number | undefined;
  readonly limit: number;
}

/** SHA-256, lower-case hexadecimal. */
export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Keeps bytes under their own hash, for good. Bytes that are kept already stay as they are. */
export async function keepCopy(tx: Queryable, bytes: Uint8Array, atMs: number): Promise<void> {
  await tx
    .insertInto("evidence_copy")
    .values({ sha256: sha256Of(bytes), bytes, stored_at_ms: atMs })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

/** The bytes kept under a hash, with whether they still have it; `null` where none are. */
export async function readCopy(
  db: Queryable,
  sha256: string,
): Promise<{ readonly bytes: Uint8Array; readonly intact: boolean } | null> {
  const found = await db
    .selectFrom("evidence_copy")
    .select("bytes")
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  return found === undefined ? null : { bytes: found.bytes, intact: sha256Of(found.bytes) === sha256 };
}

/** Puts a read on record: a row each, and the bytes may leave once this resolves. */
export async function noteEvidenceRead(db: Queryable, read: EvidenceRead): Promise<void> {
  await db
    .insertInto("evidence_read")
    .values({
      evidence_id: read.evidenceId,
      person_id: read.personId,
      via: read.via,
      at_ms: read.atMs,
      why: read.why,
      outcome: read.outcome,
    })
    .execute();
}

/** Whether a read has already found the copy damaged: the ledger says so once. */
export async function isKnownDamaged(db: Queryable, evidenceId: string): Promise<boolean> {
  const found = await db
    .selectFrom("evidence_read")
    .select("row")
    .where("evidence_id", "=", evidenceId)
    .where("outcome", "=", "damaged" satisfies ReadOutcome)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Who read what, newest first. */
export async function listEvidenceReads(
  db: Queryable,
  { evidenceId, personId, beforeRow, limit }: EvidenceReadQuery,
): Promise<(EvidenceRead & { readonly row: number })[]> {
  let query = db.selectFrom("evidence_read").selectAll().orderBy("row", "desc").limit(limit);
  if (evidenceId !== undefined) query = query.where("evidence_id", "=", evidenceId);
  if (personId !== undefined) query = query.where("person_id", "=", personId);
  if (beforeRow !== undefined) query = query.where("row", "<", beforeRow);
  return (await query.execute()).map(row => ({
    row: row.row,
    evidenceId: row.evidence_id,
    personId: row.person_id,
    via: row.via as Via,
    atMs: row.at_ms,
    why: row.why,
    outcome: row.outcome as ReadOutcome,
  }));
}
