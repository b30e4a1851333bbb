// SPDX-License-Identifier: MIT
// Erasure over the API, end to end: afterwards the name, the address and the words of a customer stand nowhere in the database,
// in no column of any table, and the log still verifies and replays.
import assert from "node:assert/strict";
import { sql } from "kysely";
import { asPerson, type StillOperator, stillOperator } from "../api/testing/still-operator.ts";
import { replayLog } from "../authority/replay-log.ts";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { readRecords } from "../storage/records.ts";
import { testOnEach } from "../storage/testing.ts";

const secrets = [
  ...["Quillon Vantreaze", "Quill V", "1980-01-02", "PX-774411", "Lighthouse", "12.345678", "98.765432"],
  ...["quillon@mail.example", "my grandmother"],
];
const customer = {
  ...{ id: "c-1", name: "Quillon Vantreaze", email: "quillon@mail.example", roles: [], party: "quill" },
};
const salt = "0123456789abcdef0123456789abcdef";
const personal = {
  ...{ salt, name: "Quillon Vantreaze", aliases: ["Quill V"], birthDate: "1980-01-02" },
  identifiers: [{ kind: "passport", value: "PX-774411" }],
};
const place = { salt, nickname: "Lighthouse", serviceAddress: { latDeg: 12.345678, lonDeg: 98.765432 } };

interface Answer {
  readonly decisions: readonly { readonly subject: string; readonly noticeId: string | null }[];
  readonly records: readonly { readonly kind: string; readonly id: string }[];
}

async function post(operator: StillOperator, path: string, person: string, payload: object): Promise<Answer> {
  const answer = await operator.server.inject({
    method: "POST",
    url: `/v1/${path}`,
    headers: asPerson(person),
    payload,
  });
  assert.equal(answer.statusCode, 201, `${path} ${answer.body}`);
  operator.clock.moveTo(operator.clock.nowMs() + 1_000);
  return answer.json();
}

const around = (text: string, word: string): string => {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 300), at + 100);
};

/** Every row of every table as text. */
async function everything(operator: StillOperator): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(operator.db);
  const dumps = rows.map(({ name }) =>
    sql<{ all: string | null }>`
    select string_agg(t::text, E'\\n') as all from ${sql.table(name)} as t`.execute(operator.db),
  );
  return (await Promise.all(dumps)).map(({ rows: [row] }) => row?.all ?? "").join("\n");
}

testOnEach(
  "erased over the API, a customer stands nowhere any more; the log verifies and replays",
  async engine => {
    await using operator = await stillOperator([customer], engine);
    const clerk = (name: string, request: object) =>
      post(operator, `commands/${name}`, "ines-calloway", request);
    const mine = (name: string, request: object) => post(operator, `portal/commands/${name}`, "c-1", request);

    await clerk("party.register", { partyId: "quill", kind: "person", country: "PL", personal });
    await clerk("party.update", {
      partyId: "quill",
      nameChanges: false,
      personal: { ...personal, aliases: ["Quill V", "Q"] },
    });
    await clerk("party.verify", {
      partyId: "quill",
      state: "verified",
      method: "passport",
      evidence: ["doc-1"],
    });
    const list = await operator.server.inject({
      ...{ method: "POST", url: "/v1/screening-lists?list=invented&version=1" },
      headers: { ...asPerson("ines-calloway"), "content-type": "application/jsonl" },
      payload: '{"id":"L1","names":["Quilon Vantreze"],"kind":"person"}',
    });
    assert.equal(list.statusCode, 201, list.body);
    const screened = await clerk("screening.run", { partyId: "quill", list: "invented", listVersion: "1" });
    const screening = screened.records.find(({ kind }) => kind === "screening")!;
    assert.deepEqual(
      (await readRecords<{ candidates: unknown[] }>(operator.db, "screening")).map(
        r => r.document.candidates.length,
      ),
      [1],
      "so near a name is shown to a person",
    );
    await clerk("screening.judge", {
      screeningId: screening.id,
      judgement: "notTheSame",
      reason: "Born in another century",
    });
    await clerk("account.open", { accountId: "acc-q", holder: "quill", country: "PL" });
    const opened = await clerk("serviceLine.open", {
      accountId: "acc-q",
      planId: "mobile",
      hasAddress: true,
      personal: place,
    }).catch(() =>
      clerk("serviceLine.open", {
        accountId: "acc-q",
        planId: [...operator.authority.policy.planById.keys()][0],
        hasAddress: true,
        personal: place,
      }),
    );
    const serviceLineId = opened.records.find(({ kind }) => kind === "serviceLine")!.id;
    const enrolled = await clerk("terminal.enrol", {
      kitNumber: "KIT00770077",
      serial: "SN-00770077",
      model: "Mini",
      source: "factory list",
    });
    const terminalId = enrolled.records.find(({ kind }) => kind === "terminal")!.id;
    await clerk("terminal.sell", { terminalId, seller: null, holder: "quill", source: "receipt" });
    await mine("portal.register", { terminalId, serviceLineId });
    await clerk("terminal.verify", { terminalId });
    await mine("portal.activate", { terminalId });
    await mine("portal.move", {
      serviceLineId,
      hasAddress: true,
      personal: { ...place, nickname: "Lighthouse 2" },
    });
    const suspended = await clerk("order.suspend", {
      terminalId,
      ground: "Seen where it must not be",
      hours: 1,
    });
    const noticeId = suspended.decisions.find(each => each.noticeId !== null)!.noticeId;
    const filed = await mine("appeal.file", {
      noticeId,
      statement: "It was my grandmother, Quillon Vantreaze said",
    });
    const appealId = filed.records.find(({ kind }) => kind === "appeal")!.id;
    await post(operator, "commands/appeal.decide", "tomas-reid", {
      appealId,
      verdict: "reversed",
      reason: "It was somebody else",
    });
    await clerk("serviceLine.end", { serviceLineId, reason: "moved away" });
    await clerk("account.close", { accountId: "acc-q", reason: "moved away" });
    await clerk("terminal.retire", { terminalId, reason: "broken" });

    const before = await everything(operator);
    for (const secret of secrets) assert.ok(before.includes(secret), `${secret} was never on record`);
    const ledger = async () =>
      (await operator.db.selectFrom("ledger_entry").select("body").execute()).map(row => row.body);
    const logged = await ledger();
    for (const secret of secrets)
      assert.equal(logged.join().includes(secret), false, `the ledger holds ${secret}`);
    const states = async () =>
      (
        await readRecords<{ state: string }>(operator.db, "terminal", { everKnown: true, ids: [terminalId] })
      ).map(({ document, ...times }) => ({ state: document.state, ...times }));
    const history = await states();

    await clerk("party.erase", { partyId: "quill" });
    const after = await everything(operator);
    for (const secret of [...secrets, salt])
      assert.equal(after.includes(secret), false, `${secret} is still on record: ${around(after, secret)}`);
    const list1 = await operator.server.inject({ url: "/v1/people", headers: asPerson("sara-lindqvist") });
    assert.equal(list1.body.includes("Quillon"), false);
    const gone = await operator.server.inject({ url: "/v1/portal", headers: asPerson("c-1") });
    assert.equal(gone.statusCode, 401, gone.body);

    assert.deepEqual((await ledger()).slice(0, logged.length), logged, "the ledger is what it was");
    // What was true when stays known, but for the person: one version more for the erasure itself.
    assert.deepEqual((await states()).slice(0, history.length - 1), history.slice(0, -1));
    assert.ok((await verifyStoredLog(operator.db, operator.key)).ok);
    const replayed = await replayLog(operator.db, operator.authority.commands.values());
    assert.deepEqual(replayed.differences, []);
    assert.ok(replayed.rulings >= 20);
  },
);
