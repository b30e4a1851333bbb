// SPDX-License-Identifier: MIT
// What must hold whatever people, detectors and reporters do. Random histories; the seed is printed where one fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkBasis } from "@perigee/authority";
import fc from "fast-check";
import { patterns } from "../detectors/patterns.ts";
import { measures, recommendOrders } from "../orders/recommend.ts";
import { type CaseClaim, caseKinds, kindsAboutTerminals } from "../records.ts";
import { ada, CaseDesk, why } from "../testing/desk.ts";
import { mostOrigins, weightsOf } from "./weight.ts";

const terminalId = fc.constantFrom("ut-1", "ut-2", "ut-3");
const claim: fc.Arbitrary<CaseClaim> = fc.record({
  id: fc.constantFrom("p-1", "p-2", "p-3"),
  predicate: fc.constantFrom("USED_BY", "SOLD_TO", "ACTIVE_IN"),
  text: fc.constant("Somebody says so"),
  polarity: fc.constantFrom("asserted", "denied"),
  origins: fc.uniqueArray(fc.constantFrom("o-1", "o-2", "o-3", "o-4"), { minLength: 1 }),
  statements: fc.constant([]),
  documents: fc.uniqueArray(fc.constantFrom("d-1", "d-2", "d-3")),
});
const signal = fc.record({
  id: fc.uuid().map(id => `sig_${id}`),
  pattern: fc.constantFrom(...Object.keys(patterns)),
  terminals: fc.uniqueArray(terminalId, { minLength: 1 }),
  text: fc.constant("It was seen"),
  falsePositives: fc.constant("Others show it, too"),
  atMs: fc.constant(1),
});
const kind = fc.constantFrom(...(Object.keys(caseKinds) as (keyof typeof caseKinds)[]));
const long = "A text that is long enough";

/** Something that a person, or a program, may ask about a case. */
const asked = fc.oneof(
  fc.record({ claims: fc.array(claim, { maxLength: 5 }) }).map(more => ["case.add", more] as const),
  fc.record({ signals: fc.array(signal, { maxLength: 8 }) }).map(more => ["case.add", more] as const),
  terminalId.map(id => ["case.add", { candidates: [{ terminalId: id, by: "hand", why: long }] }] as const),
  terminalId.map(id => ["case.exclude", { terminalId: id, reason: long }] as const),
  fc
    .constantFrom("confirmed", "notConfirmed", "inconclusive")
    .map(verdict => ["case.conclude", { verdict, summary: long }] as const),
  kind.map(of => ["case.triage", { kind: of, title: long, safety: "credible", reason: long }] as const),
  fc.constant(["case.follow", {}] as const),
  fc
    .constantFrom("case.investigate", "case.dismiss", "case.close", "case.reopen")
    .map(name => [name, { reason: long }] as const),
);

test("whatever is asked of casework, no record of the authority's changes, and nothing about terminals is confirmed", () => {
  fc.assert(
    fc.property(kind, fc.array(asked, { maxLength: 30 }), (of, history) => {
      const desk = new CaseDesk();
      const caseId = desk.open(of);
      const before = JSON.stringify([[...desk.book.all("terminal")], [...desk.book.all("account")]]);
      for (const [name, request] of history) {
        desk.atMs += 1;
        const ruling = desk.ask(ada, name, { caseId, ...request });
        if (!ruling.ok) continue;
        for (const change of ruling.value.changes) {
          assert.ok(["case", "caseReport"].includes(change.kind), `${name} changes a ${change.kind}`);
        }
        assert.equal(ruling.value.decisions.length, 1);
      }
      const found = desk.case(caseId);
      if (kindsAboutTerminals.has(found.kind)) assert.notEqual(found.state, "confirmed");
      assert.equal(JSON.stringify([[...desk.book.all("terminal")], [...desk.book.all("account")]]), before);
      // And the authority takes nothing on the word of a case.
      for (const id of ["ut-1", "ut-2", "ut-3"]) {
        const order = { terminalId: id, ground: why, basis: { kind: "finding", id: caseId } };
        const ruling = desk.tryApproved("order.deactivate", order);
        assert.ok(!ruling.ok && ruling.error.code === "basisUnknown");
      }
    }),
    { numRuns: 60 },
  );
});

test("copies add no weight: not repeated claims, not other documents, not other reports", () => {
  fc.assert(
    fc.property(fc.array(claim, { minLength: 1, maxLength: 8 }), fc.nat({ max: 5 }), (claims, times) => {
      const copies = Array.from({ length: times }, (_, n) =>
        claims.map(each => ({ ...each, id: `${each.id}-copy-${n}`, documents: [`reprint-${n}`] })),
      ).flat();
      const bare = (of: readonly CaseClaim[]) => weightsOf(of).map(({ claims: _ids, ...weight }) => weight);
      assert.deepEqual(bare([...claims, ...copies]), bare(claims));
      assert.equal(mostOrigins({ claims: [...claims, ...copies] }), mostOrigins({ claims }));
    }),
  );
});

test("claims weigh nothing in what is recommended", () => {
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 8 }), fc.array(signal, { maxLength: 6 }), (claims, signals) => {
      const desk = new CaseDesk();
      const caseId = desk.open();
      const candidates = ["ut-1", "ut-2"].map(id => ({ terminalId: id, by: "hand", why: long }));
      desk.do(ada, "case.add", { caseId, candidates, signals });
      const before = recommendOrders(desk.book, desk.case(caseId), desk.atMs);
      desk.do(ada, "case.add", { caseId, claims });
      assert.deepEqual(recommendOrders(desk.book, desk.case(caseId), desk.atMs), before);
    }),
    { numRuns: 40 },
  );
});

test("no pattern, and not all of them together, confirms or supports a deactivation", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  const signals = Object.keys(patterns).map((pattern, i) => ({
    ...{ id: `sig-${i}`, pattern, terminals: ["ut-1"], text: long, falsePositives: long, atMs: 1 },
  }));
  desk.do(ada, "case.add", {
    caseId,
    signals,
    candidates: [{ terminalId: "ut-1", by: "pattern", why: long }],
  });
  desk.do(ada, "evidence.add", {
    ...{
      caseId,
      title: "A round of measurements",
      mediaType: "application/json",
      bytes: 10,
      sha256: "b".repeat(64),
    },
    receivedFrom: "ownRecord",
  });
  assert.equal(desk.refused("case.conclude", { caseId, verdict: "confirmed", summary: long }), "notFound");
  const [recommended] = recommendOrders(desk.book, desk.case(caseId), desk.atMs);
  const deactivate = recommended!.measures.find(({ measure }) => measure === "deactivate")!;
  assert.ok(deactivate.needs.length > 0);
  assert.equal(deactivate.command, null);
  assert.ok(["observe", "notify", "restrict"].includes(recommended!.recommended));
});

test("a deactivation is recommended exactly where the authority would accept it", () => {
  const finding = fc.record({
    verdict: fc.constantFrom("confirmed", "notConfirmed", "inconclusive"),
    basis: fc.oneof(
      fc.constant({ kind: "firstParty", evidence: ["m-1"] }),
      fc
        .uniqueArray(fc.constantFrom("o-1", "o-2", "o-3"), { minLength: 1 })
        .map(origins => ({ kind: "origins", origins, evidence: ["d-1"] })),
    ),
    identityBinding: fc.constantFrom(null, { kind: "network trace", evidence: "t-1" }),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(terminalId, finding), { maxLength: 4 }), findings => {
      const desk = new CaseDesk();
      const caseId = desk.open();
      const candidates = ["ut-1", "ut-2", "ut-3"].map(id => ({ terminalId: id, by: "hand", why: long }));
      desk.do(ada, "case.add", { caseId, candidates });
      for (const [id, more] of findings) {
        desk.atMs += 1;
        desk.find(caseId, id, more);
      }
      desk.ask(ada, "case.conclude", { caseId, verdict: "confirmed", summary: long });
      for (const { terminalId: id, recommended, measures: list } of recommendOrders(
        desk.book,
        desk.case(caseId),
        desk.atMs,
      )) {
        // The oracle: the newest finding of the terminal, by the authority's own rule.
        const newest = desk.book.about("finding", id).at(-1);
        const carries =
          newest !== undefined && checkBasis(desk.book, id, { kind: "finding", id: newest.id }, desk.atMs).ok;
        assert.equal(recommended === "deactivate", carries, id);
        const { command } = list.find(({ measure }) => measure === recommended)!;
        if (command !== null) {
          const ruling = desk.tryApproved(command.name, command.request);
          assert.ok(ruling.ok, ruling.ok ? "" : ruling.error.message);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("measures are told from least to most restrictive, all of them", () => {
  const desk = new CaseDesk();
  const caseId = desk.open();
  desk.do(ada, "case.add", { caseId, candidates: [{ terminalId: "ut-1", by: "hand", why: long }] });
  const [only] = recommendOrders(desk.book, desk.case(caseId), desk.atMs);
  assert.deepEqual(
    only!.measures.map(({ measure }) => measure),
    Object.keys(measures),
  );
  assert.equal(only!.recommended, "observe");
});
