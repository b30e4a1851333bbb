// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "@perigee/earth";
import fc from "fast-check";
import type { AreaRequest } from "../areas/area-request.ts";
import { cases } from "../cases.ts";
import { noonMs } from "../fixture.ts";
import { canaryOf, checkBlastRadius, defaultBulkLimits } from "./bulk-limits.ts";
import type { BulkOrder } from "./bulk-order.ts";
import { bulkTransitions } from "./bulk-orders.ts";
import { defaultDecisionRules } from "./decision-commands.ts";
import { ada, bo, cy, Desk, di, documents, hourMs, why } from "./desk.ts";

const named = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => `ut-${from + i}`);

const suspension = (terminalIds: readonly string[], more: object = {}): object => ({
  action: "suspend",
  ground: why,
  basis: { kind: "policy", id: "pol-1" },
  terminalIds,
  hours: 6,
  ...more,
});

const begin = (desk: Desk, request: object): BulkOrder =>
  documents(desk.approved("bulk.propose", request), "bulkOrder")[0]!;

const stateOf = (desk: Desk, ids: readonly string[]): readonly string[] =>
  ids.map(id => desk.terminal(id).state);

const count = (desk: Desk, state: string): number =>
  [...desk.book.all("terminal")].filter(terminal => terminal.state === state).length;

function observed(bulk: BulkOrder, asExpected = true): object {
  return {
    bulkId: bulk.id,
    observations: bulk.canary.map(terminalId => ({ terminalId, asExpected, note: "Looked at it" })),
    reason: "The sample was looked at",
  };
}

/** 40 of 800 terminals in service: five per cent, the most that one order may touch. */
const wide = (): Desk => new Desk(800);

const clinic = (more: object = {}): object => ({
  title: "Clinic",
  kind: "health",
  site: { latDeg: 48.6, lonDeg: 37.8 },
  radiusKm: 2,
  asserter: "AA ministry",
  source: "register of 2024",
  ...more,
});

test("F25 canary first, somebody else looks, then the rest", () => {
  const desk = wide();
  const ids = named(40);
  const bulk = begin(desk, suspension(ids));
  assert.equal(bulk.state, "canary");
  assert.equal(bulk.canary.length, 1, "one per cent of 40 is less than one: one");
  assert.equal(count(desk, "suspended"), 1);
  const confirm = observed(bulk);
  for (const actor of [ada, bo, cy]) {
    assert.equal(desk.refused(actor, "bulk.confirmCanary", confirm), "checkerNotIndependent");
  }
  const ruling = desk.do(di, "bulk.confirmCanary", confirm);
  assert.equal(documents(ruling, "bulkOrder")[0]?.state, "complete");
  assert.deepEqual(new Set(stateOf(desk, ids)), new Set(["suspended"]));
  assert.equal(count(desk, "suspended"), 40);
  assert.equal(
    ruling.decisions.filter(({ noticeId }) => noticeId !== undefined).length,
    39,
    "each has its notice",
  );
  desk.do(bo, "bulk.rollBack", { bulkId: bulk.id, reason: "It was a mistake" });
  assert.equal(count(desk, "suspended"), 0, "all of it is reversed");
  assert.equal(
    desk.refused(bo, "bulk.rollBack", { bulkId: bulk.id, reason: "It was a mistake" }),
    "illegalTransition",
  );
});

test("F25 a canary that did not do what was meant reverses itself", () => {
  const desk = wide();
  const bulk = begin(desk, suspension(named(30)));
  const ruling = desk.do(di, "bulk.confirmCanary", observed(bulk, false));
  assert.equal(documents(ruling, "bulkOrder")[0]?.state, "rolledBack");
  assert.equal(count(desk, "suspended"), 0);
  assert.equal(desk.refused(di, "bulk.confirmCanary", observed(bulk)), "illegalTransition");
});

test("F25 the sample is of the canary, and large enough", () => {
  const bulkLimits = { mostShare: 1, mostAnyway: 10, canaryShare: 0.01, sample: 3 };
  const desk = new Desk(450, {}, { ...defaultDecisionRules, bulkLimits });
  const bulk = begin(desk, suspension(named(450)));
  assert.equal(bulk.canary.length, 4);
  const saw = (...ids: readonly string[]): object => ({
    ...observed(bulk),
    observations: ids.map(terminalId => ({ terminalId, asExpected: true, note: "Looked at it" })),
  });
  const [a, b, c] = bulk.canary as [string, string, string];
  const outside = bulk.terminalIds.find(id => !bulk.canary.includes(id))!;
  assert.equal(desk.refused(di, "bulk.confirmCanary", saw(outside)), "notInCanary");
  assert.equal(desk.refused(di, "bulk.confirmCanary", saw(a, b)), "sampleTooSmall");
  assert.equal(desk.refused(di, "bulk.confirmCanary", saw(a, b, a)), "sampleTooSmall");
  desk.do(di, "bulk.confirmCanary", saw(a, b, c));
  assert.equal(count(desk, "suspended"), 450);
});

test("F25 an order beyond the cap is refused; giving back is not capped", () => {
  const desk = wide();
  const failed = desk.tryApproved("bulk.propose", suspension(named(41)));
  assert.equal(!failed.ok && failed.error.code, "blastRadiusTooGreat");
  assert.equal(count(desk, "suspended"), 0);
  const radius = { terminals: 11, accounts: 1, share: 0.050_1, protectedSites: [] };
  const { ok } = checkBlastRadius(radius, "suspend", defaultBulkLimits);
  assert.equal(ok, false);
  assert.ok(checkBlastRadius({ ...radius, share: 0.05 }, "suspend", defaultBulkLimits).ok);
  assert.ok(checkBlastRadius({ ...radius, terminals: 10 }, "suspend", defaultBulkLimits).ok);
  assert.ok(checkBlastRadius({ ...radius, share: 1 }, "restore", defaultBulkLimits).ok);
  const bulk = begin(desk, suspension(named(40)));
  desk.do(di, "bulk.confirmCanary", observed(bulk));
  const back = begin(desk, { ...suspension(named(40)), action: "restore", hours: null });
  assert.equal(back.state, "complete");
  assert.equal(count(desk, "suspended"), 0);
  assert.equal(
    desk.refused(di, "bulk.rollBack", { bulkId: back.id, reason: "Take it away again" }),
    "notReversible",
  );
});

test("F25 many small orders reach no further than one: those of a day count together", () => {
  const desk = wide();
  const first = begin(desk, suspension(named(30)));
  begin(desk, suspension(named(10, 31)));
  const more = desk.tryApproved("bulk.propose", suspension(named(1, 41)));
  assert.equal(!more.ok && more.error.code, "blastRadiusTooGreat");
  desk.do(di, "bulk.rollBack", { bulkId: first.id, reason: "It was a mistake" });
  begin(desk, suspension(named(1, 41)));
  const other = wide();
  begin(other, suspension(named(40)));
  other.atMs += 24 * hourMs - 1;
  assert.ok(!other.tryApproved("bulk.propose", suspension(named(40, 100))).ok);
  other.atMs += 1;
  begin(other, suspension(named(40, 100)));
});

test("F25 a bulk order that touches a protected site stops before it does anything, until somebody has looked", () => {
  const desk = wide();
  const [site] = documents(
    desk.do(di, "protectedSite.register", clinic({ terminalIds: ["ut-7"] })),
    "protectedSite",
  );
  const bulk = begin(desk, suspension(named(20)));
  assert.equal(bulk.state, "stopped");
  assert.match(bulk.stoppedBecause!, new RegExp(site!.id));
  assert.equal(count(desk, "suspended"), 0, "not even its canary");
  assert.equal(
    desk.refused(di, "bulk.confirmCanary", {
      ...observed(bulk),
      observations: [{ terminalId: "ut-1", asExpected: true, note: "Looked" }],
    }),
    "illegalTransition",
  );
  const look = { bulkId: bulk.id, reason: "I have been there" };
  assert.equal(desk.refused(ada, "bulk.look", { ...look, sitesSeen: [site!.id] }), "checkerNotIndependent");
  assert.equal(desk.refused(di, "bulk.look", look), "protectedSiteUnseen");
  const goes = documents(desk.do(di, "bulk.look", { ...look, exclude: ["ut-7"] }), "bulkOrder")[0]!;
  assert.deepEqual([goes.state, goes.terminalIds.length], ["canary", 19]);
  desk.do(di, "bulk.confirmCanary", observed(goes));
  assert.equal(count(desk, "suspended"), 19);
  assert.equal(desk.terminal("ut-7").state, "active");
});

test("F25 near is near enough: by the cell from which a terminal reported last", () => {
  const near = { terminalId: "ut-1", cell: cellAt(48.62, 37.85) };
  const far = { terminalId: "ut-1", cell: cellAt(50.5, 30.5) };
  for (const [lastCells, state] of [
    [[near], "stopped"],
    [[far], "canary"],
    [[{ ...near, terminalId: "ut-700" }], "canary"],
    [[], "canary"],
  ] as const) {
    const desk = wide();
    desk.do(di, "protectedSite.register", clinic());
    assert.equal(begin(desk, suspension(named(20), { lastCells })).state, state);
  }
});

test("F25 a site registered between canary and rest stops the rest", () => {
  const desk = wide();
  const bulk = begin(desk, suspension(named(20)));
  const rest = bulk.terminalIds.find(id => !bulk.canary.includes(id))!;
  const [site] = documents(
    desk.do(di, "protectedSite.register", clinic({ terminalIds: [rest] })),
    "protectedSite",
  );
  const [stopped] = documents(desk.do(di, "bulk.confirmCanary", observed(bulk)), "bulkOrder");
  assert.equal(stopped!.state, "stopped");
  assert.equal(count(desk, "suspended"), 1);
  desk.do(di, "bulk.look", { bulkId: bulk.id, sitesSeen: [site!.id], reason: "I have been there" });
  assert.equal(count(desk, "suspended"), 1, "the canary is done already");
  desk.do(di, "bulk.confirmCanary", observed(bulk));
  assert.equal(count(desk, "suspended"), 20);
});

test("F25 a canary terminal that was given service back since stops the rest", () => {
  const desk = wide();
  const bulk = begin(desk, suspension(named(20)));
  desk.do(di, "order.restore", { terminalId: bulk.canary[0]!, ground: "It was the wrong one" });
  const [stopped] = documents(desk.do(di, "bulk.confirmCanary", observed(bulk)), "bulkOrder");
  assert.equal(stopped!.state, "stopped");
  assert.equal(count(desk, "suspended"), 0);
});

test("each step is all or nothing, and says which terminal is in the way", () => {
  const desk = wide();
  const bulk = begin(desk, suspension(named(20)));
  const odd = bulk.terminalIds.find(id => !bulk.canary.includes(id))!;
  desk.put("terminal", { ...desk.terminal(odd), state: "paused" });
  const failed = desk.ask(di, "bulk.confirmCanary", observed(bulk));
  assert.ok(!failed.ok);
  assert.equal(failed.error.code, "illegalTerminalTransition");
  assert.match(failed.error.message, new RegExp(`^${odd}:`));
  assert.equal(count(desk, "suspended"), 1);
  desk.do(di, "bulk.confirmCanary", { ...observed(bulk), exclude: [odd] });
  assert.equal(count(desk, "suspended"), 19);
});

test("F5 F25 a bulk deactivation needs a lawful order that names each terminal", () => {
  const order = (granted: readonly string[]): AreaRequest => ({
    id: "req-1",
    requester: "Court of AA",
    kind: "lawfulOrder",
    scope: { kind: "terminals", terminalIds: granted, wants: "deactivate" },
    jurisdiction: "AA",
    legalBasis: null,
    emergency: false,
    receivedMs: noonMs,
    state: "granted",
    stateSinceMs: noonMs,
    authentication: null,
    impactNote: null,
    reasons: [],
    granted,
    expiresMs: null,
    sealed: false,
    verifiedBy: null,
  });
  const request = suspension(named(20), {
    action: "deactivate",
    hours: null,
    basis: { kind: "lawfulOrder", id: "req-1" },
  });
  const desk = wide();
  desk.put("areaRequest", order(named(20)));
  const bulk = begin(desk, request);
  // What carried the canary must carry the rest as well.
  desk.put("areaRequest", order(named(19)));
  const missing = desk.ask(di, "bulk.confirmCanary", observed(bulk));
  if (bulk.canary.includes("ut-20")) assert.ok(missing.ok);
  else assert.equal(!missing.ok && missing.error.code, "basisInsufficient");
  desk.put("areaRequest", order(named(20)));
  desk.do(di, "bulk.confirmCanary", observed(bulk));
  assert.equal(count(desk, "deactivated"), 20);
  for (const kind of ["policy", "finding"] as const) {
    const failed = wide().tryApproved("bulk.propose", { ...request, basis: { kind, id: "pol-1" } });
    assert.equal(!failed.ok && failed.error.code, "basisInsufficient");
  }
  desk.do(di, "bulk.rollBack", { bulkId: bulk.id, reason: "The court took it back" });
  assert.equal(count(desk, "deactivated"), 0);
});

test("property: a canary is at most its share, at least one, and follows from the ids alone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 250 }),
      fc.string({ minLength: 1, maxLength: 8 }),
      (size, bulkId) => {
        const ids = named(size);
        const canary = canaryOf(bulkId, ids, 0.01);
        assert.equal(canary.length, Math.max(1, Math.floor(size / 100)));
        assert.deepEqual(canaryOf(bulkId, ids.toReversed(), 0.01), canary, "whatever their order");
        assert.ok(canary.every(id => ids.includes(id)));
      },
    ),
    { numRuns: cases(100) },
  );
});

test("F25 property: never more than the canary before somebody else's look, never a protected terminal unseen", () => {
  const actor = fc.constantFrom(ada, bo, cy, di);
  const step = fc.oneof(
    fc.record({ do: fc.constant("confirm" as const), actor, good: fc.boolean() }),
    fc.record({ do: fc.constant("look" as const), actor, good: fc.boolean() }),
    fc.record({ do: fc.constant("stop" as const), actor, good: fc.boolean() }),
    fc.record({ do: fc.constant("rollBack" as const), actor, good: fc.boolean() }),
    fc.record({ do: fc.constant("wait" as const), actor, good: fc.boolean() }),
  );
  const protect = fc.constantFrom(0, 1, 2);
  fc.assert(
    fc.property(protect, fc.array(step, { minLength: 1, maxLength: 4 }), (protectedTerminals, steps) => {
      const desk = new Desk(3);
      const ids = named(3);
      const sites = named(protectedTerminals).map(
        id =>
          documents(desk.do(di, "protectedSite.register", clinic({ terminalIds: [id] })), "protectedSite")[0]!
            .id,
      );
      const begun = desk.tryWithApprovals("bulk.propose", suspension(ids));
      assert.ok(begun.ok);
      const bulk = documents(begun.value, "bulkOrder")[0]!;
      // The reference: what is done may be none, the canary, all or nothing any more.
      const stops = protectedTerminals > 0;
      let reached = (stops ? "stopped" : "canary") as "stopped" | "canary" | "all" | "back";
      let done = (stops ? "none" : "canary") as "none" | "canary" | "all";
      for (const s of steps) {
        const now = desk.book.get("bulkOrder", bulk.id)!;
        switch (s.do) {
          case "confirm": {
            const seen = now.canary.length > 0 ? now : { ...now, canary: ["ut-1"] };
            const made = desk.ask(s.actor, "bulk.confirmCanary", observed(seen, s.good));
            const may: boolean = reached === "canary" && s.actor === di;
            assert.equal(made.ok, may);
            if (may) [reached, done] = s.good ? ["all", "all"] : ["back", "none"];
            break;
          }
          case "look": {
            const sitesSeen = s.good ? sites : [];
            const made = desk.ask(s.actor, "bulk.look", {
              bulkId: bulk.id,
              sitesSeen,
              reason: "I have been there",
            });
            const needs = !(s.good || done !== "none" || protectedTerminals === 0);
            const may: boolean = reached === "stopped" && s.actor !== ada && !needs;
            assert.equal(made.ok, may);
            if (may) [reached, done] = ["canary", "canary"];
            break;
          }
          case "stop": {
            const made = desk.ask(s.actor, "bulk.stop", { bulkId: bulk.id, reason: "Wait a moment" });
            assert.equal(made.ok, reached === "canary");
            if (reached === "canary") reached = "stopped";
            break;
          }
          case "rollBack": {
            const made = desk.ask(s.actor, "bulk.rollBack", { bulkId: bulk.id, reason: "Take it back" });
            assert.equal(made.ok, reached !== "back");
            [reached, done] = ["back", "none"];
            break;
          }
          case "wait":
            desk.atMs += hourMs / 60;
        }
        assert.equal(count(desk, "suspended"), { none: 0, canary: 1, all: 3 }[done], `${s.do} ${reached}`);
      }
    }),
    { numRuns: cases(10_000) },
  );
});

test("the table of bulk orders has one way to the rest, and it leads through the canary", () => {
  const ways = Object.entries(bulkTransitions).flatMap(([state, row]) =>
    Object.entries(row).flatMap(([event, transition]) =>
      transition?.to === "complete" ? [`${state} ${event}`] : [],
    ),
  );
  assert.deepEqual(ways, ["canary confirm"]);
});
