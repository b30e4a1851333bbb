// SPDX-License-Identifier: MIT
import type { Queryable } from "./database.ts";

/** What a data directory was filled from, and when. */
export interface Origin {
  readonly title: string;
  readonly policyVersion: string;
  /** UTC milliseconds that the scenario's seconds count from. */
  readonly startMs: number;
}

const KEY = "origin";

/** What the directory was filled from; `null` while it is empty. */
export async function readOrigin(db: Queryable): Promise<Origin | null> {
  const row = await db.selectFrom("setting").select("value").where("key", "=", KEY).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.value) as Origin);
}

/** Written once, in the transaction that fills the directory: half a seed is no seed. */
export async function writeOrigin(tx: Queryable, origin: Origin): Promise<void> {
  await tx
    .insertInto("setting")
    .values({ key: KEY, value: JSON.stringify(origin) })
    .execute();
}
