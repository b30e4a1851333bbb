// SPDX-License-Identifier: MIT
import { keptRequest, type PersonalKind, personalKinds, withoutPersonalData } from "@perigee/authority";
import { canonicalJson, type Json } from "@perigee/ledger";
import { sql } from "kysely";
import { erasedPerson } from "../access/people.ts";
import type { Queryable } from "./database.ts";

/**
 * Erases what is on record about a party beside the records that hold now: every earlier version, the requests that led to
 * them, and the accounts of its people; in the transaction that makes the erasure. Of each version goes what is personal and
 * nothing else, so that it still says what was true when and a replay decides the same. The log stays as it is: it holds ids
 * and hashes of what remains.
 *
 * @param atMs - When its people stop being customers, where they have not before.
 */
export async function eraseHistory(tx: Queryable, partyId: string, atMs: number): Promise<void> {
  const accounts = await accountsOf(tx, partyId);
  const versions = await personalVersions(tx, partyId, accounts);
  for (const { row, kind, document } of versions) {
    const kept = JSON.stringify(withoutPersonalData(kind, document as never, partyId));
    await tx.updateTable("record").set({ document: kept }).where("row", "=", row).execute();
  }
  const things = versions.flatMap(({ id, kind }) => (ofAccounts.has(kind) ? [id] : []));
  await eraseRequests(tx, partyId, [partyId, ...accounts, ...new Set(things)]);
  await erasePeople(tx, partyId, atMs);
}

/** Kinds of records whose personal data are those of the account that they name. */
const ofAccounts: ReadonlySet<PersonalKind> = new Set(["serviceLine", "address", "contact"] as const);

interface Version {
  readonly row: number;
  readonly id: string;
  readonly kind: PersonalKind;
  readonly document: unknown;
}

/** Accounts that the party ever held. */
async function accountsOf(tx: Queryable, partyId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("record")
    .select("id")
    .distinct()
    .where("kind", "=", "account")
    .where(sql<boolean>`document->>'holder' = ${partyId}`)
    .execute();
  return rows.map(({ id }) => id);
}

/** Every version of a record that says something personal about a party, whoever has the thing now. */
async function personalVersions(
  tx: Queryable,
  partyId: string,
  accounts: readonly string[],
): Promise<Version[]> {
  const rows = await tx
    .selectFrom("record")
    .select(["row", "id", "kind", "document"])
    .where("kind", "in", personalKinds)
    .where(eb =>
      eb.or([
        eb.and([eb("kind", "=", "party"), eb("id", "=", partyId)]),
        eb.and([
          eb("kind", "in", [...ofAccounts]),
          eb(sql<string>`document->>'accountId'`, "in", [...accounts, ""]),
        ]),
        eb.and([
          eb("kind", "=", "terminal"),
          eb.or([
            sql<boolean>`document->>'holder' = ${partyId}`,
            eb(sql<string>`document->>'accountId'`, "in", [...accounts, ""]),
          ]),
        ]),
        eb.and([eb("kind", "=", "screening"), sql<boolean>`document->>'party' = ${partyId}`]),
        eb.and([eb("kind", "=", "appeal"), sql<boolean>`document->>'by' = ${partyId}`]),
      ]),
    )
    .execute();
  return rows as Version[];
}

/** Requests about the party, its accounts, lines, addresses and contacts keep what may be kept under their hash. */
async function eraseRequests(tx: Queryable, partyId: string, ids: readonly string[]): Promise<void> {
  // A request that made the party need not name it: the log knows what it was about.
  const about = tx
    .selectFrom("decision")
    .select(sql<string>`document->'command'->>'requestHash'`.as("hash"))
    .where("subject", "=", partyId);
  const rows = await tx
    .selectFrom("command_request")
    .selectAll()
    .where(eb =>
      eb.or([
        eb.and([eb("hash", "in", about), sql<boolean>`position('"personal"' in body) > 0`]),
        ...ids.map(id => sql<boolean>`position(${JSON.stringify(id)} in body) > 0`),
      ]),
    )
    .execute();
  for (const { hash, body } of rows) {
    const kept = canonicalJson(keptRequest(JSON.parse(body)) as Json);
    if (kept !== body) {
      await tx.updateTable("command_request").set({ body: kept }).where("hash", "=", hash).execute();
    }
  }
}

/** Customers of the party sign in no more, and are their ids. */
async function erasePeople(tx: Queryable, partyId: string, atMs: number): Promise<void> {
  const people = await tx
    .selectFrom("person")
    .select(["id", "ended_at_ms"])
    .where("party", "=", partyId)
    .execute();
  for (const { id, ended_at_ms } of people) {
    await tx.deleteFrom("person_session").where("person_id", "=", id).execute();
    await tx.deleteFrom("person_account").where("person_id", "=", id).execute();
    await tx.deleteFrom("person_verification").where("value", "=", id).execute();
    await tx
      .updateTable("person")
      .set({ ...erasedPerson(id), ended_at_ms: ended_at_ms ?? atMs })
      .where("id", "=", id)
      .execute();
  }
}
