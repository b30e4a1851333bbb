// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "@perigee/earth";
import type { Admission } from "../admission.ts";
import type { LicenceException, SiteException } from "../decisions/exceptions.ts";
import { explain } from "../explain.ts";
import { admit, locatedIn, noonMs, policyOf, samplePolicyDocument, says, terminal } from "../fixture.ts";
import type { LocationHistory } from "../location-history.ts";
import type { AdmissionInput } from "./admission-input.ts";

const dayMs = 86_400_000;
const site = { latDeg: 10, lonDeg: 20 };

const hospital: SiteException = {
  ...{ id: "sex_1", title: "Hospital of Odra", terminalIds: ["ut-1"], site, radiusKm: 0.5 },
  ...{ lifts: ["AREA_NOT_ACTIVE", "NOT_ON_ALLOWLIST"], licenceExceptionId: null, reason: "patients" },
  ...{ fromMs: noonMs - dayMs, toMs: noonMs + dayMs, grantedToMs: noonMs + dayMs },
};

/** In AA-3, where service was never active, at the distance from the site. */
function at(km: number, territory = "AA-3"): LocationHistory {
  const there = locatedIn(territory);
  return { ...there, last: { ...there.last!, ...destination(site, 90, km) } };
}

function admitAt(km: number, more: Partial<AdmissionInput> = {}): Admission {
  return admit({ location: at(km), exceptions: [hospital], ...more });
}

test("F4: a terminal with a site exception works, its neighbour 1 km away does not", () => {
  assert.equal(admitAt(0).reason, "ALLOW");
  assert.equal(admitAt(0.4).reason, "ALLOW");
  const neighbour = terminal({ id: "ut-2" });
  assert.equal(admitAt(1, { terminal: neighbour }).reason, "AREA_NOT_ACTIVE");
  assert.equal(admitAt(0, { terminal: neighbour }).reason, "AREA_NOT_ACTIVE");
  assert.equal(admitAt(1).reason, "AREA_NOT_ACTIVE");
});

test("F4: it holds within its dates, and a lease ends with it", () => {
  assert.equal(admitAt(0, { exceptions: [{ ...hospital, toMs: noonMs }] }).reason, "AREA_NOT_ACTIVE");
  assert.equal(admitAt(0, { exceptions: [{ ...hospital, fromMs: noonMs + 1 }] }).reason, "AREA_NOT_ACTIVE");
  assert.equal(admitAt(0, { exceptions: [{ ...hospital, toMs: noonMs + 20_000 }] }).leaseMs, 20_000);
});

test("what was set aside is told, by which exception", () => {
  const admission = admitAt(0);
  assert.deepEqual(
    admission.lifted.map(({ ground, by }) => [ground.reason, ground.record, by]),
    [["AREA_NOT_ACTIVE", "AA-3-activation", "sex_1"]],
  );
  assert.match(
    explain(admission).paragraph,
    /Site exception sex_1 sets aside AREA_NOT_ACTIVE: Activation in AA-3/,
  );
  assert.ok(admission.grounds.every(ground => ground.record !== "AA-3-activation"));
});

test("it lifts only what it names: not the licence, not a suspension, not what the plan says", () => {
  assert.equal(admit({ exceptions: [hospital], location: at(0, "CC") }).reason, "AREA_NOT_LICENSED");
  assert.equal(admitAt(0, { terminal: terminal({ state: "paused" }) }).reason, "TERMINAL_PAUSED");
  assert.equal(admitAt(0, { terminal: terminal({ planId: "home" }) }).reason, "PLAN_ADDRESS");
});

test("a location that measurements contradict, or that is old, opens no exception", () => {
  const verdict = { id: "ver_1", verdict: "inconsistent", atMs: noonMs } as const;
  assert.equal(admitAt(0, { verdict }).reason, "AREA_NOT_ACTIVE");
  const { last, ...rest } = at(0);
  const old = { ...rest, last: { ...last!, atMs: noonMs - 600_001 } };
  assert.equal(admitAt(0, { location: old }).reason, "AREA_NOT_ACTIVE");
});

test("a prohibition by law is lifted only by a licence in force from that very statement", () => {
  const exception: SiteException = { ...hospital, lifts: ["LEGAL_REGIME"], licenceExceptionId: "lic_1" };
  const licence: LicenceException = {
    ...{ id: "lic_1", territory: "DD", statementId: "DD-law", licence: "GL 9", issuer: "bureau" },
    ...{ fromMs: noonMs - dayMs, toMs: noonMs + 30_000 },
  };
  const ask = (more: Partial<AdmissionInput>): Admission =>
    admit({ location: at(0, "DD"), exceptions: [exception], licences: [licence], ...more });
  assert.equal(ask({}).reason, "ALLOW");
  assert.equal(ask({}).leaseMs, 30_000);
  assert.equal(ask({ licences: [] }).reason, "LEGAL_REGIME");
  assert.equal(ask({ licences: [{ ...licence, toMs: noonMs }] }).reason, "LEGAL_REGIME");
  assert.equal(ask({ licences: [{ ...licence, statementId: "other" }] }).reason, "LEGAL_REGIME");
  const document = samplePolicyDocument();
  document.statements.push(says("DD-law-2", "DD", "legalRegime", "prohibited"));
  assert.equal(ask({ policy: policyOf(document) }).reason, "LEGAL_REGIME");
});

test("F6: an entry in the book is as good as one in the policy document", () => {
  const entry = { territory: "AA-1", terminalId: "ut-1", validFromMs: noonMs, validToMs: noonMs + 10_000 };
  const location = locatedIn("AA-1");
  const admission = admit({ location, allowListEntries: [entry] });
  assert.deepEqual([admission.reason, admission.leaseMs], ["ALLOW", 10_000]);
  for (const other of [{ territory: "AA-2" }, { terminalId: "ut-2" }, { validFromMs: noonMs + 1 }]) {
    assert.equal(admit({ location, allowListEntries: [{ ...entry, ...other }] }).reason, "NOT_ON_ALLOWLIST");
  }
});
