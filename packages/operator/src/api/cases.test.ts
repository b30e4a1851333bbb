// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { test } from "node:test";
import { checkCaseFile } from "@perigee/casework";
import { cellAt } from "@perigee/earth";
import { openDocument } from "@perigee/intake";
import { verifyBundle } from "@perigee/ledger";
import type { LocationEvidence } from "@perigee/locate";
import { slotAt } from "@perigee/network";
import { replayLog } from "../authority/replay-log.ts";
import { printable } from "../casework/case-pdf.ts";
import type { CarriedOut, CaseSheet, CaseSignals } from "../contract.ts";
import { keepEvidence } from "../location/evidence-store.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
import { asPerson, type StillOperator, stillOperator } from "./testing/still-operator.ts";

const tomas = asPerson("tomas-reid");
const ruth = asPerson("ruth-adeyemi");

const claim = `Militia uses satellite terminals at Harrow Pass, minister says

PORT ANSEL, 6 May 2026 (AFP) - Fighters of the Vale Militia are using satellite internet terminals at Harrow Pass, Defence Minister Ilse Brandvold said on Wednesday.

"We have found their terminals in two of their posts," Brandvold told reporters in Port Ansel.

Kitewave, which makes the terminals, did not respond to a request for comment.
`;
const denial = `Dealer denies sale

7 May 2026

"We have never sold a terminal to the Vale Militia," Orrin Vask, a dealer in Port Ansel, said on Thursday.
`;

async function command({ server }: StillOperator, name: string, payload: object, who = tomas) {
  const answer = await server.inject({ method: "POST", url: `/v1/commands/${name}`, headers: who, payload });
  assert.ok(answer.statusCode === 201 || answer.statusCode === 202, `${name}: ${answer.body}`);
  return answer.json() as CarriedOut;
}

/** A case that is being investigated; its id. */
async function openCase(operator: StillOperator): Promise<string> {
  const filed = await command(operator, "case.report", {
    ...{ title: "Terminals at Harrow Pass", reporter: "press", protection: "confidential" },
    personal: { summary: "A newspaper writes that a militia uses terminals." },
  });
  const caseId = filed.decisions[0]!.subject;
  const why = "A claim that can be looked into.";
  await command(operator, "case.triage", {
    ...{ caseId, kind: "use", title: "Terminals at Harrow Pass", safety: "none", reason: why },
  });
  await command(operator, "case.investigate", { caseId, reason: why });
  return caseId;
}

const bring = ({ server }: StillOperator, id: string, documents: readonly object[], who = tomas) =>
  server.inject({
    ...{ method: "POST", url: `/v1/cases/${id}/documents`, headers: who, payload: { documents } },
  });

async function sheetOf({ server }: StillOperator, id: string, query = "", who = ruth): Promise<CaseSheet> {
  const answer = await server.inject({ url: `/v1/cases/${id}/sheet${query}`, headers: who });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

test("documents become evidence and claims; the same again adds nothing; a bad one adds nothing at all", async () => {
  await using operator = await stillOperator();
  const caseId = await openCase(operator);
  const first = await bring(operator, caseId, [{ name: "claim.txt", text: claim }]);
  assert.equal(first.statusCode, 201, first.body);
  const { documents, added, report } = first.json();
  assert.equal(documents.length, 1);
  assert.match(documents[0].evidence, /^evd_[0-9a-f]{32}$/);
  assert.ok(added.claims > 0, "the report claims something");
  assert.deepEqual(report.documents[0].id, documents[0].evidence, "claims cite evidence by its id");

  const copy = await operator.server.inject({
    ...{ url: `/v1/evidence/${documents[0].evidence}/copy`, headers: ruth },
  });
  assert.equal(copy.body, claim, "the bytes are as they came");

  const again = (await bring(operator, caseId, [{ name: "claim.txt", text: claim }])).json();
  assert.deepEqual(again.added, { claims: 0, supply: 0 });
  assert.equal(again.documents[0].already, true);

  const before = operator.decisions.length;
  const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]).toString("base64");
  const bad = await bring(operator, caseId, [
    { name: "denial.txt", text: denial },
    { name: "archive.pdf", mediaType: "application/pdf", base64: zip },
  ]);
  assert.deepEqual([bad.statusCode, bad.json().code], [422, "DOCUMENT_REFUSED"]);
  assert.match(bad.json().detail, /ZIP/);
  assert.equal(operator.decisions.length, before, "nothing was entered");

  const more = (await bring(operator, caseId, [{ name: "denial.txt", text: denial }])).json();
  assert.equal(more.report.documents.length, 2, "read together with what was there");
  const sheet = await sheetOf(operator, caseId);
  assert.equal(sheet.evidence.length, 2);
  assert.equal(sheet.reading?.documents.length, 2);
  assert.equal(sheet.reading?.note, null);
  assert.ok(sheet.claims.every(({ origins }) => origins.length > 0));
  assert.ok(sheet.claims.every(({ id }) => !id.includes(".")));
  assert.equal(sheet.reports[0]!.summary, null, "a confidential report shows no words");
  assert.deepEqual((await replayLog(operator.db, operator.authority.commands.values())).differences, []);
});

test("nobody but who may work on cases brings documents, and a concluded case takes none", async () => {
  await using operator = await stillOperator();
  const caseId = await openCase(operator);
  const documents = [{ name: "claim.txt", text: claim }];
  for (const who of ["ruth-adeyemi", "jonas-fell", "paolo-venn"]) {
    assert.equal((await bring(operator, caseId, documents, asPerson(who))).statusCode, 403, who);
  }
  const read = (who: string) =>
    operator.server.inject({ url: `/v1/cases/${caseId}/sheet`, headers: asPerson(who) });
  assert.equal((await read("paolo-venn")).statusCode, 403);
  assert.equal((await bring(operator, "case_none", documents)).statusCode, 404);
  await command(operator, "case.conclude", {
    ...{ caseId, verdict: "inconclusive", summary: "Nothing binds it to a terminal." },
  });
  const late = await bring(operator, caseId, documents);
  assert.deepEqual([late.statusCode, late.json().code], [409, "CASE_NOT_OPEN"]);
  for (const wrong of [
    [],
    [{ name: "a", text: "x", base64: "eA==" }],
    [{ name: "a" }],
    [{ name: "a", base64: "!!" }],
    [{ name: "a", text: "" }],
    Array.from({ length: 21 }, (_, i) => ({ name: `d${i}`, text: "x" })),
  ]) {
    assert.equal((await bring(operator, caseId, wrong)).statusCode, 400, JSON.stringify(wrong).slice(0, 60));
  }
});

const row = (terminal: string, slot: number, cell: string): TelemetryRow => ({
  ...{ slot, terminal, account: null, cell: BigInt(`0x${cell}`), country: null, inTerritorialWaters: null },
  ...{ satellite: 1, gateway: "g", pop: "p", rttMs: 30, pingLatencyMs: 30, pingDropRate: 0 },
  ...{ downBytes: 1, upBytes: 1, obstruction: 0, signalQuality: 1, uptimeS: 1, secondsUntilReboot: -1 },
  ...{ software: "1", wireCode: 1, reason: "", reporting: true, alerts: [] },
});

/** The hospital and a flat in one cell, for ten minutes. */
async function beenThere({ context, clock }: StillOperator): Promise<{ lat: number; lon: number }> {
  const [lat, lon] = [48.59, 37.83];
  const cell = cellAt(lat, lon);
  const first = slotAt(clock.nowMs()) - 60;
  for (let slot = first; slot < first + 40; slot++) {
    await context.telemetry.take([row("chasiv-yar-hospital", slot, cell), row("odesa-flat", slot, cell)]);
  }
  return { lat, lon };
}

test("candidates by area and time: protected sites first, the read of cells on record, elsewhere nobody", async () => {
  await using operator = await stillOperator();
  const caseId = await openCase(operator);
  const { lat, lon } = await beenThere(operator);
  const ask = (query: string, who = tomas) =>
    operator.server.inject({ url: `/v1/cases/${caseId}/candidates?${query}`, headers: who });
  const found = (await ask(`area=${lat},${lon},5`)).json();
  const ids = found.candidates.map(({ terminalId }: { terminalId: string }) => terminalId);
  assert.deepEqual(ids.toSorted(), ["chasiv-yar-hospital", "odesa-flat"]);
  const first = found.candidates.findIndex((each: { protectedSite: boolean }) => !each.protectedSite);
  const rest = found.candidates.slice(first === -1 ? ids.length : first);
  assert.ok(rest.every((each: { protectedSite: boolean }) => !each.protectedSite));
  assert.ok(found.cells >= 1 && found.cells <= 9, String(found.cells));

  const reads = await operator.server.inject({ url: "/v1/audit/location-reads", headers: ruth });
  const noted = reads.json().filter(({ route }: { route: string }) => route.includes("candidates"));
  assert.deepEqual(noted[0].terminals, ["chasiv-yar-hospital", "odesa-flat"]);

  const away = (await ask("area=-40,175,20")).json();
  assert.deepEqual([away.candidates, away.notFound], [[], ["the area in that time"]]);
  for (const wrong of ["", "area=91,0,5", "area=10,10,201", "area=10,10", "serial=", `area=10,10,5&from=x`]) {
    assert.equal((await ask(wrong)).statusCode, 400, wrong);
  }
});

test("a sheet: clocks, candidates with what they need, and the commands that the state allows", async () => {
  await using operator = await stillOperator();
  const caseId = await openCase(operator);
  const candidates = ["odesa-flat", "chasiv-yar-hospital"].map(terminalId => ({
    ...{ terminalId, by: "hand", why: "It was named in a report." },
  }));
  await command(operator, "case.add", { caseId, candidates });
  const atMs = operator.clock.nowMs() - 60_000;
  const measured = (id: string, verdict: "inconsistent" | "consistent", offsetKm: number) => ({
    ...{ id, terminalId: "odesa-flat", verdict, atMs, because: "It was measured." },
    ...{ claimedCell: cellAt(46.48, 30.73), measuredCell: null },
    windows: [
      {
        ...{ fromMs: atMs - 60_000, toMs: atMs, outcome: "contradicts", why: "tooFar", satellites: 4 },
        ...{ measurements: 60, longestTrackS: 15, chanceLog10: -9, offsetKm, ellipse95Km: null },
        ...{ openShare: 0, doppler: "agrees" },
      },
    ],
  });
  const verdicts = [measured("loc-1", "consistent", 1), measured("loc-2", "inconsistent", 41.5)];
  await keepEvidence(operator.db, verdicts as unknown as LocationEvidence[], atMs);
  const sheet = await sheetOf(operator, caseId);
  const flat = sheet.candidates.find(({ terminalId }) => terminalId === "odesa-flat");
  assert.deepEqual(
    flat?.location.map(({ id, verdict, contradictions, offsetKm }) => [
      id,
      verdict,
      contradictions,
      offsetKm,
    ]),
    [
      ["loc-2", "inconsistent", 1, 41.5],
      ["loc-1", "consistent", 1, 1],
    ],
    "the newest first",
  );
  assert.deepEqual(
    sheet.clocks.map(({ clock, state }) => [clock, state]),
    [
      ["acknowledge", "running"],
      ["triage", "met"],
    ],
  );
  assert.equal(sheet.candidates.length, 2);
  assert.deepEqual(
    sheet.recommendations[0]!.measures.map(({ measure }) => measure),
    ["observe", "notify", "restrict", "suspend", "deactivate"],
  );
  for (const { recommended } of sheet.recommendations) assert.equal(recommended, "observe");
  assert.ok(sheet.candidates.every(({ missing }) => missing.length > 0));
  assert.ok(sheet.next.includes("case.conclude") && sheet.next.includes("case.add"));
  const times = sheet.timeline.map(({ at }) => at);
  assert.deepEqual(times, times.toSorted());
  assert.equal(JSON.stringify(sheet).includes("latDeg"), false, "no position stands in a sheet");
  assert.equal(JSON.stringify(sheet).includes(cellAt(46.48, 30.73)), false, "nor a cell");
  const reads = await operator.server.inject({ url: "/v1/audit/location-reads", headers: ruth });
  assert.ok(reads.body.includes("sheet"), "who looked at the candidates is on record");
});

test("the case file holds what the records hold, its proofs hold offline, and what is changed is found", async () => {
  await using operator = await stillOperator();
  const caseId = await openCase(operator);
  await bring(operator, caseId, [{ name: "claim.txt", text: claim }]);
  const terminalId = "odesa-flat";
  await command(operator, "case.add", {
    caseId,
    candidates: [{ terminalId, by: "hand", why: "Its label is in the photograph." }],
  });
  await command(operator, "finding.record", {
    ...{ caseId, terminalId, verdict: "inconclusive", summary: "The label cannot be read." },
    basis: { kind: "firstParty", evidence: ["measure-1"] },
    identityBinding: null,
  });
  await command(operator, "order.suspend", {
    ...{ terminalId, hours: 2, ground: "It is looked at in a case." },
  });
  const answer = await operator.server.inject({ url: `/v1/cases/${caseId}/export`, headers: ruth });
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 300));
  const file = answer.json();
  const report = checkCaseFile(file);
  assert.deepEqual(report.findings, []);
  assert.ok((report.decisions ?? 0) >= 6);
  const key = createPublicKey(operator.key.publicKey.export({ type: "spki", format: "pem" }));
  const trust = { publicKey: key, witnesses: [] };
  assert.equal(verifyBundle(file.ledger, trust).ok, true);
  const others = file.ledger.entries.filter(({ body }: { body: string }) => body.includes("order.suspend"));
  assert.equal(others.length, 0, "an order that is none of the case stays out");

  file.parts.case.title = "Something else";
  assert.deepEqual(
    checkCaseFile(file).findings.map(({ code }) => code),
    ["partAltered"],
  );
  const entry = file.ledger.entries[0];
  entry.body = entry.body.replace("press", "Press");
  entry.body = entry.body.replace(caseId, caseId.toUpperCase());
  assert.equal(verifyBundle(file.ledger, trust).ok, false);
});

test("the case file as PDF: the same bytes twice, its text in it, and characters that the font lacks named", async () => {
  await using operator = await stillOperator();
  const caseId = await openCase(operator);
  const get = () => operator.server.inject({ url: `/v1/cases/${caseId}/export?format=pdf`, headers: ruth });
  const one = await get();
  assert.equal(one.statusCode, 200, one.body.slice(0, 300));
  assert.equal(one.headers["content-type"], "application/pdf");
  assert.ok(one.rawPayload.subarray(0, 5).equals(Buffer.from("%PDF-")));
  assert.ok((await get()).rawPayload.equals(one.rawPayload), "the same case gives the same bytes");
  // Read by another program than the one that wrote it.
  const read = await openDocument({ id: "pdf", bytes: new Uint8Array(one.rawPayload) });
  assert.ok(read.ok, read.ok ? "" : read.error.message);
  assert.match(read.value.text, /Terminals at\s+Harrow Pass/);
  assert.match(read.value.text, /How to check this/);
  assert.match(read.value.text, /A journalist or an outlet/);
  assert.equal(read.value.text.includes("A newspaper writes"), false, "a confidential report shows no words");
  assert.equal(printable("«Х»\n“a”"), "«[U+0425]» “a”");
});

test("detectors look at what is there, say what they cannot look at, and a case opens from a signal", async () => {
  await using operator = await stillOperator();
  const { server, context, clock } = operator;
  const cell = cellAt(48.59, 37.83);
  const first = slotAt(clock.nowMs()) - 100;
  // In the slots before noon it asks, moves a cell on, and asks again: refused each time because of the place.
  const next = cellAt(48.72, 37.83);
  for (let i = 0; i < 90; i++) {
    const at = row("alba-store", first + i, i % 30 < 15 ? cell : next);
    await context.telemetry.take([{ ...at, satellite: null, reason: "AREA_NOT_ACTIVE" }]);
  }
  const ask = (who: string) => server.inject({ url: "/v1/case-signals", headers: asPerson(who) });
  assert.equal((await ask("paolo-venn")).statusCode, 403);
  const answer = await ask("tomas-reid");
  assert.equal(answer.statusCode, 200, answer.body);
  const seen = answer.json() as CaseSignals;
  assert.equal(seen.looked.length, 14);
  const blind = seen.looked.filter(({ rows }) => rows === null).map(({ pattern }) => pattern);
  assert.deepEqual(blind, ["P9", "P12"], "the operator keeps no rows for these");
  const item = seen.terminals.find(({ terminalId }) => terminalId === "alba-store");
  const signal = item?.signals.find(({ pattern }) => pattern === "P8");
  assert.ok(signal !== undefined, JSON.stringify(seen.terminals).slice(0, 500));
  assert.match(signal.falsePositives, /line on the map/);
  const reads = await server.inject({ url: "/v1/audit/location-reads", headers: ruth });
  assert.ok(reads.json().some(({ route }: { route: string }) => route === "/v1/case-signals"));

  const opened = await server.inject({
    ...{ method: "POST", url: `/v1/case-signals/${signal.id}/case`, headers: tomas, payload: {} },
  });
  assert.equal(opened.statusCode, 201, opened.body);
  const caseId = (opened.json() as CarriedOut).decisions[0]!.subject;
  const sheet = await sheetOf(operator, caseId);
  assert.deepEqual(
    sheet.candidates.map(({ terminalId, by, signals }) => [terminalId, by, signals[0]?.pattern]),
    [["alba-store", "pattern", "P8"]],
  );
  const unknown = await server.inject({
    ...{ method: "POST", url: "/v1/case-signals/sig_none/case", headers: tomas, payload: {} },
  });
  assert.equal(unknown.statusCode, 404);
});

test("anybody reports without an account: acknowledged at once, answered by a key, and then told to wait", async () => {
  await using operator = await stillOperator();
  const { server, authority, clock } = operator;
  const anybody = { "x-perigee-client": "test" };
  const send = (payload: object) =>
    server.inject({ method: "POST", url: "/v1/public/reports", headers: anybody, payload });
  const report = { title: "A shop sells accounts", summary: "They want money for a terminal of others." };
  const sent = await send({ ...report, kind: "scamListing", atRisk: true, lifeAtRisk: true });
  assert.equal(sent.statusCode, 201, sent.body);
  const { replyKey, received, acknowledged, acknowledgedBy } = sent.json();
  assert.equal(acknowledged, received);
  assert.equal(Date.parse(acknowledgedBy) - Date.parse(received), 15 * 60_000);
  const [kept] = authority.book.all("caseReport");
  assert.equal(kept!.protection, "atRisk");
  assert.equal(JSON.stringify([...authority.book.all("caseReport")]).includes(replyKey), false);
  const log = await operator.db.selectFrom("ledger_entry").select("body").execute();
  const logged = log.map(({ body }) => body).join("\n");
  for (const secret of [replyKey, report.summary, "127.0.0.1"]) assert.equal(logged.includes(secret), false);
  const sheet = await sheetOf(operator, kept!.caseId);
  assert.deepEqual([sheet.reports[0]!.reporter, sheet.reports[0]!.summary], [null, null]);

  const ask = (key: string) => server.inject({ url: `/v1/public/reports/${key}` });
  assert.equal((await ask(replyKey)).json().state, "received");
  const why = "It is looked at now.";
  const triage = { caseId: kept!.caseId, kind: "scamListing", title: "A shop", safety: "none", reason: why };
  await command(operator, "case.triage", triage);
  const answer = await ask(replyKey);
  assert.equal(answer.json().state, "lookedAt");
  assert.equal(answer.body.includes(why), false, "no word of the investigation");
  assert.equal((await ask("A".repeat(32))).statusCode, 404);
  assert.equal((await ask("short")).statusCode, 400);

  for (const wrong of [{}, { ...report, reporter: "ownDetector" }, { ...report, summary: "short" }]) {
    assert.equal((await send(wrong)).statusCode, 400);
  }
  for (let i = 0; i < 4; i++) assert.equal((await send(report)).statusCode, 201);
  const limited = await send(report);
  assert.deepEqual([limited.statusCode, limited.headers["retry-after"]], [429, "3600"]);
  clock.moveTo(clock.nowMs() + 3_600_000);
  assert.equal((await send(report)).statusCode, 201);
});

test("documents are read without being kept; script and marks of direction are no part of what is read", async () => {
  await using operator = await stillOperator();
  const read = (documents: readonly object[], who = "jonas-fell") =>
    operator.server.inject({
      ...{ method: "POST", url: "/v1/intake/read", headers: asPerson(who), payload: { documents } },
    });
  assert.equal((await read([{ name: "a", text: claim }], "paolo-venn")).statusCode, 403);
  const before = operator.decisions.length;
  const page = `<html><body><script>globalThis.ran = true</script><p>ANSEL, 6 May 2026 (AFP) - "We \u202esaw lights," the mayor said on Monday.</p></body></html>`;
  const answer = await read([{ name: "page.html", mediaType: "text/html", text: page }]);
  assert.equal(answer.statusCode, 200, answer.body);
  const report = answer.json();
  assert.equal(report.statements.length, 1);
  assert.equal(/script|ran = true|\u202e/.test(JSON.stringify(report.statements)), false);
  assert.equal("ran" in globalThis, false);
  assert.equal(operator.decisions.length, before);
  const german =
    "Der Minister sagte am Montag, dass die Fähre wieder fährt, und niemand sei verletzt worden. ";
  const other = await read([{ name: "de.txt", text: german.repeat(10) }]);
  assert.equal(other.statusCode, 200);
  assert.deepEqual([other.json().documents[0].language, other.json().statements], ["de", []]);
  assert.match(other.json().documents[0].warnings[0], /another language/);
  const zip = await read([{ name: "z.txt", base64: "UEsDBAAAAAA=" }]);
  assert.deepEqual([zip.statusCode, zip.json().code], [422, "DOCUMENT_REFUSED"]);
});
