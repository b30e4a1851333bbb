// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { evaluate } from "./admission.ts";
import { cases } from "./admission-cases.ts";
import { admissionDecision } from "./decision.ts";
import { explain } from "./explain.ts";
import { admit, locatedIn, noonMs, terminal } from "./fixture.ts";

const names = { terminal: "Clinic dish", territory: (id: string) => `Land of ${id}` };

test("a refusal names axis, asserter, source, start and way out", () => {
  const { paragraph } = explain(admit({ location: locatedIn("AA-3") }), names);
  assert.equal(
    paragraph,
    "At 2024-03-10T12:00:00Z terminal Clinic dish (ut-1) may not be online: AREA_NOT_ACTIVE, shown to it as " +
      "CELL_IS_DISABLED. The operator does not provide service in this territory. " +
      'Activation in Land of AA-3 is "neverActive" since 2022-03-01, says asserter of AA-3-activation (source of ' +
      "AA-3-activation). It has no link and reaches nothing. " +
      "The holder may take the terminal to a territory where service is active. " +
      "The terminal may ask again after 60 s or 10 km away.",
  );
});

test("a suspension names officer, order, ground and end", () => {
  const suspension = {
    ...{ orderId: "ord_7", officer: "Ada Officer", ground: "Reported stolen" },
    ...{ fromMs: noonMs - 1_000, untilMs: noonMs + 3_600_000 },
  };
  const { paragraph } = explain(admit({ terminal: terminal({ state: "suspended", suspension }) }));
  assert.match(
    paragraph,
    /Ada Officer suspended it since 2024-03-10T11:59:59Z until 2024-03-10T13:00:00Z by order ord_7, on this ground: Reported stolen\./,
  );
  assert.match(paragraph, /keeps its link and reaches the account site and emergency services only/);
});

test("service is explained too: by whose word", () => {
  const { paragraph, grounds } = explain(admit());
  assert.match(paragraph, /may be online: ALLOW/);
  assert.match(paragraph, /Licence in AA is "granted" since 2022-03-01, says asserter of AA-licence/);
  assert.deepEqual(
    grounds.map(ground => ground.axis),
    ["licence", "activation"],
  );
});

test("every admission has an explanation: whole sentences, no gaps, every ground in words", () => {
  fc.assert(
    fc.property(cases, input => {
      const { paragraph, grounds } = explain(evaluate(input), names);
      assert.doesNotMatch(paragraph, /undefined|null|NaN|\[object|\.\.| {2}/);
      assert.match(paragraph, /^At .*\.$/);
      for (const { text } of grounds) assert.ok(paragraph.includes(text));
    }),
    { numRuns: 1_000 },
  );
});

test("only a changed outcome or reason is a decision", () => {
  fc.assert(
    fc.property(cases, cases, (a, b) => {
      const [previous, next] = [evaluate(a), evaluate(b)];
      const first = admissionDecision(null, previous);
      assert.equal(first?.outcome, previous.outcome);
      assert.equal(admissionDecision(previous, { ...previous, atMs: previous.atMs + 15_000 }), null);
      const decision = admissionDecision(previous, next);
      const isChanged = previous.outcome !== next.outcome || previous.reason !== next.reason;
      assert.equal(decision !== null, isChanged);
      if (decision !== null) {
        assert.equal(decision.reasons[0], next.reason);
        assert.equal(decision.action, "admission");
        assert.deepEqual(decision, admissionDecision(previous, structuredClone(next)));
      }
    }),
    { numRuns: 300 },
  );
});

test("decision ids are made from content", () => {
  const one = admissionDecision(null, admit())!;
  const later = admissionDecision(null, admit({ atMs: noonMs + 1 }))!;
  assert.match(one.id, /^dec_[0-9a-f]{32}$/);
  assert.notEqual(one.id, later.id);
});
