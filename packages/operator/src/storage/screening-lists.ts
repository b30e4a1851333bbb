// SPDX-License-Identifier: MIT
import {
  indexNames,
  type NameIndex,
  readScreeningList,
  type ScreeningList,
  type ScreeningLists,
} from "@perigee/authority";
import type { Database, Queryable } from "./database.ts";

/** A list without its entries. */
export interface ListedList {
  readonly list: string;
  readonly version: string;
  readonly hash: string;
  readonly entries: number;
  readonly loadedAtMs: number;
}

/** The versions of sanctions lists that were loaded. A version is never replaced: decisions name it. */
export class StoredLists implements ScreeningLists {
  readonly #indexes = new Map<string, NameIndex>();
  #listed: readonly ListedList[] = [];

  static async open(db: Database): Promise<StoredLists> {
    const rows = await db
      .selectFrom("screening_list")
      .select(["list", "version", "body", "loaded_at_ms"])
      .orderBy("loaded_at_ms")
      .execute();
    const lists = new StoredLists();
    for (const { list, version, body, loaded_at_ms } of rows) {
      const read = readScreeningList(body.split("\n"), { list, version });
      if (!read.ok)
        throw new Error(`the stored list ${list} ${version} no longer reads: ${read.error.message}`);
      lists.#take(read.value, loaded_at_ms);
    }
    return lists;
  }

  find(list: string, version: string): NameIndex | undefined {
    return this.#indexes.get(keyOf(list, version));
  }

  /** Oldest first. */
  listed(): readonly ListedList[] {
    return this.#listed;
  }

  /**
   * Keeps a version of a list, in the transaction that logs that it was loaded; {@link StoredLists.taken} makes it
   * known afterwards.
   */
  async keep(tx: Queryable, list: ScreeningList, body: string, atMs: number): Promise<void> {
    await keepList(tx, list, body, atMs);
  }

  taken(list: ScreeningList, atMs: number): void {
    this.#take(list, atMs);
  }

  #take(list: ScreeningList, loadedAtMs: number): void {
    this.#indexes.set(keyOf(list.list, list.version), indexNames(list));
    const { hash, version, entries } = list;
    this.#listed = [...this.#listed, { list: list.list, version, hash, entries: entries.length, loadedAtMs }];
  }
}

/** Writes a version of a list, in the transaction that logs that it is at hand. */
export async function keepList(
  tx: Queryable,
  list: ScreeningList,
  body: string,
  atMs: number,
): Promise<void> {
  await tx
    .insertInto("screening_list")
    .values({ list: list.list, version: list.version, body, loaded_at_ms: atMs })
    .execute();
}

const keyOf = (list: string, version: string): string => JSON.stringify([list, version]);
