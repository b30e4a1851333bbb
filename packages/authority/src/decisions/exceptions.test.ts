// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { breakGlassTransitions, unreviewed } from "./break-glass-commands.ts";
import { dueCommands } from "./decision-commands.ts";
import { ada, bo, cy, Desk, dayMs, di, documents, hourMs, why } from "./desk.ts";
import { noticesTo } from "./notices.ts";
import { exceptionHolds, liftable } from "./site-exceptions.ts";

const grant = (desk: Desk, more: object = {}): object => ({
  title: "Hospital of Aa",
  terminalIds: ["ut-1"],
  site: { latDeg: 31.5, lonDeg: 34.5 },
  radiusKm: 0.5,
  lifts: ["AREA_NOT_ACTIVE"],
  reason: "A hospital depends on it",
  fromMs: desk.atMs,
  toMs: desk.atMs + 30 * dayMs,
  ...more,
});

test("F4 an exception is named, dated and approved by two persons", () => {
  const desk = new Desk();
  assert.equal(desk.refused(ada, "siteException.grant", grant(desk)), "needsApproval");
  const [exception] = documents(desk.approved("siteException.grant", grant(desk)), "siteException");
  assert.deepEqual(exception!.terminalIds, ["ut-1"]);
  assert.ok(!exceptionHolds(exception!, desk.atMs - 1));
  assert.ok(exceptionHolds(exception!, desk.atMs));
  assert.ok(!exceptionHolds(exception!, desk.atMs + 30 * dayMs));
  const early = documents(
    desk.approved("siteException.grant", grant(desk, { fromMs: 0 })),
    "siteException",
  )[0]!;
  assert.equal(early.fromMs, desk.atMs, "it changes nothing that was decided before");
  const faults: readonly (readonly [object, string])[] = [
    [{ toMs: desk.atMs }, "intervalInvalid"],
    [{ toMs: desk.atMs + 367 * dayMs }, "intervalInvalid"],
    [{ terminalIds: ["ut-9"] }, "terminalUnknown"],
    [{ licenceExceptionId: "lic-1" }, "licenceNotNeeded"],
    [{ lifts: ["LEGAL_REGIME"] }, "licenceMissing"],
    [{ lifts: ["LEGAL_REGIME"], licenceExceptionId: "lic-1" }, "licenceUnknown"],
  ];
  for (const [more, code] of faults) {
    const failed = desk.tryApproved("siteException.grant", grant(desk, more));
    assert.equal(!failed.ok && failed.error.code, code);
  }
});

test("F4 it lifts nothing else: no standing of the terminal, no place that does not fit, no wide circle", () => {
  const desk = new Desk();
  assert.deepEqual(Object.keys(liftable).sort(), [
    "AREA_NOT_ACTIVE",
    "LEGAL_REGIME",
    "NOT_ON_ALLOWLIST",
    "PLAN_ADDRESS",
    "PLAN_COUNTRY",
    "PLAN_OCEAN",
    "ROAM_EXPIRED",
  ]);
  for (const more of [
    { lifts: ["TERMINAL_SUSPENDED"] },
    { lifts: ["LOCATION_INCONSISTENT"] },
    { lifts: [] },
    { radiusKm: 50.1 },
    { radiusKm: 0 },
  ]) {
    const command = { name: "siteException.grant", request: grant(desk, more) };
    assert.equal(desk.refused(ada, "proposal.propose", { command, reason: why }), "requestInvalid");
  }
});

test("F4 a law is lifted only under a licence in force, and ends with it; each holder is told and may appeal", () => {
  const desk = new Desk();
  const record = {
    territory: "DD",
    statementId: "DD-law",
    licence: "Licence 12",
    issuer: "DD treasury",
    fromMs: desk.atMs,
    toMs: desk.atMs + 60 * dayMs,
    reason: "For humanitarian use",
  };
  const unfit = desk.tryApproved("licenceException.record", {
    ...record,
    territory: "AA",
    statementId: "AA-licence",
  });
  assert.equal(!unfit.ok && unfit.error.code, "statementUnfit");
  const [licence] = documents(desk.approved("licenceException.record", record), "licenceException");
  const lawful = { lifts: ["LEGAL_REGIME"], licenceExceptionId: licence!.id };
  const longer = desk.tryApproved(
    "siteException.grant",
    grant(desk, { ...lawful, toMs: desk.atMs + 61 * dayMs }),
  );
  assert.equal(!longer.ok && longer.error.code, "licenceNotInForce");
  const [exception] = documents(desk.approved("siteException.grant", grant(desk, lawful)), "siteException");
  desk.atMs += dayMs;
  desk.do(di, "licenceException.end", {
    licenceExceptionId: licence!.id,
    reason: "The treasury took it back",
  });
  assert.equal(desk.book.get("siteException", exception!.id)?.toMs, desk.atMs);
  assert.equal(desk.book.get("licenceException", licence!.id)?.toMs, desk.atMs);
  const [notice] = noticesTo(desk.book, "party-1");
  const file = { noticeId: notice!.id, party: "party-1", statement: "We still need it" };
  const [appeal] = documents(desk.do(bo, "appeal.file", file), "appeal");
  const reverse = { appealId: appeal!.id, verdict: "reversed", reason: "They still need it" };
  assert.equal(desk.refused(bo, "appeal.decide", reverse), "licenceNotInForce", "no appeal lifts a law");
});

test("F4 F26 an exception that was ended early is given back on appeal until its own date", () => {
  const desk = new Desk();
  const [exception] = documents(desk.approved("siteException.grant", grant(desk)), "siteException");
  desk.atMs += dayMs;
  desk.do(di, "siteException.end", { exceptionId: exception!.id, reason: "The hospital moved" });
  assert.ok(!exceptionHolds(desk.book.get("siteException", exception!.id)!, desk.atMs));
  const again = { exceptionId: exception!.id, reason: "The hospital moved" };
  assert.equal(desk.refused(di, "siteException.end", again), "exceptionOver");
  const [notice] = noticesTo(desk.book, "party-1");
  const file = { noticeId: notice!.id, party: "party-1", statement: "We are still here", lifeCritical: true };
  const [appeal] = documents(desk.do(bo, "appeal.file", file), "appeal");
  desk.do(bo, "appeal.decide", { appealId: appeal!.id, verdict: "reversed", reason: "They are still there" });
  const back = desk.book.get("siteException", exception!.id)!;
  assert.equal(back.toMs, exception!.toMs);
  assert.ok(exceptionHolds(back, desk.atMs));
});

test("one person protects a site; two more take the protection away; an order about it needs a look", () => {
  const desk = new Desk();
  const site = {
    title: "Waterworks",
    kind: "water",
    site: { latDeg: 1, lonDeg: 2 },
    radiusKm: 1,
    terminalIds: ["ut-1"],
    asserter: "AA ministry",
    source: "register of 2024",
  };
  const [registered] = documents(desk.do(di, "protectedSite.register", site), "protectedSite");
  assert.equal(desk.refused(di, "protectedSite.register", site), "siteKnown");
  const order = { terminalId: "ut-1", ground: why, hours: 2 };
  assert.equal(desk.refused(ada, "order.suspend", order), "protectedSiteUnseen");
  desk.do(ada, "order.suspend", { ...order, protectedSitesSeen: [registered!.id] });
  const remove = { siteId: registered!.id, reason: "It was closed for good" };
  assert.equal(desk.refused(di, "protectedSite.remove", remove), "needsApproval");
  desk.approved("protectedSite.remove", remove);
  assert.equal(desk.book.get("protectedSite", registered!.id), undefined);
});

test("break-glass: one person, listed commands only, four hours at most, ends by itself, reviewed by another", () => {
  const desk = new Desk();
  const emergency = "The hospital lost its other line";
  const use = (request: object, more: object = {}): object => ({
    command: { name: "siteException.grant", request },
    emergency,
    ...more,
  });
  const short = grant(desk, { toMs: desk.atMs + 4 * hourMs });
  const long = use(grant(desk, { toMs: desk.atMs + 4 * hourMs + 1 }));
  assert.equal(desk.refused(ada, "breakGlass.use", long), "outlastsBreakGlass");
  assert.equal(desk.refused(ada, "breakGlass.use", use(short, { hours: 3 })), "outlastsBreakGlass");
  for (const name of ["order.deactivate", "order.restrict", "siteException.end", "proposal.approve"]) {
    const other = { command: { name, request: {} }, emergency };
    assert.equal(desk.refused(ada, "breakGlass.use", other), "notForEmergencies", name);
  }
  const ruling = desk.do(ada, "breakGlass.use", use(short));
  const [glass] = documents(ruling, "breakGlass");
  const [exception] = documents(ruling, "siteException");
  assert.deepEqual(glass!.effects, [{ kind: "siteException", id: exception!.id }]);
  assert.deepEqual(unreviewed(desk.book, desk.atMs), [{ breakGlass: glass, overdue: false }]);
  const endMs = desk.atMs + 4 * hourMs;
  assert.ok(exceptionHolds(exception!, endMs - 1) && !exceptionHolds(exception!, endMs));
  desk.tick(endMs, dueCommands(desk.book, endMs));
  assert.equal(desk.book.get("breakGlass", glass!.id)?.endedMs, endMs);
  assert.equal(unreviewed(desk.book, endMs + 68 * hourMs)[0]?.overdue, true, "72 hours after it was used");
  const review = { breakGlassId: glass!.id, verdict: "justified", reason: "It was, and it helped" };
  assert.equal(desk.refused(ada, "breakGlass.review", review), "reviewerNotIndependent");
  desk.do(bo, "breakGlass.review", review);
  assert.equal(desk.refused(cy, "breakGlass.review", review), "illegalTransition", "once");
  assert.deepEqual(unreviewed(desk.book, endMs), []);
  assert.equal(Object.keys(breakGlassTransitions).length, 3);
});

test("break-glass found not justified ends at once what it did", () => {
  const desk = new Desk();
  const request = grant(desk, { toMs: desk.atMs + 4 * hourMs });
  const emergency = "The hospital lost its other line";
  const used = desk.do(ada, "breakGlass.use", {
    command: { name: "siteException.grant", request },
    emergency,
  });
  desk.atMs += hourMs;
  const against = {
    breakGlassId: documents(used, "breakGlass")[0]!.id,
    verdict: "notJustified",
    reason: "There is no hospital",
  };
  const ruling = desk.do(bo, "breakGlass.review", against);
  assert.equal(documents(ruling, "breakGlass")[0]?.endedMs, desk.atMs);
  const exception = desk.book.get("siteException", documents(used, "siteException")[0]!.id)!;
  assert.ok(!exceptionHolds(exception, desk.atMs));
  assert.ok(ruling.decisions.some(({ subject, noticeId }) => subject === "ut-1" && noticeId !== undefined));
});

test("break-glass suspends in bulk with canary and look, and nothing of it outlasts its four hours", () => {
  const desk = new Desk(8);
  const request = {
    action: "suspend",
    ground: why,
    basis: { kind: "policy", id: "pol-1" },
    terminalIds: ["ut-1", "ut-2", "ut-3"],
    hours: 3,
  };
  const use = (more: object): object => ({
    command: { name: "bulk.propose", request: { ...request, ...more } },
    emergency: "The terminals steer something dangerous",
  });
  assert.equal(desk.refused(ada, "breakGlass.use", use({ hours: 5 })), "outlastsBreakGlass");
  const deactivate = { action: "deactivate", hours: null, basis: { kind: "lawfulOrder", id: "r" } };
  assert.equal(desk.refused(ada, "breakGlass.use", use(deactivate)), "notForEmergencies");
  const ruling = desk.do(ada, "breakGlass.use", use({}));
  const [bulk] = documents(ruling, "bulkOrder");
  const suspended = (): number =>
    [...desk.book.all("terminal")].filter(({ state }) => state === "suspended").length;
  assert.equal(suspended(), 1);
  const confirm = {
    bulkId: bulk!.id,
    observations: bulk!.canary.map(terminalId => ({ terminalId, asExpected: true, note: "Looked at it" })),
    reason: "The sample was looked at",
  };
  desk.atMs += 2 * hourMs;
  assert.equal(
    desk.refused(di, "bulk.confirmCanary", confirm),
    "outlastsBreakGlass",
    "three hours more would",
  );
  desk.atMs -= hourMs;
  desk.do(di, "bulk.confirmCanary", confirm);
  assert.equal(suspended(), 3);
  const against = {
    breakGlassId: documents(ruling, "breakGlass")[0]!.id,
    verdict: "notJustified",
    reason: "Nothing dangerous was there",
  };
  desk.do(bo, "breakGlass.review", against);
  assert.equal(suspended(), 0);
});
