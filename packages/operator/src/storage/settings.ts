// SPDX-License-Identifier: MIT
import type { Queryable } from "./database.ts";

/** A fact about the data directory itself; `null` when it was never written. */
export async function readSetting(db: Queryable, key: string): Promise<string | null> {
  const row = await db.selectFrom("setting").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value ?? null;
}

/** Writes a fact that was not there before. */
export async function writeSetting(db: Queryable, key: string, value: string): Promise<void> {
  await db.insertInto("setting").values({ key, value }).execute();
}
