// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { terminal } from "../fixture.ts";
import type { AllowListApplication } from "./allow-list-application.ts";
import { allowListEntries, allowListEntriesOf } from "./allow-lists.ts";
import { ada, bo, cy, Desk, dayMs, di, documents, party, why } from "./desk.ts";
import { strawRules } from "./straw-signals.ts";

/** A desk at which one holder has `count` terminals, ut-1 and on. */
function oneHolder(count: number, kind: "person" | "organisation" = "person"): Desk {
  const desk = new Desk(0);
  desk.put("party", party("party-1", { kind }));
  for (let i = 1; i <= count; i++) desk.put("terminal", terminal({ id: `ut-${i}`, holder: "party-1" }));
  return desk;
}

const applies = (terminalId: string, more: object = {}): object => ({
  territory: "AA-1",
  terminalId,
  class: "individual",
  deviceShown: true,
  ...more,
});

function apply(desk: Desk, terminalId: string, more: object = {}): AllowListApplication {
  return documents(desk.do(ada, "allowList.apply", applies(terminalId, more)), "allowListApplication")[0]!;
}

test("F6 an approved terminal is on the list from that instant, a revoked one until it was revoked", () => {
  const desk = oneHolder(1);
  const { id, state } = apply(desk, "ut-1");
  assert.equal(state, "received");
  assert.deepEqual(allowListEntries(desk.book, "AA-1"), []);
  desk.atMs += dayMs;
  const approvedMs = desk.atMs;
  desk.do(bo, "allowList.approve", { applicationId: id, reason: why });
  const entry = { terminalId: "ut-1", holder: "party-1", class: "individual", validFromMs: approvedMs };
  assert.deepEqual(allowListEntries(desk.book, "AA-1"), [{ ...entry, validToMs: null }]);
  assert.deepEqual(allowListEntries(desk.book, "AA-2"), []);
  assert.deepEqual(allowListEntriesOf(desk.book, "ut-1"), [{ territory: "AA-1", ...entry, validToMs: null }]);
  desk.atMs += dayMs;
  const revoked = desk.do(bo, "allowList.revoke", { applicationId: id, reason: why });
  assert.ok(revoked.decisions[0]?.noticeId !== undefined, "it takes something, so it tells");
  assert.deepEqual(allowListEntries(desk.book, "AA-1"), [{ ...entry, validToMs: desk.atMs }]);
  const [notice] = documents(revoked, "notice");
  const file = { noticeId: notice!.id, party: "party-1", statement: "I am who I said" };
  const [appeal] = documents(desk.do(di, "appeal.file", file), "appeal");
  desk.do(cy, "appeal.decide", {
    appealId: appeal!.id,
    verdict: "reversed",
    reason: "They are who they said",
  });
  assert.deepEqual(allowListEntries(desk.book, "AA-1"), [
    { ...entry, validFromMs: desk.atMs, validToMs: null },
  ]);
});

test("F6 a terminal that changed hands has lost its place", () => {
  const desk = oneHolder(1);
  const { id } = apply(desk, "ut-1");
  desk.put("party", party("party-9"));
  desk.put("terminal", { ...desk.terminal("ut-1"), holder: "party-9" });
  assert.equal(desk.refused(bo, "allowList.approve", { applicationId: id, reason: why }), "holderChanged");
  desk.put("terminal", { ...desk.terminal("ut-1"), holder: "party-1" });
  desk.do(bo, "allowList.approve", { applicationId: id, reason: why });
  desk.put("terminal", { ...desk.terminal("ut-1"), holder: "party-9" });
  assert.deepEqual(allowListEntries(desk.book, "AA-1"), []);
});

test("F6 caps: 1 unseen and 3 shown per person, 10 per company, critical unlimited; a breach goes to review", () => {
  const table: readonly (readonly [string, "person" | "organisation", boolean, number])[] = [
    ["individual", "person", false, 1],
    ["individual", "person", true, 3],
    ["company", "organisation", false, 10],
    ["critical", "organisation", false, Number.POSITIVE_INFINITY],
  ];
  for (const [holderClass, kind, deviceShown, cap] of table) {
    const desk = oneHolder(15, kind);
    for (let i = 1; i <= 15; i++) {
      const { state, overCap } = apply(desk, `ut-${i}`, { class: holderClass, deviceShown });
      assert.equal(overCap !== null, i > cap, `${holderClass} ${i}`);
      if (i > cap) assert.equal(state, "inReview", "never an automatic refusal");
    }
  }
});

test("F6 what is in review is decided by somebody other than who took it in; a refusal tells and can be reversed", () => {
  const desk = oneHolder(2);
  apply(desk, "ut-1", { deviceShown: false });
  const { id, state } = apply(desk, "ut-2", { deviceShown: false });
  assert.equal(state, "inReview");
  assert.equal(
    desk.refused(ada, "allowList.approve", { applicationId: id, reason: why }),
    "reviewerNotIndependent",
  );
  const refusal = desk.do(bo, "allowList.refuse", {
    applicationId: id,
    reason: "Two unseen devices of one person",
  });
  const [notice] = documents(refusal, "notice");
  assert.equal(notice!.party, "party-1");
  assert.equal(
    desk.refused(cy, "allowList.approve", { applicationId: id, reason: why }),
    "illegalTransition",
  );
  const anew = apply(desk, "ut-2", { deviceShown: false });
  desk.do(cy, "allowList.approve", { applicationId: anew.id, reason: why });
});

test("F6 the forces' lane is apart: its own approvers, no caps, nobody else's", () => {
  const desk = oneHolder(30, "organisation");
  const lane = { class: "government", lane: "forces", deviceShown: false };
  const all = Array.from({ length: 30 }, (_, i) => apply(desk, `ut-${i + 1}`, lane));
  assert.ok(all.every(({ state, signals }) => state === "received" && signals.length === 0));
  const request = { applicationId: all[0]!.id, reason: why };
  assert.equal(desk.refused(bo, "allowList.approve", request), "laneInvalid");
  desk.do(bo, "allowList.approveForces", request);
  const permissions = ["allowList.approve", "allowList.approveForces"].map(
    name => desk.bound(name, request).permission,
  );
  assert.equal(new Set(permissions).size, 2);
  const other = oneHolder(2, "organisation");
  assert.equal(
    other.refused(ada, "allowList.apply", applies("ut-1", { lane: "forces", class: "company" })),
    "laneInvalid",
  );
  assert.equal(
    other.refused(ada, "allowList.apply", applies("ut-1", { class: "government" })),
    "laneInvalid",
  );
  assert.equal(other.refused(ada, "allowList.apply", applies("ut-1")), "classInvalid");
});

test("F6 signs of a stand-in ask for a look, each with whom it also fits", () => {
  const signs = (desk: Desk, more: object = {}): readonly string[] =>
    apply(desk, "ut-1", more).signals.map(({ rule }) => rule);
  assert.deepEqual(signs(oneHolder(1)), []);
  assert.deepEqual(signs(oneHolder(1), { askedBySomebody: true }), ["recruited"]);
  const payer = oneHolder(1);
  payer.put("party", party("party-2"));
  assert.deepEqual(signs(payer, { payer: "party-2" }), ["unusualPayer"]);
  const sponsored = oneHolder(1);
  sponsored.put("party", party("party-2"));
  sponsored.put("sponsorship", {
    id: "spo-1",
    sponsor: "party-2",
    accountIds: ["acc-1"],
    fromMs: 0,
    endsMs: null,
    noticeDays: 14,
    continuityDays: 30,
  });
  assert.deepEqual(signs(sponsored, { payer: "party-2" }), [], "a sponsor pays, as sponsors do");
  const unused = oneHolder(1);
  unused.put("terminal", terminal({ id: "ut-1", holder: "party-1", state: "verified" }));
  assert.deepEqual(signs(unused), ["noPriorUse"]);
  for (const [days, expected] of [
    [13, ["coolingOff"]],
    [14, []],
  ] as const) {
    const young = oneHolder(1);
    young.put("custody", {
      id: "cus-1",
      terminalId: "ut-1",
      step: "sale",
      atMs: young.atMs - days * dayMs,
      fromParty: null,
      toParty: "party-1",
      country: "AA",
      asserter: "shop",
      source: "receipt",
    });
    assert.deepEqual(signs(young), expected);
  }
  const other = oneHolder(1);
  other.put("terminal", terminal({ id: "ut-1", holder: "party-1", user: "party-3" }));
  assert.deepEqual(signs(other), ["otherUser"]);
  const many = oneHolder(3);
  const states = [1, 2, 3].map(i => apply(many, `ut-${i}`).signals.map(({ rule }) => rule));
  assert.deepEqual(states, [[], [], ["maximum"]]);
  const payers = new Desk(3);
  payers.put("party", party("party-9"));
  const last = [1, 2, 3].map(i => apply(payers, `ut-${i}`, { payer: "party-9" })).at(-1)!;
  assert.deepEqual(
    last.signals.map(({ rule }) => rule),
    ["unusualPayer", "payerOfMany"],
  );
  for (const { innocentReading } of Object.values(strawRules)) assert.ok(innocentReading.length > 20);
});

test("F6 property: no application is refused but by a person, and the list holds only what persons approved", () => {
  const step = fc.record({
    terminal: fc.integer({ min: 1, max: 5 }),
    deviceShown: fc.boolean(),
    askedBySomebody: fc.constantFrom(null, true, false),
    next: fc.constantFrom("nothing", "approve", "refuse", "revoke"),
    actor: fc.constantFrom(ada, bo),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), steps => {
      const desk = oneHolder(5);
      // The reference: who said yes to which terminal, and how many places the holder has or asks for.
      const listed = new Set<string>();
      const asking = new Map<string, { id: string; shown: boolean; review: boolean }>();
      for (const { terminal, deviceShown, askedBySomebody, next, actor } of steps) {
        const ut = `ut-${terminal}`;
        const applied = desk.ask(ada, "allowList.apply", applies(ut, { deviceShown, askedBySomebody }));
        assert.equal(applied.ok, !asking.has(ut));
        if (applied.ok) {
          const { id, state } = documents(applied.value, "allowListApplication")[0]!;
          const unseen = [...asking.values()].filter(({ shown }) => !shown).length;
          const all = asking.size + 1;
          const over = all > 3 || (!deviceShown && unseen >= 1);
          const review = over || all === 3 || askedBySomebody === true;
          const before = desk.book.about("allowListApplication", ut).length;
          if (before === 1) assert.equal(state, review ? "inReview" : "received");
          assert.notEqual(state, "refused");
          asking.set(ut, { id, shown: deviceShown, review: state === "inReview" });
        }
        const { id, review } = asking.get(ut)!;
        if (next !== "nothing") {
          const was = desk.book.get("allowListApplication", id)!.state;
          const done = desk.ask(actor, `allowList.${next}`, { applicationId: id, reason: why });
          const open = was === "received" || was === "inReview";
          const may =
            next === "revoke" ? was === "approved" : open && !(next === "approve" && review && actor === ada);
          assert.equal(done.ok, may);
          if (may && next === "approve") listed.add(ut);
          if (may && next !== "approve") {
            listed.delete(ut);
            asking.delete(ut);
          }
        }
        const live = allowListEntries(desk.book, "AA-1").filter(({ validToMs }) => validToMs === null);
        assert.deepEqual(live.map(({ terminalId }) => terminalId).sort(), [...listed].sort());
      }
    }),
    { numRuns: cases(2_000) },
  );
});
