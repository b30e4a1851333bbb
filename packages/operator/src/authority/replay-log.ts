// SPDX-License-Identifier: MIT
import {
  type AdmissionFacts,
  type Change,
  type CommandEntry,
  type Decision,
  type LedgerDecision,
  MapBook,
  type ReplayReport,
  replay,
} from "@perigee/authority";
import { sql } from "kysely";
import { readFacts } from "../storage/admission-facts.ts";
import type { Queryable } from "../storage/database.ts";
import { readEntries } from "../storage/ledger-store.ts";
import { readOrigin } from "../storage/origin.ts";
import { territoryName } from "../territory-names.ts";
import { policyOf } from "./policy-of.ts";

/** Entries read at once. */
const PAGE = 5_000;

/**
 * Makes every decision of the log again, from the records as they were known when the directory was filled: each command
 * with its request, each admission from the facts that were kept, with the policy that the records give at that place of
 * the log. Reads only.
 *
 * @throws RangeError where nothing was ever recorded
 */
export async function replayLog(db: Queryable, commands: Iterable<CommandEntry>): Promise<ReplayReport> {
  const origin = await readOrigin(db);
  if (origin === null) throw new RangeError("There are no records to replay.");
  const log = await readLog(db);
  const facts = await factsIn(db, log);
  const requests = new Map(
    (await db.selectFrom("command_request").selectAll().execute()).map(row => [row.hash, row.body]),
  );
  const screenings = await erasedScreenings(db);
  return replay(log, [...commands], await bookAt(db, origin.startMs), {
    recalled: ({ inputs }, what) =>
      what === "candidates" ? screenings.get(inputs["screening"] ?? "") : undefined,
    policyOf,
    requestOf: hash => {
      const body = requests.get(hash);
      return body === undefined ? undefined : JSON.parse(body);
    },
    factsOf: ({ id }: Decision) => facts.get(id),
    territoryName,
  });
}

/** What was found of parties whose names nobody has any more, by screening. */
async function erasedScreenings(db: Queryable): Promise<ReadonlyMap<string, unknown>> {
  const erased = db
    .selectFrom("record")
    .select("id")
    .where("kind", "=", "party")
    .where("known_to_ms", "is", null)
    .where(sql<boolean>`document->'erasedMs' is not null`);
  const rows = await db
    .selectFrom("record")
    .select(["id", sql<unknown>`document->'candidates'`.as("candidates")])
    .where("kind", "=", "screening")
    .where(sql<string>`document->>'party'`, "in", erased)
    .execute();
  return new Map(rows.map(({ id, candidates }) => [id, candidates]));
}

async function readLog(db: Queryable): Promise<LedgerDecision[]> {
  const log: LedgerDecision[] = [];
  for (let from = 0; ; from += PAGE) {
    const entries = await readEntries(db, from, PAGE);
    for (const { body } of entries) {
      const entry = JSON.parse(body) as { readonly kind: string } & LedgerDecision;
      if (entry.kind === "decision") log.push(entry);
    }
    if (entries.length < PAGE) return log;
  }
}

async function factsIn(
  db: Queryable,
  log: readonly LedgerDecision[],
): Promise<ReadonlyMap<string, AdmissionFacts>> {
  const ids = log
    .filter(({ decision }) => decision.action === "admission")
    .map(({ decision }) => decision.id);
  const facts = new Map<string, AdmissionFacts>();
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const [id, found] of await readFacts(db, ids.slice(from, from + PAGE))) facts.set(id, found);
  }
  return facts;
}

/** The records as they were known, and held, at an instant. */
async function bookAt(db: Queryable, atMs: number): Promise<MapBook> {
  const rows = await db
    .selectFrom("record")
    .select(["kind", "id", "document"])
    .where("kind", "!=", "stay")
    .where("known_from_ms", "<=", atMs)
    .where(eb => eb.or([eb("known_to_ms", "is", null), eb("known_to_ms", ">", atMs)]))
    .where("valid_from_ms", "<=", atMs)
    .where(eb => eb.or([eb("valid_to_ms", "is", null), eb("valid_to_ms", ">", atMs)]))
    .orderBy("row")
    .execute();
  const book = new MapBook();
  book.apply(rows as unknown as Change[]);
  return book;
}
