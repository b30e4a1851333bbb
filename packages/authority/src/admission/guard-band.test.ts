// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { admit, noonMs, policyOf, samplePolicyDocument, says } from "../fixture.ts";
import type { Policy } from "../policy.ts";
import type { NearEdge } from "./admission-input.ts";

/** BB has a closed zone of the operator's, and around it a guard band. */
function guarded(treat: string, widthKm = 2, more: object = {}): Policy {
  const document = samplePolicyDocument();
  document.statements.push(says("zone-off", "front", "activation", "suspended"));
  const rule = { territory: "front", asserter: "operator", source: "guard plan", validFrom: "2024-01-01" };
  return policyOf({ ...document, guardBands: [{ ...rule, widthKm, treat, ...more }] });
}

const outside: NearEdge = {
  ...{ area: "front", inside: false, distanceKm: 1, uncertaintyKm: 0 },
  beyond: ["front", "AA"],
};

function reasonNear(policy: Policy, edge: Partial<NearEdge> = {}, positionErrorKm = 0.06): string {
  return admit({ policy, edges: [{ ...outside, ...edge }], positionErrorKm }).reason;
}

test("who may be on the refused side of an edge gets short leases or nothing but the account site, as policy says", () => {
  assert.equal(reasonNear(guarded("asInside")), "GUARD_BAND");
  assert.equal(reasonNear(guarded("asOutside")), "ALLOW");
  assert.equal(reasonNear(guarded("provisional")), "GUARD_BAND_PROVISIONAL");
  assert.equal(admit({ policy: guarded("provisional"), edges: [outside] }).leaseMs, 15_000);
});

test("an edge whose two sides do not differ guards nothing, and no band gives what its own side refuses", () => {
  assert.equal(reasonNear(guarded("asInside"), { beyond: ["BB"] }), "ALLOW");
  const within = { policy: guarded("asOutside"), areas: ["front"] };
  const edge = { ...outside, inside: true, beyond: ["AA"] };
  assert.equal(admit({ ...within, edges: [edge] }).reason, "AREA_NOT_ACTIVE");
});

test("the band is as wide as the policy says, and at least as wide as map and position are uncertain", () => {
  assert.equal(reasonNear(guarded("asInside", 1)), "GUARD_BAND");
  assert.equal(reasonNear(guarded("asInside", 0.99)), "ALLOW");
  assert.equal(reasonNear(guarded("asInside", 0), { uncertaintyKm: 1 }), "GUARD_BAND");
  assert.equal(reasonNear(guarded("asInside", 0), {}, 0.2), "GUARD_BAND");
  assert.equal(reasonNear(guarded("asInside", 0), {}, 0.19), "ALLOW");
});

test("without a rule for the area there is no band, and a band begins and ends", () => {
  assert.equal(reasonNear(policyOf(samplePolicyDocument())), "ALLOW");
  const ending = guarded("asInside", 2, { validTo: "2024-03-10T12:00:20Z" });
  assert.equal(reasonNear(ending), "GUARD_BAND");
  const admission = admit({ policy: ending, edges: [outside] });
  assert.deepEqual([admission.leaseMs, admission.nextChangeMs], [20_000, noonMs + 20_000]);
  assert.equal(admit({ policy: ending, edges: [outside], atMs: noonMs + 20_000 }).reason, "ALLOW");
});

test("an operator's area takes service away from the part of a cell that it covers, and from nothing else", () => {
  const policy = guarded("asOutside");
  const [inside, beside] = [admit({ policy, areas: ["front"] }), admit({ policy })];
  assert.deepEqual([inside.reason, beside.reason], ["AREA_NOT_ACTIVE", "ALLOW"]);
  assert.equal(inside.grounds[0]?.record, "zone-off");
});
