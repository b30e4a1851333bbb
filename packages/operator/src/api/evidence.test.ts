// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { largestEvidenceBytes } from "@perigee/authority";
import { sql } from "kysely";
import { replayLog } from "../authority/replay-log.ts";
import type { Database } from "../storage/database.ts";
import { testOnEach } from "../storage/testing.ts";
import { asPerson, type StillOperator, stillOperator } from "./testing/still-operator.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Tomas of compliance enters an item for these bytes. */
async function entered({ server }: StillOperator, bytes: Uint8Array, caseId = "case-1"): Promise<string> {
  const item = { caseId, title: "A photograph of the label", mediaType: "text/html" };
  const answer = await server.inject({
    ...{ method: "POST", url: "/v1/commands/evidence.add", headers: asPerson("tomas-reid") },
    payload: { ...item, bytes: bytes.length, sha256: sha256(bytes), receivedFrom: "public" },
  });
  assert.equal(answer.statusCode, 201, answer.body);
  const { records } = answer.json() as { records: { id: string }[] };
  return records[0]!.id;
}

const put = ({ server }: StillOperator, id: string, bytes: Uint8Array, type?: string) =>
  server.inject({
    ...{ method: "PUT", url: `/v1/evidence/${id}/copy`, payload: Buffer.from(bytes) },
    headers: { ...asPerson("tomas-reid"), ...(type === undefined ? {} : { "content-type": type }) },
  });
const get = ({ server }: StillOperator, id: string, who = "ruth-adeyemi", why = "") =>
  server.inject({
    url: `/v1/evidence/${id}/copy`,
    headers: { ...asPerson(who), ...(why === "" ? {} : { "x-perigee-why": why }) },
  });

interface Read {
  readonly row: number;
  readonly person: string;
  readonly why: string | null;
  readonly outcome: string;
}

async function readsOf({ server }: StillOperator, query: string): Promise<Read[]> {
  const url = `/v1/audit/evidence-reads?${query}`;
  const answer = await server.inject({ url, headers: asPerson("ruth-adeyemi") });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

/** What somebody with the database's own files could do: changes a byte past the rule. */
async function damage(db: Database, hash: string): Promise<void> {
  await sql`alter table evidence_copy disable trigger only_added`.execute(db);
  await sql`update evidence_copy set bytes = set_byte(bytes, 0, 255 - get_byte(bytes, 0))
    where sha256 = ${hash}`.execute(db);
  await sql`alter table evidence_copy enable trigger only_added`.execute(db);
}

testOnEach("F19 bytes come in whole and as recorded, once for good; others are refused", async engine => {
  await using operator = await stillOperator([], engine);
  const { db, decisions } = operator;
  const bytes = randomBytes(200_000);
  const id = await entered(operator, bytes);
  assert.equal((await get(operator, id)).statusCode, 404, "nothing was brought yet");
  const before = decisions.length;
  const changed = Buffer.from(bytes);
  changed[100_000]! ^= 1;
  for (const wrong of [changed, bytes.subarray(1), Buffer.alloc(0), Buffer.concat([bytes, bytes])]) {
    const answer = await put(operator, id, wrong);
    assert.deepEqual([answer.statusCode, answer.json().code], [409, "EVIDENCE_MISMATCH"]);
  }
  const tooLarge = await put(operator, id, Buffer.alloc(largestEvidenceBytes + 1));
  assert.equal(tooLarge.statusCode, 413);
  assert.equal((await put(operator, "evd_none", bytes)).statusCode, 404);
  assert.deepEqual(await db.selectFrom("evidence_copy").select("sha256").execute(), []);
  assert.equal(decisions.length, before, "a refusal decides nothing");
  for (const [status, type] of [
    [201, "application/json"],
    [200, undefined],
  ] as const) {
    const answer = await put(operator, id, bytes, type);
    assert.equal(answer.statusCode, status, answer.body);
    assert.equal(answer.json().already, status === 200);
  }
  assert.deepEqual(
    decisions.slice(before).map(({ subject, action }) => [subject, action]),
    [[id, "keep evidence"]],
  );
  const replayed = await replayLog(db, operator.authority.commands.values());
  assert.deepEqual(replayed.differences, []);
});

testOnEach("F19 no statement changes or deletes a copy, or a read of one", async engine => {
  await using operator = await stillOperator([], engine);
  const { db } = operator;
  const bytes = randomBytes(1_000);
  const id = await entered(operator, bytes);
  await put(operator, id, bytes);
  await get(operator, id);
  const refusal = /added, never changed or deleted/;
  await assert.rejects(
    db
      .updateTable("evidence_copy")
      .set({ bytes: Buffer.from("x") })
      .execute(),
    refusal,
  );
  await assert.rejects(db.updateTable("evidence_copy").set({ sha256: "0" }).execute(), refusal);
  await assert.rejects(db.deleteFrom("evidence_copy").execute(), refusal);
  await assert.rejects(db.updateTable("evidence_read").set({ person_id: "nobody" }).execute(), refusal);
  await assert.rejects(db.deleteFrom("evidence_read").execute(), refusal);
  const over = db
    .insertInto("evidence_copy")
    .values({ sha256: sha256(bytes), bytes: Buffer.from("x"), stored_at_ms: 0 })
    .onConflict(conflict => conflict.column("sha256").doUpdateSet({ bytes: Buffer.from("x") }));
  await assert.rejects(over.execute(), refusal);
  assert.deepEqual((await get(operator, id)).rawPayload, bytes);
});

testOnEach("F19 every access is on record before the bytes leave: who, when, why", async engine => {
  await using operator = await stillOperator([], engine);
  const { clock } = operator;
  const bytes = randomBytes(1_000);
  const id = await entered(operator, bytes);
  const other = await entered(operator, bytes, "case-2");
  await put(operator, id, bytes);
  const asked = [
    ["ruth-adeyemi", "", id],
    ["amara-osei", "before I approve", id],
    ["amara-osei", "before I approve", id],
    ["tomas-reid", "x".repeat(300), other],
  ] as const;
  for (const [who, why, which] of asked) {
    clock.moveTo(clock.nowMs() + 1_000);
    const answer = await get(operator, which, who, why);
    assert.deepEqual(answer.rawPayload, bytes);
    assert.equal(
      answer.headers["content-type"],
      "application/octet-stream",
      "not as the page it claims to be",
    );
    assert.match(String(answer.headers["content-disposition"]), /^attachment/);
  }
  for (const [who, status] of [
    ["paolo-venn", 403],
    ["jonas-fell", 403],
    ["sara-lindqvist", 403],
  ] as const) {
    assert.equal((await get(operator, id, who)).statusCode, status, who);
  }
  const seen = (rows: Read[]) => rows.map(({ person, why, outcome }) => [person, why, outcome]).reverse();
  assert.deepEqual(
    seen(await readsOf(operator, "")),
    asked.map(([who, why]) => [who, why === "" ? null : why.slice(0, 200), "given"]),
  );
  assert.equal((await readsOf(operator, `evidence=${id}`)).length, 3);
  const [latest, first] = await readsOf(operator, "person=amara-osei");
  assert.deepEqual(await readsOf(operator, `person=amara-osei&before=${latest!.row}`), [first]);
});

testOnEach("F19 a changed byte in storage is noticed, withheld and logged once", async engine => {
  await using operator = await stillOperator([], engine);
  const { db, decisions } = operator;
  const bytes = randomBytes(1_000);
  const id = await entered(operator, bytes);
  await put(operator, id, bytes);
  await damage(db, sha256(bytes));
  const before = decisions.length;
  for (let i = 0; i < 2; i++) {
    const answer = await get(operator, id, "tomas-reid");
    assert.deepEqual([answer.statusCode, answer.json().code], [409, "EVIDENCE_DAMAGED"]);
    assert.ok(!answer.rawPayload.includes(bytes.subarray(1, 100)));
  }
  assert.equal(
    (await put(operator, id, bytes)).json().code,
    "EVIDENCE_DAMAGED",
    "it is not healed in silence",
  );
  assert.deepEqual(
    decisions.slice(before).map(({ subject, outcome }) => [subject, outcome]),
    [[id, "damaged"]],
  );
  assert.deepEqual(
    (await readsOf(operator, "")).map(({ outcome }) => outcome),
    ["damaged", "damaged"],
  );
  await damage(db, sha256(bytes));
  assert.deepEqual((await get(operator, id)).rawPayload, bytes, "the same bytes again");
});
