// SPDX-License-Identifier: MIT
import { type Change, keptRequest } from "@perigee/authority";
import { canonicalJson, type Json } from "@perigee/ledger";
import { sql } from "kysely";
import type { Queryable } from "./database.ts";

/**
 * Erases what earlier versions of records and the requests that led to them say, in the transaction that makes the
 * erasure. The log stays as it is: it holds hashes of what remains.
 *
 * @param changes - Records as they are without the personal data: every earlier version says no more than they do.
 */
export async function eraseHistory(tx: Queryable, changes: readonly Change[]): Promise<void> {
  for (const { kind, id, document } of changes) {
    if (document === null) continue;
    await tx
      .updateTable("record")
      .set({ document: JSON.stringify(document) })
      .where("kind", "=", kind)
      .where("id", "=", id)
      .execute();
    await keepLessOf(tx, id);
  }
}

/** Requests that name a record keep what may be kept under their hash. */
async function keepLessOf(tx: Queryable, id: string): Promise<void> {
  const rows = await tx
    .selectFrom("command_request")
    .selectAll()
    .where(sql<boolean>`position(${JSON.stringify(id)} in body) > 0`)
    .execute();
  for (const { hash, body } of rows) {
    const kept = canonicalJson(keptRequest(JSON.parse(body)) as Json);
    if (kept !== body) {
      await tx.updateTable("command_request").set({ body: kept }).where("hash", "=", hash).execute();
    }
  }
}
