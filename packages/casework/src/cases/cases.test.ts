// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { keptRequest } from "@perigee/authority";
import { caseCommands, casesDue } from "../commands/case-commands.ts";
import { caseStates } from "../records.ts";
import { ada, CaseDesk, di, hourMs, why } from "../testing/desk.ts";
import { caseTransitions } from "./case-states.ts";
import { clocksOfCase } from "./clocks.ts";

const minuteMs = 60_000;

/** A case that is confirmed on a finding about ut-1. */
function confirmed(desk: CaseDesk): string {
  const caseId = desk.open();
  desk.do(ada, "case.add", { caseId, candidates: [{ terminalId: "ut-1", by: "area", why: "It was there" }] });
  desk.find(caseId, "ut-1");
  desk.do(ada, "case.conclude", { caseId, verdict: "confirmed", summary: "It holds for ut-1" });
  return caseId;
}

function deactivate(desk: CaseDesk, findingId: string): string {
  const ruling = desk.approved("order.deactivate", {
    ...{
      terminalId: "ut-1",
      ground: "Confirmed by the investigation",
      basis: { kind: "finding", id: findingId },
    },
  });
  return ruling.changes.find(({ kind }) => kind === "order")!.id;
}

test("from a report to an appeal that is right, the case follows the records and never leads them", () => {
  const desk = new CaseDesk();
  const caseId = confirmed(desk);
  const findingId = [...desk.book.all("finding")][0]!.id;
  assert.equal(desk.book.get("terminal", "ut-1")!.state, "active", "a conclusion touches no terminal");
  assert.equal(desk.refused("case.follow", { caseId }), "nothingToFollow");

  const orderId = deactivate(desk, findingId);
  desk.do(ada, "case.noteOrders", { caseId, orderIds: [orderId] });
  assert.equal(desk.case(caseId).state, "actioned");
  for (const { name, request } of casesDue(desk.book, desk.atMs)) desk.do(ada, name, request as object);
  assert.equal(desk.case(caseId).state, "notified");

  const notice = desk.book.about("notice", "ut-1")[0]!;
  desk.atMs += hourMs;
  const filed = desk.do(ada, "appeal.file", {
    ...{
      noticeId: notice.id,
      party: "party-1",
      statement: "It was stolen from the depot",
      lifeCritical: true,
    },
  });
  const appealId = filed.changes[0]!.id;
  desk.do(ada, "case.acknowledge", { reportId: desk.book.about("caseReport", caseId)[0]!.id });
  assert.equal(desk.refused("case.close", { caseId, reason: why }), "caseHasOpenEnds", "an appeal is open");
  desk.do(ada, "case.follow", { caseId });
  assert.equal(desk.case(caseId).state, "appealed");
  assert.equal(desk.refused("case.follow", { caseId }), "nothingToFollow");

  desk.atMs += hourMs;
  desk.do(di, "appeal.decide", {
    appealId,
    verdict: "reversed",
    reason: "The finding was about another",
    harmNote: null,
  });
  assert.equal(desk.book.get("terminal", "ut-1")!.state, "active", "the reversal itself restores");
  desk.do(ada, "case.follow", { caseId });
  assert.equal(desk.case(caseId).state, "reversed");
  desk.do(ada, "case.close", { caseId, reason: why });
  assert.equal(desk.case(caseId).state, "closed");
  desk.do(ada, "case.reopen", { caseId, reason: why });
  assert.equal(desk.case(caseId).conclusion, null);
});

test("without a finding that is tied to a candidate nothing about terminals is confirmed", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  const conclude = (): string =>
    desk.refused("case.conclude", { caseId, verdict: "confirmed", summary: "Everybody says so" });
  const origins = Array.from({ length: 50 }, (_, i) => `origin-${i}`);
  const claim = { id: "p-1", predicate: "USED_BY", text: "It is used", polarity: "asserted", origins };
  desk.do(ada, "case.add", { caseId, claims: [claim] });
  assert.equal(conclude(), "notFound", "fifty origins are still claims");
  desk.do(ada, "case.add", { caseId, candidates: [{ terminalId: "ut-1", by: "area", why: "It was there" }] });
  desk.find(caseId, "ut-1", { identityBinding: null });
  assert.equal(conclude(), "notFound", "a finding without a binding");
  desk.find(caseId, "ut-2");
  assert.equal(conclude(), "notFound", "a finding about a terminal that is no candidate");
  desk.atMs += 1;
  const ofOther = desk.open();
  desk.find(ofOther, "ut-1");
  assert.equal(conclude(), "notFound", "a finding of another case");
  desk.find(caseId, "ut-1");
  desk.do(ada, "case.exclude", { caseId, terminalId: "ut-1", reason: "It is the hospital's" });
  assert.equal(conclude(), "notFound", "a candidate that was taken out");
});

test("a case with a binding finding is not concluded otherwise, and a later finding overtakes it", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  desk.do(ada, "case.add", {
    caseId,
    candidates: [{ terminalId: "ut-1", by: "hand", why: "Somebody said so" }],
  });
  desk.find(caseId, "ut-1");
  assert.equal(
    desk.refused("case.conclude", { caseId, verdict: "notConfirmed", summary: "It is not so" }),
    "findingStands",
  );
  desk.atMs += 1;
  desk.find(caseId, "ut-1", { verdict: "notConfirmed", summary: "It was a mistake of the clock" });
  desk.do(ada, "case.conclude", { caseId, verdict: "notConfirmed", summary: "It is not so" });
  assert.equal(desk.case(caseId).state, "notConfirmed");
});

test("only orders of the case are noted on it, and after another verdict only what gives back", () => {
  const desk = new CaseDesk();
  const caseId = confirmed(desk);
  const suspend = (terminalId: string): string =>
    desk
      .do(ada, "order.suspend", { terminalId, ground: "An interim measure of the case", hours: 5 })
      .changes.find(({ kind }) => kind === "order")!.id;
  assert.equal(desk.refused("case.noteOrders", { caseId, orderIds: ["order-x"] }), "orderUnknown");
  assert.equal(desk.refused("case.noteOrders", { caseId, orderIds: [suspend("ut-2")] }), "orderOfAnother");

  desk.atMs += 1;
  const other = desk.open();
  const members = [{ terminalId: "ut-3", by: "hand", why: "Somebody said so" }];
  desk.do(ada, "case.add", { caseId: other, candidates: members });
  const interim = suspend("ut-3");
  desk.do(ada, "case.noteOrders", { caseId: other, orderIds: [interim] });
  assert.equal(desk.case(other).state, "investigating", "an interim measure concludes nothing");
  desk.atMs += hourMs;
  desk.do(ada, "case.conclude", { caseId: other, verdict: "inconclusive", summary: "Neither can be said" });
  const report = desk.book.about("caseReport", other)[0]!;
  desk.do(ada, "case.acknowledge", { reportId: report.id });
  assert.equal(
    desk.refused("case.close", { caseId: other, reason: why }),
    "caseHasOpenEnds",
    "the suspension stands",
  );
  desk.do(ada, "order.restore", { terminalId: "ut-3", ground: "Nothing was confirmed" });
  desk.atMs += hourMs;
  assert.equal(
    desk.refused("case.noteOrders", { caseId: other, orderIds: [suspend("ut-3")] }),
    "orderOfAnother",
  );
  desk.do(ada, "case.close", { caseId: other, reason: why });
});

test("a scam case is confirmed by evidence, names victims, and touches nobody", () => {
  const desk = new CaseDesk();
  const caseId = desk.open("scamListing");
  const listing = {
    seller: "Quick Sky Shop",
    place: "shop.example",
    offer: "Service in a country without any",
  };
  desk.do(ada, "case.add", {
    caseId,
    listing,
    victims: [{ partyId: "party-2", terminalId: "ut-2", note: "Paid twice" }],
  });
  const conclude = { caseId, verdict: "confirmed", summary: "The shop cannot give what it sells" };
  assert.equal(desk.refused("case.conclude", conclude), "evidenceMissing");
  desk.do(ada, "evidence.add", {
    ...{ caseId, title: "The shop's page", mediaType: "text/html", bytes: 10, sha256: "a".repeat(64) },
    receivedFrom: "public",
  });
  assert.equal(desk.refused("case.conclude", conclude), "evidenceMissing", "no origin");
  const claim = (origins: readonly string[]) => [
    { id: "p-1", predicate: "SCAM", text: "It does not work", polarity: "asserted", origins },
  ];
  desk.do(ada, "case.add", { caseId, claims: claim(["buyer-1"]) });
  assert.equal(desk.refused("case.conclude", conclude), "evidenceMissing", "one origin");
  desk.do(ada, "case.add", {
    caseId,
    claims: claim(["buyer-1", "buyer-2"]).map(each => ({ ...each, id: "p-2" })),
  });
  desk.do(ada, "case.conclude", conclude);
  assert.equal(desk.book.get("terminal", "ut-2")!.state, "active");
  assert.equal(desk.refused("case.add", { caseId, listing }), "caseNotOpen");
});

test("copies of a report open nothing, and are told apart by their documents", () => {
  const desk = new CaseDesk();
  const caseId = desk.report({ documents: ["doc-1", "doc-2"] });
  desk.atMs += 1;
  desk.report({ caseId, documents: ["doc-2"] });
  desk.atMs += 1;
  desk.report({ caseId, documents: ["doc-2", "doc-3"] });
  desk.atMs += 1;
  desk.report({ caseId });
  const [first, ...others] = desk.book.about("caseReport", caseId);
  assert.deepEqual(
    others.map(({ copyOf }) => copyOf),
    [first!.id, null, null],
  );
});

test("clocks: acknowledged in an hour, triaged in a day, both in 15 minutes where a life is at risk", () => {
  const desk = new CaseDesk();
  const calm = desk.report();
  const state = (caseId: string) =>
    clocksOfCase(desk.book, caseId, desk.atMs).map(({ clock, state: at, dueMs, startedMs }) => [
      clock,
      (dueMs - startedMs) / minuteMs,
      at,
    ]);
  assert.deepEqual(state(calm), [
    ["acknowledge", 60, "running"],
    ["triage", 1440, "running"],
  ]);
  desk.atMs += 1;
  const urgent = desk.report({ lifeAtRisk: true });
  desk.atMs += 15 * minuteMs;
  assert.deepEqual(state(urgent), [
    ["acknowledge", 15, "running"],
    ["triage", 15, "running"],
  ]);
  desk.do(ada, "case.triage", {
    caseId: urgent,
    kind: "use",
    title: "A call for help",
    safety: "credible",
    reason: why,
  });
  desk.atMs += 1;
  desk.do(ada, "case.acknowledge", { reportId: desk.book.about("caseReport", urgent)[0]!.id });
  assert.deepEqual(state(urgent), [
    ["acknowledge", 15, "metLate"],
    ["triage", 15, "met"],
  ]);
  desk.atMs += 24 * hourMs;
  assert.deepEqual(
    state(calm).map(([, , at]) => at),
    ["overdue", "overdue"],
  );
});

test("a report that a life is at risk hurries a case that others opened", () => {
  const desk = new CaseDesk();
  const caseId = desk.report();
  desk.atMs += hourMs;
  desk.report({ caseId, lifeAtRisk: true });
  const triage = clocksOfCase(desk.book, caseId, desk.atMs).find(({ clock }) => clock === "triage")!;
  assert.equal(triage.dueMs, desk.atMs + 15 * minuteMs);
});

test("no word of a reporter is in the log, and it can be forgotten", () => {
  const desk = new CaseDesk();
  const summary = "My neighbour Xaver Quill sells them";
  const caseId = desk.report({ personal: { summary, replyKey: "reply-77" }, reporter: "public" });
  const logged = JSON.stringify(desk.decisions);
  assert.doesNotMatch(logged, /Quill|reply-77/);
  const report = desk.book.about("caseReport", caseId)[0]!;
  assert.equal(report.summary, summary);
  desk.do(ada, "case.forgetReporter", { reportId: report.id, reason: "The reporter asked for it" });
  const after = desk.book.get("caseReport", report.id)!;
  assert.deepEqual([after.summary, after.replyKey, after.salt], [null, null, undefined]);
});

test("a report leads to the same decision once only the commitment to it is left", () => {
  const personal = {
    summary: "Somebody wrote about it",
    replyKey: null,
    salt: "0123456789abcdef0123456789abcdef",
  };
  const request = { title: "A claim of use", reporter: "press", personal };
  const open = new CaseDesk().do(ada, "case.report", request);
  const read = caseCommands.find(({ name }) => name === "case.report")!.read(request);
  assert.ok(read.ok);
  const again = new CaseDesk();
  const sealed = again.do(ada, "case.report", keptRequest(read.value.request) as object);
  assert.deepEqual(sealed.decisions, open.decisions);
  assert.equal([...again.book.all("caseReport")][0]!.summary, null);
});

test("a merged case leaves its claims once, and cannot take evidence away from itself", () => {
  const desk = new CaseDesk();
  const one = desk.open();
  desk.atMs += 1;
  const two = desk.open();
  const claim = {
    id: "p-1",
    predicate: "USED_BY",
    text: "It is used",
    polarity: "asserted",
    origins: ["o-1"],
  };
  for (const caseId of [one, two]) desk.do(ada, "case.add", { caseId, claims: [claim] });
  assert.equal(desk.refused("case.merge", { caseId: one, intoCaseId: one, reason: why }), "sameCase");
  desk.do(ada, "case.merge", { caseId: one, intoCaseId: two, reason: why });
  assert.equal(desk.case(two).claims.length, 1);
  assert.equal(desk.case(one).mergedInto, two);
  assert.equal(desk.book.about("caseReport", two).length, 2);
  assert.equal(desk.refused("case.reopen", { caseId: one, reason: why }), "caseMerged");
  desk.atMs += 1;
  const three = desk.open();
  desk.find(two, "ut-1");
  assert.equal(desk.refused("case.merge", { caseId: two, intoCaseId: three, reason: why }), "caseHasRecords");
});

test("every state can be reached and none is a trap", () => {
  const reached = new Set<string>(["received"]);
  for (let before = 0; before !== reached.size; ) {
    before = reached.size;
    for (const state of [...reached]) {
      for (const { to } of Object.values(caseTransitions[state as keyof typeof caseStates])) reached.add(to);
    }
  }
  assert.deepEqual([...reached].sort(), Object.keys(caseStates).sort());
  for (const [state, row] of Object.entries(caseTransitions)) assert.ok(Object.keys(row).length > 0, state);
});
