// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeIn, policyOf, samplePolicyDocument, says } from "./fixture.ts";
import {
  type Axis,
  axes,
  effectOf,
  readAxis,
  type Statement,
  statementsAt,
  territoriesOf,
} from "./territory.ts";

const axisNames = Object.keys(axes) as Axis[];

const instants = fc.integer({ min: 0, max: 6 });
const interval = fc
  .tuple(instants, fc.option(instants))
  .filter(([from, to]) => to === null || to > from)
  .map(([from, to]) => ({ from, to }));

const statement: fc.Arbitrary<Statement> = fc
  .record({
    territory: fc.constantFrom("AA", "AA-1", "BB"),
    pick: fc
      .constantFrom(...axisNames)
      .chain(axis =>
        fc.record({ axis: fc.constant(axis), value: fc.constantFrom(...Object.keys(axes[axis].values)) }),
      ),
    valid: interval,
    known: interval,
    id: fc.string({ minLength: 1, maxLength: 3 }),
  })
  .map(
    ({ territory, pick, valid, known, id }) =>
      ({
        ...{ id, territory, ...pick, asserter: "a", source: "s" },
        ...{ validFromMs: valid.from, validToMs: valid.to, knownFromMs: known.from, knownToMs: known.to },
      }) as Statement,
  );

test("every axis asks a question and every value has a sentence", () => {
  for (const axis of axisNames) {
    assert.match(axes[axis].question, /\?$/);
    for (const value of Object.values(axes[axis].values)) assert.match(value.sentence, /^[A-Z].*\.$/);
  }
});

test("supply and published coverage never decide", () => {
  for (const axis of ["supply", "publishedCoverage"] as const) {
    for (const { effect } of Object.values(axes[axis].values)) assert.equal(effect, "neutral");
  }
});

test("a territory answers five questions at one instant, each with its own asserter", () => {
  const document = samplePolicyDocument();
  document.statements = [
    says("1", "EE", "licence", "notGranted"),
    says("2", "EE", "supply", "notPermitted"),
    says("3", "EE", "activation", "neverActive"),
    says("4", "EE", "legalRegime", "unknown"),
    says("5", "EE", "publishedCoverage", "notShown"),
    says("6", "EE", "publishedCoverage", "shown", { validFrom: "2025-01-01" }),
  ];
  document["allowLists"] = [];
  const atMs = Date.UTC(2024, 1, 12);
  const found = statementsAt(policyOf(document).statements, ["EE"], { validAtMs: atMs, knownAtMs: atMs });
  assert.deepEqual(
    found.map(({ axis, value, asserter }) => [axis, value, asserter]),
    [
      ["licence", "notGranted", "asserter of 1"],
      ["supply", "notPermitted", "asserter of 2"],
      ["activation", "neverActive", "asserter of 3"],
      ["legalRegime", "unknown", "asserter of 4"],
      ["publishedCoverage", "notShown", "asserter of 5"],
    ],
  );
});

test("what was true and what was known then are two different questions", () => {
  const late = says("x", "EE", "licence", "revoked", { validFrom: "2024-01-01", knownFrom: "2024-03-01" });
  const document = { ...samplePolicyDocument(), statements: [late], allowLists: [] };
  const { statements } = policyOf(document);
  const validAtMs = Date.UTC(2024, 1, 1);
  assert.equal(statementsAt(statements, ["EE"], { validAtMs, knownAtMs: validAtMs }).length, 0);
  assert.equal(statementsAt(statements, ["EE"], { validAtMs, knownAtMs: Date.UTC(2024, 2, 1) }).length, 1);
});

test("lookup agrees with a grid painted instant by instant, whatever the order of statements", () => {
  fc.assert(
    fc.property(
      fc.array(statement, { maxLength: 12 }),
      instants,
      instants,
      fc.nat(),
      (all, validAt, knownAt, turn) => {
        const shift = all.length === 0 ? 0 : turn % all.length;
        const turned = [...all.slice(shift), ...all.slice(0, shift)];
        const asOf = { validAtMs: validAt, knownAtMs: knownAt };
        const found = statementsAt(turned, ["AA", "AA-1"], asOf);
        const painted = all.filter(s => {
          const valid = new Set(range(s.validFromMs, s.validToMs));
          const known = new Set(range(s.knownFromMs, s.knownToMs));
          return s.territory.startsWith("AA") && valid.has(validAt) && known.has(knownAt);
        });
        assert.deepEqual(new Set(found), new Set(painted));
        assert.equal(found.length, painted.length);
      },
    ),
  );
});

function range(from: number, to: number | null): number[] {
  const instantsIn: number[] = [];
  for (let t = from; t < (to ?? 100); t++) instantsIn.push(t);
  return instantsIn;
}

test("any denying statement closes its axis, and nothing added opens it again", () => {
  fc.assert(
    fc.property(
      fc.array(statement),
      fc.array(statement),
      fc.constantFrom(...axisNames),
      (some, more, axis) => {
        const closed = some.some(s => s.axis === axis && effectOf(s) === "denies");
        if (closed) assert.equal(readAxis([...more, ...some], axis).permits, false);
      },
    ),
  );
});

test("silence refuses on licence and activation and on no other axis", () => {
  for (const axis of axisNames) {
    assert.equal(readAxis([], axis).permits, axis !== "licence" && axis !== "activation");
  }
  // Not knowing is not permitting.
  const [unknown] = policyOf({
    ...samplePolicyDocument(),
    statements: [says("u", "EE", "licence", "unknown")],
    allowLists: [],
  }).statements;
  assert.equal(readAxis([unknown!], "licence").permits, false);
});

test("a place obeys its territory and its country; the high seas stand alone", () => {
  assert.deepEqual(territoriesOf(placeIn("AA-1")), ["AA-1", "AA"]);
  assert.deepEqual(territoriesOf(placeIn("AA")), ["AA"]);
  assert.deepEqual(territoriesOf(placeIn("EE-9", null)), ["EE-9"]);
  assert.deepEqual(territoriesOf(placeIn("HIGH_SEAS")), ["HIGH_SEAS"]);
  assert.deepEqual(territoriesOf({ territory: "AA", country: "AA", zone: "highSea" }), ["HIGH_SEAS"]);
});
