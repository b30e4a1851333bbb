// SPDX-License-Identifier: MIT
// What must hold of every admission, over random policies, terminals, exceptions and orders.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Admission, answerOf, decideAdmission, evaluate } from "../admission.ts";
import { cases } from "../cases.ts";
import { indexPolicy } from "../compile-policy.ts";
import { explain } from "../explain.ts";
import { noonMs } from "../fixture.ts";
import type { Policy } from "../policy.ts";
import { type Outcome, type ReasonCode, reasons } from "../reasons.ts";
import type { Statement } from "../territory.ts";
import { type AdmissionFacts, factsOf } from "./admission-facts.ts";
import type { AdmissionInput } from "./admission-input.ts";
import { Dice, randomAdmission, randomPolicy } from "./random-admissions.ts";

type Answer = Omit<Admission, "inputs">;

/** How much service an outcome is. */
const rank: { readonly [O in Outcome]: number } = {
  txOff: 0,
  deny: 1,
  restricted: 2,
  provisional: 3,
  allow: 4,
};

function answer(input: AdmissionInput): Answer {
  return answerOf(factsOf(input), input.policy);
}

function isNoMore(after: Answer, before: Answer, input: AdmissionInput): void {
  if (rank[after.outcome] <= rank[before.outcome]) return;
  assert.fail(`${before.reason} became ${after.reason}: ${JSON.stringify({ ...input, policy: "" })}`);
}

const perPolicy = 50;

function forAll(seed: number, inCi: number, check: (input: AdmissionInput, dice: Dice) => void): void {
  const dice = new Dice(seed);
  for (let done = 0; done < cases(inCi); done += perPolicy) {
    const policy = randomPolicy(dice);
    for (let i = 0; i < perPolicy; i++) check(randomAdmission(dice, policy), dice);
  }
}

function withStatement(policy: Policy, statement: Statement): Policy {
  const {
    version: _,
    byTerritory: __,
    zonesByCell: ___,
    planById: ____,
    guardBandOf: _____,
    ...content
  } = policy;
  return indexPolicy({ ...content, statements: [...content.statements, statement] });
}

test("I3: a further denial never gives more service, whatever exceptions there are", () => {
  const dice = new Dice(3);
  for (let done = 0; done < cases(10_000); done += perPolicy) {
    const policy = randomPolicy(dice);
    const [axis, value] = dice.pick([
      ["licence", "revoked"],
      ["activation", "suspended"],
      ["legalRegime", "prohibited"],
    ] as const);
    const denied = withStatement(policy, {
      ...{
        id: "denial",
        territory: dice.pick(["AA", "BB", "op-1"]),
        axis,
        value,
        asserter: "a",
        source: "s",
      },
      ...{ validFromMs: 0, validToMs: null, knownFromMs: 0, knownToMs: null },
    } as Statement);
    for (let i = 0; i < perPolicy; i++) {
      const input = randomAdmission(dice, policy);
      isNoMore(answer({ ...input, policy: denied }), answer(input), input);
    }
  }
});

test("I3: a site exception lifts rules of areas and plans only, never what stands against terminal or party", () => {
  const liftable = new Set<ReasonCode>([
    ...(["AREA_NOT_ACTIVE", "LEGAL_REGIME", "NOT_ON_ALLOWLIST", "PLAN_OCEAN", "PLAN_ADDRESS"] as const),
    ...(["PLAN_COUNTRY", "ROAM_EXPIRED", "GUARD_BAND", "GUARD_BAND_PROVISIONAL", "ALLOW"] as const),
  ]);
  let lifted = 0;
  forAll(4, 10_000, drawn => {
    const input = { ...drawn, emergency: false };
    const others = ({ grounds }: Answer): readonly string[] =>
      grounds.filter(({ reason }) => !liftable.has(reason)).map(({ rule, record }) => `${rule} ${record}`);
    const found = answer(input);
    assert.deepEqual(others(found), others(answer({ ...input, exceptions: [] })));
    for (const { ground, by } of found.lifted) {
      lifted++;
      const exception = input.exceptions!.find(({ id }) => id === by)!;
      assert.ok(exception.lifts.some(reason => reason === ground.reason));
      if (ground.reason !== "LEGAL_REGIME") continue;
      const licence = input.licences!.find(({ id }) => id === exception.licenceExceptionId);
      assert.equal(licence?.statementId, ground.record);
    }
  });
  assert.ok(lifted > cases(10_000) / 200);
});

test("I10, F14: geometry that leaves a choice never denies or restricts", () => {
  forAll(5, 10_000, (drawn, dice) => {
    const verdict = dice.pick(["ambiguous", "insufficient", "stale"] as const);
    const without = answer({ ...drawn, verdict: null });
    const found = answer({ ...drawn, verdict: { id: "v", verdict, atMs: noonMs } });
    assert.equal(found.outcome, without.outcome === "allow" ? "provisional" : without.outcome);
    assert.equal(found.reach, without.reach);
  });
});

test("I13: whoever keeps a link reaches the account site and emergency services, and a call for help costs nobody", () => {
  forAll(6, 10_000, drawn => {
    const calm = answer({ ...drawn, emergency: false });
    const calling = answer({ ...drawn, emergency: true });
    isNoMore(calm, calling, drawn);
    assert.equal(calm.linked, calm.reach !== "nothing");
    if (calm.linked) assert.equal(calling.reason, calm.reason);
    else {
      const isSpared =
        drawn.identity?.state !== "failed" &&
        calm.grounds.every(({ reason, record }) =>
          reason === "TX_OFF" ? drawn.txOffOrders!.some(o => o.id === record && o.sparesEmergency) : true,
        );
      assert.equal(calling.reason, isSpared ? "EMERGENCY" : calm.reason);
      assert.equal(calling.reach, isSpared ? "accountAndEmergency" : "nothing");
    }
  });
});

test("falling silent never helps, and old news opens no exception", () => {
  forAll(7, 10_000, (input, dice) => {
    const { last } = input.location;
    if (last === null) return;
    const silentMs = dice.pick([1, 60_000, 600_000, 86_400_000]);
    const location = { ...input.location, last: { ...last, atMs: last.atMs - silentMs } };
    isNoMore(answer({ ...input, location }), answer(input), input);
  });
});

test("I2: while a lease lives, cut off from all news, service is never more than a fresh answer would give", () => {
  forAll(8, 10_000, (drawn, dice) => {
    const knownAtMs = drawn.knownAtMs ?? noonMs;
    const input = { ...drawn, knownAtMs };
    const admission = answer(input);
    if (admission.leaseMs === null) return;
    const laterMs = noonMs + Math.floor(dice.next() * admission.leaseMs);
    const { last } = input.location;
    const moved = last === null ? null : { ...last, atMs: last.atMs + laterMs - noonMs };
    const later = answer({ ...input, atMs: laterMs, location: { ...input.location, last: moved } });
    isNoMore(admission, later, input);
  });
});

test("nothing changes before the instant that the answer names", () => {
  forAll(9, 10_000, (drawn, dice) => {
    const input = { ...drawn, knownAtMs: drawn.knownAtMs ?? noonMs };
    const now = answer(input);
    const spanMs = Math.min(now.nextChangeMs - noonMs, 3 * 86_400_000);
    const later = answer({ ...input, atMs: noonMs + Math.floor(dice.next() * spanMs) });
    // Days abroad are counted by reports there are; one dated into the future is none yet.
    if (input.location.stays.some(({ day }) => day * 86_400_000 > noonMs)) return;
    assert.equal(later.reason, now.reason);
  });
});

test("I8, F22: facts that were stored, with the policy of their version, give the decision again", () => {
  forAll(10, 4_000, input => {
    const decided = evaluate(input);
    const stored = JSON.parse(JSON.stringify(factsOf(input))) as AdmissionFacts;
    assert.deepEqual(decideAdmission(stored, input.policy), decided);
    assert.doesNotMatch(JSON.stringify(stored), /latDeg|lonDeg/);
  });
});

test("every admission has an explanation: whole sentences and no gaps", () => {
  forAll(11, 4_000, input => {
    const { paragraph, grounds } = explain(evaluate(input));
    assert.doesNotMatch(paragraph, /undefined|null|NaN|\[object|\.\.| {2}/);
    assert.match(paragraph, /^At .*\.$/);
    for (const { text } of grounds) assert.ok(paragraph.includes(text));
  });
});

test("the reasons that a call for help sets aside are the table's", () => {
  const unspared = Object.entries(reasons).filter(([, row]) => row.inEmergency === "nothing");
  assert.deepEqual(
    unspared.map(([code]) => code),
    ["AUTH_FAILED"],
  );
});
