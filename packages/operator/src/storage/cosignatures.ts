// SPDX-License-Identifier: MIT
import {
  checkCosignature,
  checkHead,
  checkpointText,
  formatSignature,
  hashFromHex,
  logOrigin,
  type NoteKey,
  type NoteSignature,
  parseSignature,
  type SignedHead,
  signCheckpoint,
} from "@perigee/ledger";
import type { Queryable } from "./database.ts";
import type { SigningKey } from "./keys.ts";
import { headOfSize, newestHead } from "./ledger-store.ts";

/** How far a witness's clock may be ahead, in milliseconds. */
const MOST_AHEAD_MS = 5 * 60_000;

/** Why a cosignature was not taken. */
export interface CosignatureError {
  readonly code: "WITNESS_UNKNOWN" | "COSIGNATURE_INVALID" | "OUTSIDE_THE_LOG";
  readonly message: string;
  readonly place: string;
}

/** The newest that a witness signed. */
export interface WitnessState {
  readonly witness: string;
  readonly size: number;
  readonly atMs: number;
}

/** The newest checkpoint with its cosignatures; `null` while the log is empty. */
export async function newestCheckpoint(db: Queryable, key: SigningKey): Promise<string | null> {
  const head = await newestHead(db);
  return head === null ? null : await checkpointOf(db, key, head);
}

/** The newest checkpoint that at least one witness signed, and its size; `null` where none did. */
export async function newestCosigned(
  db: Queryable,
  key: SigningKey,
): Promise<{ size: number; checkpoint: string } | null> {
  const row = await db
    .selectFrom("cosignature")
    .select(eb => eb.fn.max("size").as("size"))
    .executeTakeFirst();
  const head = row?.size == null ? null : await headOfSize(db, row.size);
  return head === null ? null : { size: head.size, checkpoint: await checkpointOf(db, key, head) };
}

/**
 * A head as a checkpoint.
 *
 * @throws Error when the stored head is not one that this log signed: a checkpoint would vouch for what somebody else
 *   wrote into the database.
 */
async function checkpointOf(db: Queryable, key: SigningKey, head: SignedHead): Promise<string> {
  const checked = checkHead(head, key.publicKey);
  if (!checked.ok)
    throw new Error(`the ledger's head of size ${head.size} is damaged: ${checked.error.message}`);
  const rows = await db
    .selectFrom("cosignature")
    .select("line")
    .where("size", "=", head.size)
    .orderBy("witness")
    .execute();
  const lines = rows.map(row => parseSignature(row.line)).flatMap(line => (line.ok ? [line.value] : []));
  return signCheckpoint(contentOf(key, head), key.privateKey, lines);
}

/**
 * Takes a witness's cosignature of a checkpoint.
 *
 * @param size - The checkpoint's size.
 * @param line - The signature line of the cosigned note.
 * @param witnesses - Whose cosignatures are taken.
 */
export async function addCosignature(
  db: Queryable,
  key: SigningKey,
  { size, line }: { readonly size: number; readonly line: string },
  witnesses: readonly NoteKey[],
  nowMs: number,
): Promise<{ ok: true; value: WitnessState } | { ok: false; error: CosignatureError }> {
  const signature = parseSignature(line);
  if (!signature.ok) return refuse("COSIGNATURE_INVALID", "line", signature.error.message);
  const witness = witnessOf(signature.value, witnesses);
  if (witness === undefined) {
    const message = `${signature.value.name} is none of this log's witnesses.`;
    return refuse("WITNESS_UNKNOWN", "line", message);
  }
  const head = await headOfSize(db, size);
  if (head === null) return refuse("OUTSIDE_THE_LOG", "size", `No head was signed over ${size} entries.`);
  const checked = checkCosignature(checkpointText(contentOf(key, head)), signature.value, witness);
  if (!checked.ok) return refuse("COSIGNATURE_INVALID", "line", checked.error.message);
  if (checked.value > nowMs + MOST_AHEAD_MS) {
    return refuse("COSIGNATURE_INVALID", "line", `The cosignature of ${witness.name} is from the future.`);
  }
  const values = {
    size,
    witness: witness.name,
    at_ms: checked.value,
    line: formatSignature(signature.value),
  };
  await db
    .insertInto("cosignature")
    .values(values)
    .onConflict(conflict =>
      conflict
        .columns(["size", "witness"])
        .doUpdateSet({ at_ms: values.at_ms, line: values.line })
        // A repeated answer of before must not make the witness look older than it is.
        .where("cosignature.at_ms", "<", values.at_ms),
    )
    .execute();
  return { ok: true, value: { witness: witness.name, size, atMs: checked.value } };
}

/** How far each witness has followed the log. */
export async function witnessStates(db: Queryable): Promise<WitnessState[]> {
  const rows = await db
    .selectFrom("cosignature")
    .select(["witness", "size", "at_ms"])
    .distinctOn("witness")
    .orderBy("witness")
    .orderBy("size", "desc")
    .execute();
  return rows.map(row => ({ witness: row.witness, size: row.size, atMs: row.at_ms }));
}

const witnessOf = (line: NoteSignature, witnesses: readonly NoteKey[]): NoteKey | undefined =>
  witnesses.find(w => w.name === line.name && w.keyId === line.keyId);

const contentOf = (key: SigningKey, { size, root }: SignedHead) => ({
  origin: logOrigin(key.publicKey),
  size,
  root: hashFromHex(root)!,
});

const refuse = (
  code: CosignatureError["code"],
  place: string,
  message: string,
): { ok: false; error: CosignatureError } => ({ ok: false, error: { code, message, place } });
