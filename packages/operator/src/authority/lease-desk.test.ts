// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Admission, compilePolicy, type Lease, leaseVerifier } from "@perigee/authority";
import { createLinkEngine, type LinkEngine } from "@perigee/link";
import { createWorld } from "@perigee/world";
import { views } from "../boundary.ts";
import { newKey, type TestAuthority, testAuthority } from "../testing.ts";
import { LeaseDesk, type LeaseSubject, presignedRuleAt } from "./lease-desk.ts";

const key = newKey();
const rule = { aheadMs: 1_800_000, windowMs: 60_000 };
let bed: TestAuthority;
let admission: Admission;
let t0: number;

before(async () => {
  bed = await testAuthority();
  t0 = bed.scenario.startMs + 15_000;
  await bed.authority.takeReports(createWorld(bed.scenario.world, bed.scenario.startMs).reportsAt(t0), t0);
  await bed.authority.evaluateAll(t0);
  admission = bed.authority.admissionOf("warsaw")!;
  assert.equal(admission.outcome, "allow");
});
after(() => bed[Symbol.asyncDispose]());

/** The terminal at an instant; nothing is known to change. */
function subject(atMs: number, more: Partial<Admission> = {}, presigned: LeaseSubject["presigned"] = rule) {
  const at = (laterMs: number): Admission => ({
    ...admission,
    ...{ nextChangeMs: Number.POSITIVE_INFINITY, ...more, atMs: laterMs },
  });
  return { admission: at(atMs), cell: "851f5303fffffff", presigned, admissionAt: at };
}

/** A gate of the data plane that heard from the authority what it is given, and nothing since. */
async function gate(): Promise<LinkEngine & { at(atMs: number, leases?: readonly Lease[]): string | null }> {
  let nowMs = t0;
  const verify = leaseVerifier(key.publicKey);
  const engine = createLinkEngine({
    clock: () => nowMs,
    verifyLease: (lease, atMs) => {
      const verified = verify(lease, atMs);
      return verified.ok ? { ok: true, claims: verified.value } : verified;
    },
  });
  engine.enrol(["warsaw"]);
  const at = (atMs: number, leases: readonly Lease[] = []): string | null => {
    nowMs = atMs;
    assert.deepEqual(engine.installLeases(leases).rejected, []);
    return engine.permits("warsaw", "all")?.code ?? null;
  };
  return Object.assign(engine, { at });
}

test("F7 where policy asks for it service outlasts the authority, and no longer than it asks for", async () => {
  await using link = await gate();
  const desk = new LeaseDesk(key, 60_000);
  assert.equal(link.at(t0, desk.issue([subject(t0)], t0)), null);
  for (let m = 1; m < 30; m++) assert.equal(link.at(t0 + m * 60_000), null, `${m} min`);
  assert.equal(link.at(t0 + rule.aheadMs), "LEASE_EXPIRED");
});

test("without such a rule a terminal falls silent within one lease", async () => {
  await using link = await gate();
  const leases = new LeaseDesk(key, 60_000).issue([subject(t0, {}, null)], t0);
  assert.equal(leases.length, 1);
  assert.equal(link.at(t0 + 59_999, leases), null);
  assert.equal(link.at(t0 + 60_000), "LEASE_EXPIRED");
});

test("renewals between two signings are one lease each and keep the chain; a new one is signed in minutes", async () => {
  await using link = await gate();
  const desk = new LeaseDesk(key, 60_000);
  link.at(t0, desk.issue([subject(t0)], t0));
  for (let n = 1; n < 4; n++) {
    const atMs = t0 + n * 45_000;
    const leases = desk.issue([subject(atMs)], atMs);
    assert.deepEqual(
      leases.map(({ claims }) => claims.standsByMs),
      [t0],
    );
    link.at(atMs, leases);
  }
  assert.equal(link.at(t0 + 1_000_000), null, "cut off after the last renewal: the chain holds");
  const again = desk.issue([subject(t0 + 180_000)], t0 + 180_000);
  assert.ok(again.length > 25);
  assert.equal(again[0]!.claims.standsByMs, undefined);
});

test("a change of reach, outcome, policy, place or record ends the chain with the very next lease", async () => {
  const later = t0 + 30_000;
  const changes: readonly (readonly [string, (desk: LeaseDesk) => LeaseSubject])[] = [
    ["reach", () => subject(later, { reach: "accountAndEmergency", outcome: "restricted" })],
    ["outcome", () => subject(later, { outcome: "provisional" })],
    ["policy", () => subject(later, { inputs: { ...admission.inputs, policyVersion: "another" } })],
    ["place", () => ({ ...subject(later), cell: "851f5333fffffff" })],
    ["rule", () => subject(later, {}, null)],
    [
      "record",
      desk => {
        desk.forget("warsaw");
        return subject(later);
      },
    ],
  ];
  for (const [name, change] of changes) {
    const desk = new LeaseDesk(key, 60_000);
    desk.issue([subject(t0)], t0);
    const leases = desk.issue([change(desk)], later);
    assert.equal(leases[0]!.claims.standsByMs, undefined, name);
    const isSignedAnew = name !== "outcome" && name !== "rule";
    assert.equal(leases.length > 1, isSignedAnew, name);
  }
});

test("the operator's own limit shortens every link of a chain and leaves no gap", async () => {
  await using link = await gate();
  const leases = new LeaseDesk(key, 20_000).issue([subject(t0)], t0);
  for (const { claims } of leases)
    assert.ok(claims.expiresAtMs - (claims.notBeforeMs ?? claims.issuedAtMs) <= 20_000);
  for (let s = 0; s < 1_800; s += 10) assert.equal(link.at(t0 + s * 1_000, s === 0 ? leases : []), null);
});

test("a rule is a zone's, read from the policy document, and absent it leaves the policy's version as it was", () => {
  const { policyDocument, policy } = bed.scenario;
  const zones = (policyDocument as { specialZones: { id: string }[] }).specialZones;
  assert.ok(zones.length > 0);
  const withRule = {
    ...(policyDocument as object),
    specialZones: zones.map(zone => ({ ...zone, presigned: rule })),
  };
  const compiled = compilePolicy(withRule, views);
  assert.ok(compiled.ok, JSON.stringify(compiled));
  const { territories, cells } = compiled.value.specialZones[0]!;
  assert.deepEqual(presignedRuleAt(compiled.value, territories.slice(0, 1), cells[0] ?? ""), rule);
  assert.equal(presignedRuleAt(compiled.value, ["PL"], "851f5303fffffff"), null);
  assert.equal(presignedRuleAt(policy, territories.slice(0, 1), cells[0] ?? ""), null);
  assert.notEqual(compiled.value.version, policy.version);
  const tooFar = { ...withRule, specialZones: [{ ...zones[0], presigned: { aheadMs: 86_400_000 } }] };
  assert.equal(compilePolicy(tooFar, views).ok, false);
});
