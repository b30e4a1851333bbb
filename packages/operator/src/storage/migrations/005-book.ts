// SPDX-License-Identifier: MIT
import { type Kysely, sql } from "kysely";

/** The requests of commands, and the shapes that records have since the authority keeps a book. */
export const id = "005-book";

/** What a record of a kind has that it did not have before; what it has already stays. */
const members: { readonly [kind: string]: object } = {
  party: {
    country: "ZZ",
    aliases: [],
    verification: { state: "verified", method: "entered before verifications were kept", by: null, atMs: 0 },
    standing: "clear",
  },
  account: { state: "open", managedBy: null },
  terminal: {
    kitNumber: null,
    serial: null,
    model: null,
    publicKey: null,
    donor: null,
    holder: null,
    user: null,
    serviceLineId: null,
    restriction: null,
    deactivation: null,
    flags: {},
  },
};

export async function up(db: Kysely<never>): Promise<void> {
  // Apart from the log: what people write in a request can be erased, and the log still proves what was decided.
  await sql`create table command_request (hash text primary key, body text not null)`.execute(db);
  await sql`
    create table screening_list (
      list text not null,
      version text not null,
      body text not null,
      loaded_at_ms bigint not null,
      primary key (list, version)
    )`.execute(db);
  // What an admission was decided upon, without a position: enough to decide it again.
  await sql`
    create table admission_facts (
      decision_id text primary key,
      at_ms bigint not null,
      facts jsonb not null
    )`.execute(db);
  await sql`create index on admission_facts (at_ms)`.execute(db);
  await sql`create index decision_order on decision ((document->>'orderId')) where document->>'orderId' is not null`.execute(
    db,
  );
  for (const [kind, added] of Object.entries(members)) {
    await sql`
      update record set document = ${JSON.stringify(added)}::jsonb || document where kind = ${kind}`.execute(
      db,
    );
  }
  // Whose a terminal is was only said by its account.
  await sql`
    update record set document = record.document || jsonb_build_object('holder', account.document->'holder')
    from record as account
    where record.kind = 'terminal' and account.kind = 'account' and account.known_to_ms is null
      and account.id = record.document->>'accountId'`.execute(db);
  // Statements stand beside the rules of the policy, and say their own two times themselves.
  await sql`
    update record
    set document = jsonb_build_object('id', 'policy', 'document', document || '{"statements": []}'::jsonb)
    where kind = 'policy'`.execute(db);
  await sql`
    update record set valid_to_ms = null
    where kind = 'statement' and known_to_ms is null
      and valid_to_ms = (document->>'validToMs')::bigint`.execute(db);
}
