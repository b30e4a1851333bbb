// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf } from "../admission.ts";
import { cases } from "../cases.ts";
import { account, locatedIn, noonMs, samplePolicy, terminal, view } from "../fixture.ts";
import type { Ground } from "../grounds.ts";
import type { Policy } from "../policy.ts";
import { reasonOrder } from "../reasons.ts";
import { factsOf } from "./admission-facts.ts";
import type { AdmissionInput } from "./admission-input.ts";
import {
  type AdmissionBatch,
  type AdmissionEngine,
  admissionBatch,
  compileAdmission,
} from "./compiled/compile-admission.ts";
import { GroundCodes, readGroundCode } from "./compiled/ground-code.ts";
import { outcomeOrder } from "./compiled/reason-bits.ts";
import { plainAdmission } from "./plain-admission.ts";
import { Dice, randomAdmission, randomPolicy } from "./random-admissions.ts";

const perPolicy = 80;
/** Each terminal is packed once and asked about at several instants, back and forth, on both sides of the edges. */
const offsetsMs = [0, 20_000, -1, 45_001];

interface Answer {
  readonly reason: string;
  readonly leaseMs: number | null;
  readonly nextChangeMs: number;
}

function isSame(a: Answer, b: Answer): boolean {
  return a.reason === b.reason && a.leaseMs === b.leaseMs && a.nextChangeMs === b.nextChangeMs;
}

function compiledAnswer(batch: AdmissionBatch, i: number, atMs: number): Answer {
  const endMs = batch.leaseEndMs[i]!;
  return {
    reason: reasonOrder[batch.reason[i]!]!,
    leaseMs: endMs === 0 ? null : endMs - atMs,
    nextChangeMs: batch.nextChangeMs[i]!,
  };
}

/** Policies with terminals, packed, from one seed. */
function* populations(
  seed: number,
  inAll: number,
): Generator<{
  readonly policy: Policy;
  readonly inputs: readonly AdmissionInput[];
  readonly engine: AdmissionEngine;
}> {
  const dice = new Dice(seed);
  for (let done = 0; done < inAll; done += perPolicy) {
    const policy = randomPolicy(dice);
    const engine = compileAdmission(policy, { id: policy.boundaryView }, perPolicy);
    const inputs = Array.from({ length: perPolicy }, () => randomAdmission(dice, policy));
    for (const [i, input] of inputs.entries()) engine.put(i, input);
    yield { policy, inputs, engine };
  }
}

test("F22: evaluate, the compiled engine and the plain twin agree, and the cases reach every reason", () => {
  const reached = new Map<string, number>();
  const batch = admissionBatch(perPolicy);
  let compared = 0;
  for (const { policy, inputs, engine } of populations(20240310, cases(200_000) / offsetsMs.length)) {
    for (const offsetMs of offsetsMs) {
      const atMs = noonMs + offsetMs;
      // Odd instants ask with the knowledge of a moment before.
      const knownAtMs = offsetMs === -1 ? noonMs - 1_000 : atMs;
      engine.decide(atMs, batch, 0, perPolicy, knownAtMs);
      for (const [i, drawn] of inputs.entries()) {
        const input = { ...drawn, atMs, knownAtMs };
        const plain = plainAdmission(input);
        const answer = answerOf(factsOf(input), policy);
        const compiled = compiledAnswer(batch, i, atMs);
        if (!isSame(answer, plain) || !isSame(compiled, plain)) {
          assert.deepEqual({ answer, compiled }, { answer: plain, compiled: plain }, JSON.stringify(input));
        }
        assert.ok(outcomeOrder[batch.outcome[i]!] === answer.outcome);
        reached.set(plain.reason, (reached.get(plain.reason) ?? 0) + 1);
        compared++;
      }
    }
  }
  assert.ok(compared >= cases(200_000));
  if (compared < 200_000) return;
  assert.deepEqual([...reached.keys()].sort(), [...reasonOrder].sort());
  assert.ok(Math.min(...reached.values()) >= compared / 2_500, JSON.stringify([...reached]));
});

/** What tells grounds apart: their rule and what it speaks of. */
function nameOf({ rule, axis, territory, record, value }: Ground, orders: readonly { id: string }[]): string {
  switch (rule) {
    case "axis.asserted":
      return `${rule} ${record}`;
    case "axis.silence":
      return `${rule} ${axis}`;
    case "allowList.required":
    case "area.speed":
    case "area.guardBand":
      return `${rule} ${territory}`;
    case "order.txOff":
      return `${rule} ${orders.findIndex(({ id }) => id === record)}`;
    case "party.sanctioned":
    case "party.verification":
      return `${rule} ${value?.split(":")[0]}`;
    default:
      return rule;
  }
}

function nameOfCode(code: number, policy: Policy): string {
  const { rule, reference } = readGroundCode(code);
  switch (rule) {
    case "axis.asserted":
      return `${rule} ${policy.statements[reference]!.id}`;
    case "axis.silence":
      return `${rule} ${["licence", "activation", "legalRegime"][reference]}`;
    case "allowList.required":
      return `${rule} ${policy.allowLists[reference]!.territory}`;
    case "area.speed":
      return `${rule} ${policy.speedCaps[reference]!.territory}`;
    case "area.guardBand":
      return `${rule} ${policy.guardBands![reference]!.territory}`;
    case "order.txOff":
      return `${rule} ${reference}`;
    case "party.sanctioned":
    case "party.verification":
      return `${rule} ${reference === 0 ? "holder" : "account"}`;
    default:
      return rule;
  }
}

test("the compiled engine gives the grounds that evaluate gives, each once", () => {
  const batch = admissionBatch(perPolicy);
  const codes = new GroundCodes();
  for (const { policy, inputs, engine } of populations(7, cases(20_000))) {
    engine.decide(noonMs, batch, 0, perPolicy);
    for (const [i, drawn] of inputs.entries()) {
      const { knownAtMs: _, ...input } = drawn;
      codes.length = 0;
      engine.ground(noonMs, batch, i, codes);
      const found = Array.from(codes.codes.subarray(0, codes.length), code => nameOfCode(code, policy));
      const expected = answerOf(factsOf(input), policy).grounds.map(ground =>
        nameOf(ground, input.txOffOrders ?? []),
      );
      assert.deepEqual(found.sort(), expected.sort());
    }
  }
});

test("packing a terminal anew leaves nothing of what it was", () => {
  const batch = admissionBatch(perPolicy);
  const fresh = admissionBatch(perPolicy);
  for (const { policy, inputs, engine } of populations(11, cases(4_000))) {
    const other = compileAdmission(policy, { id: policy.boundaryView }, perPolicy);
    for (const [i, input] of inputs.toReversed().entries()) {
      engine.put(i, input);
      other.put(i, input);
    }
    engine.decide(noonMs, batch, 0, perPolicy);
    other.decide(noonMs, fresh, 0, perPolicy);
    assert.deepEqual(batch, fresh);
  }
});

test("days abroad are counted anew in the new year and back in the old one, without packing the terminal anew", () => {
  const newYearMs = Date.UTC(2025, 0, 1);
  const day = newYearMs / 86_400_000;
  const stays = Array.from({ length: 63 }, (_, i) => ({ day: day - 62 + i, countries: ["BB"] }));
  const located = locatedIn("BB", { stays });
  const location = { ...located, last: { ...located.last!, atMs: newYearMs - 10_000 } };
  const input = { terminal: terminal(), account, location, policy: samplePolicy, boundaryView: view };
  const engine = compileAdmission(samplePolicy, view, 1);
  const batch = admissionBatch(1);
  engine.put(0, input);
  const reasonAt = (atMs: number): string => {
    engine.decide(atMs, batch, 0, 1);
    const { reason } = answerOf(factsOf({ ...input, atMs }), samplePolicy);
    assert.equal(reasonOrder[batch.reason[0]!], reason);
    return reason;
  };
  const asked = [newYearMs - 1, newYearMs, newYearMs - 1].map(reasonAt);
  assert.deepEqual(asked, ["ROAM_EXPIRED", "ALLOW", "ROAM_EXPIRED"]);
});
