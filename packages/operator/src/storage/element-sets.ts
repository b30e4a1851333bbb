// SPDX-License-Identifier: MIT
import type { Constellation } from "../constellation.ts";
import type { Queryable } from "./database.ts";

/** Elements as they were loaded, byte for byte. */
export interface StoredElements {
  readonly checksum: string;
  readonly source: string;
  readonly body: string;
  readonly loadedAtMs: number;
}

/** Keeps a loaded set; loading the same bytes again only moves its date. */
export async function storeElements(
  tx: Queryable,
  { checksum, source, loadedAtMs }: Constellation,
  body: string,
  ledgerIndex: number,
): Promise<void> {
  const values = { checksum, source, body, loaded_at_ms: loadedAtMs, ledger_index: ledgerIndex };
  await tx
    .insertInto("element_set")
    .values(values)
    .onConflict(conflict => conflict.column("checksum").doUpdateSet({ source, loaded_at_ms: loadedAtMs }))
    .execute();
}

/** The set that was loaded last, or `null` while only the built-in one exists. */
export async function newestElements(db: Queryable): Promise<StoredElements | null> {
  const row = await db
    .selectFrom("element_set")
    .selectAll()
    .orderBy("loaded_at_ms", "desc")
    .limit(1)
    .executeTakeFirst();
  return row
    ? { checksum: row.checksum, source: row.source, body: row.body, loadedAtMs: row.loaded_at_ms }
    : null;
}
