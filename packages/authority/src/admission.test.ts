// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AdmissionInput, evaluate } from "./admission.ts";
import { cases, changedPolicy } from "./admission-cases.ts";
import {
  account,
  admit,
  locatedIn,
  noonMs,
  policyOf,
  samplePolicyDocument,
  says,
  terminal,
} from "./fixture.ts";
import { leaseClaims } from "./lease.ts";
import { emptyHistory } from "./location-history.ts";
import type { Policy } from "./policy.ts";
import { type Outcome, type ReasonCode, reasonOrder, reasons, reasonsTable } from "./reasons.ts";
import type { Party } from "./terminal.ts";
import type { Statement } from "./territory.ts";

const dayMs = 86_400_000;

/** How much service an outcome is. */
const rank: { readonly [O in Outcome]: number } = {
  txOff: 0,
  deny: 1,
  restricted: 2,
  provisional: 3,
  allow: 4,
};

const party: Party = {
  ...{ id: account.holder, name: "Ada Holder", kind: "person", country: "AA", aliases: [] },
  verification: { state: "verified", method: "passport", by: "clerk", atMs: 0 },
  standing: "clear",
};

const silence = {
  ...{ id: "txo_1", issuer: "AA regulator", ground: "harmful interference" },
  ...{ fromMs: noonMs - 1, untilMs: null, sparesEmergency: true },
};

const edgeOfDD = {
  ...{ area: "DD", inside: false, distanceKm: 0.2, uncertaintyKm: 0, beyond: ["DD"] },
};

function guarded(treat: "asInside" | "provisional" | "asOutside"): Policy {
  const rule = { asserter: "operator", source: "guard plan", validFrom: "2024-01-01" };
  return policyOf({
    ...samplePolicyDocument(),
    guardBands: [{ ...rule, territory: "DD", widthKm: 0, treat }],
  });
}

/** One example per reason, by hand: the table is complete and no reason is out of reach. */
const examples: { readonly [R in ReasonCode]: Partial<AdmissionInput> } = {
  TX_OFF: { txOffOrders: [silence], location: locatedIn("CC") },
  AUTH_FAILED: { identity: { state: "failed", sinceMs: noonMs }, location: locatedIn("CC") },
  TERMINAL_RETIRED: { terminal: terminal({ state: "retired" }), location: locatedIn("CC") },
  TERMINAL_DEACTIVATED: {
    terminal: terminal({
      state: "deactivated",
      deactivation: {
        ...{ orderId: "ord_2", ground: "finding confirmed", basis: { kind: "finding", id: "fnd_1" } },
        ...{ returnsTo: "active", fromMs: noonMs - 1, reviewMs: noonMs + dayMs },
      },
    }),
  },
  CLONE_SUSPECT: { terminal: terminal({ flags: { cloneSuspect: noonMs - 1 } }) },
  PARTY_SANCTIONED: { accountParty: { ...party, standing: "sanctioned" }, location: locatedIn("CC") },
  AREA_NOT_LICENSED: { location: locatedIn("CC") },
  AREA_NOT_ACTIVE: { location: locatedIn("AA-3") },
  LEGAL_REGIME: { location: locatedIn("DD") },
  EMERGENCY: { location: locatedIn("CC"), emergency: true },
  IDENTITY_UNPROVED: { identity: { state: "unproved", sinceMs: noonMs } },
  HOLDER_UNVERIFIED: {
    accountParty: { ...party, verification: { state: "unverified", method: null, by: null, atMs: 0 } },
  },
  ACCOUNT_CLOSED: { account: { ...account, state: "closed" } },
  TERMINAL_NOT_ACTIVE: {
    terminal: terminal({ state: "manufactured", accountId: null, planId: null }),
    account: null,
  },
  TERMINAL_SEIZED: { terminal: terminal({ flags: { seized: noonMs - 1 } }) },
  TERMINAL_LOST: { terminal: terminal({ flags: { lost: noonMs - 1 } }) },
  TERMINAL_RESTRICTED: {
    terminal: terminal({
      state: "restricted",
      restriction: { orderId: "ord_3", ground: "under review", fromMs: noonMs, reviewMs: noonMs + dayMs },
    }),
  },
  TERMINAL_SUSPENDED: {
    terminal: terminal({
      state: "suspended",
      suspension: {
        ...{ orderId: "ord_1", officer: "O. Officer", ground: "reported stolen" },
        ...{ fromMs: noonMs - 1, untilMs: noonMs + 1 },
      },
    }),
  },
  TERMINAL_PAUSED: { terminal: terminal({ state: "paused" }) },
  NOT_ON_ALLOWLIST: { location: locatedIn("AA-1") },
  LOCATION_INCONSISTENT: { verdict: { id: "ver_1", verdict: "inconsistent", atMs: noonMs } },
  LOCATION_UNKNOWN: { location: emptyHistory },
  GUARD_BAND: { policy: guarded("asInside"), edges: [edgeOfDD] },
  PLAN_OCEAN: { location: locatedIn("HIGH_SEAS") },
  PLAN_ADDRESS: { terminal: terminal({ planId: "home", serviceAddress: { latDeg: 10, lonDeg: 21 } }) },
  PLAN_COUNTRY: { terminal: terminal({ planId: "land" }), location: locatedIn("BB") },
  ROAM_EXPIRED: { location: locatedIn("BB", { stays: staysAbroad(61) }) },
  SPEED_CAP: { location: locatedIn("AA-2", { windows: windows(76, 80) }) },
  GUARD_BAND_PROVISIONAL: { policy: guarded("provisional"), edges: [edgeOfDD] },
  LOCATION_INSUFFICIENT: { verdict: { id: "ver_1", verdict: "ambiguous", atMs: noonMs } },
  LOCATION_STALE: { location: locatedIn("AA", { ageMs: 60_001 }) },
  ALLOW: {},
};

function staysAbroad(days: number): { day: number; countries: string[] }[] {
  return Array.from({ length: days }, (_, i) => ({ day: Math.floor(noonMs / dayMs) - i, countries: ["BB"] }));
}

function windows(...speedsKmh: number[]): { fromMs: number; toMs: number; speedKmh: number }[] {
  return speedsKmh.map((speedKmh, i) => ({ fromMs: noonMs + i - 2, toMs: noonMs + i - 1, speedKmh }));
}

for (const code of reasonOrder) {
  test(`${code}: outcome, wire code, link and reach are those of the table`, () => {
    const admission = admit(examples[code]);
    assert.equal(admission.reason, code);
    const { outcome, wireCode, linked, reach } = reasons[code];
    assert.deepEqual(
      { outcome, wireCode, linked, reach },
      {
        outcome: admission.outcome,
        wireCode: admission.wireCode,
        linked: admission.linked,
        reach: admission.reach,
      },
    );
    assert.equal(admission.grounds[0]?.reason, code);
    assert.equal(admission.leaseMs === null, reach === "nothing");
  });
}

test("limits are limits: the last permitted value is permitted", () => {
  assert.equal(admit({ location: locatedIn("BB", { stays: staysAbroad(60) }) }).reason, "ALLOW");
  assert.equal(admit({ location: locatedIn("AA-2", { windows: windows(75, 75) }) }).reason, "ALLOW");
  assert.equal(admit({ location: locatedIn("AA-2", { windows: windows(200, 74) }) }).reason, "ALLOW");
  assert.equal(admit({ location: locatedIn("AA-2", { windows: windows(200) }) }).reason, "ALLOW");
  assert.equal(admit({ location: locatedIn("AA", { ageMs: 60_000 }) }).reason, "ALLOW");
  assert.equal(admit({ location: locatedIn("AA", { ageMs: 600_000 }) }).reason, "LOCATION_STALE");
  assert.equal(admit({ location: locatedIn("AA", { ageMs: 600_001 }) }).reason, "LOCATION_UNKNOWN");
  const listed = terminal({ id: "ut-listed" });
  assert.equal(admit({ terminal: listed, location: locatedIn("AA-1") }).reason, "ALLOW");
});

test("F12: a train at 74 ± 5 km/h under a cap of 75 is refused only after two minutes above it", () => {
  const speeds = [79, 70, 74, 78, 72, 76, 77, 74, 79, 71, 70];
  const refused = speeds.map((_, i) => {
    const seen = windows(...speeds.slice(Math.max(0, i - 5), i + 1));
    return admit({ location: locatedIn("AA-2", { windows: seen }) }).reason === "SPEED_CAP";
  });
  // Two above cut it, one below does not give it back, two below do.
  const cut = [...new Array<boolean>(6).fill(false), true, true, true, true, false];
  assert.deepEqual(refused, cut);
});

test("all denials come before all restrictions, and those before anything milder", () => {
  const ranks = reasonOrder.map(code => rank[reasons[code].outcome]);
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => a - b),
  );
});

test("a denial takes the link and everything behind it; a restriction keeps the account site and emergency", () => {
  for (const code of reasonOrder) {
    const { outcome, linked, reach } = reasons[code];
    const expected = {
      allow: [true, "all"],
      provisional: [true, "all"],
      restricted: [true, "accountAndEmergency"],
      deny: [false, "nothing"],
      txOff: [false, "nothing"],
    }[outcome];
    assert.deepEqual([linked, reach], expected);
  }
});

test("the documentation's table has one row per reason", () => {
  const rows = reasonsTable().trimEnd().split("\n").slice(2);
  assert.equal(rows.length, reasonOrder.length);
  const row = /^\| 6 \| `AREA_NOT_LICENSED` \| deny \| 6 BLOCKED_COUNTRY \| no \| nothing \| account site/;
  assert.match(rows[5]!, row);
});

test("grounds name rule, asserter, source and start, and further denials follow the first", () => {
  const document = samplePolicyDocument();
  document.statements.push(says("CC-law", "CC", "legalRegime", "prohibited", { validFrom: "2023-05-01" }));
  const suspended = { ...examples.TERMINAL_SUSPENDED, location: locatedIn("CC"), policy: policyOf(document) };
  const { reason, grounds, reject } = admit(suspended);
  assert.equal(reason, "AREA_NOT_LICENSED");
  assert.deepEqual(grounds[0], {
    rule: "axis.asserted",
    reason: "AREA_NOT_LICENSED",
    axis: "licence",
    territory: "CC",
    record: "CC-licence",
    value: "notGranted",
    asserter: "asserter of CC-licence",
    source: "source of CC-licence",
    sinceMs: Date.UTC(2022, 2, 1),
    untilMs: null,
  });
  assert.deepEqual(
    grounds.map(ground => ground.reason),
    ["AREA_NOT_LICENSED", "LEGAL_REGIME", "TERMINAL_SUSPENDED"],
  );
  assert.deepEqual(reject, { minDistanceKm: 10, minRetryS: 60 });
  assert.equal(admit().reject, null);
});

test("where nobody has said anything there is no service", () => {
  const admission = admit({ location: locatedIn("ZZ") });
  assert.equal(admission.reason, "AREA_NOT_LICENSED");
  assert.equal(admission.grounds[0]?.rule, "axis.silence");
  assert.deepEqual(
    admission.grounds.map(ground => ground.reason),
    ["AREA_NOT_LICENSED", "AREA_NOT_ACTIVE"],
  );
});

test("an account other than the terminal's is no account", () => {
  const admission = admit({ account: { ...account, id: "acc-2", holder: "party-2" } });
  assert.equal(admission.reason, "TERMINAL_NOT_ACTIVE");
  assert.equal(admission.grounds[0]?.rule, "terminal.account");
});

test("a policy for one boundary view is not read on another", () => {
  assert.throws(() => admit({ boundaryView: { id: "other-view", version: "1" } }), RangeError);
});

const denials: fc.Arbitrary<Statement> = fc
  .record({
    territory: fc.constantFrom("AA", "AA-1", "BB", "HIGH_SEAS"),
    pick: fc.constantFrom(
      { axis: "licence", value: "notGranted" },
      { axis: "licence", value: "revoked" },
      { axis: "activation", value: "suspended" },
      { axis: "activation", value: "neverActive" },
      { axis: "legalRegime", value: "prohibited" },
    ),
  })
  .map(
    ({ territory, pick }) =>
      ({
        ...{ id: "denial", territory, ...pick, asserter: "anyone", source: "anything" },
        ...{ validFromMs: 0, validToMs: null, knownFromMs: 0, knownToMs: null },
      }) as Statement,
  );

test("adding a denying statement never gives more service, and denies where it applies", () => {
  fc.assert(
    fc.property(cases, denials, (input, denial) => {
      const policy = changedPolicy(input.policy, { statements: [...input.policy.statements, denial] });
      const before = evaluate(input);
      const after = evaluate({ ...input, policy });
      assert.ok(rank[after.outcome] <= rank[before.outcome]);
      const place = input.location.last?.place;
      const applies =
        place?.zone === "highSea"
          ? denial.territory === "HIGH_SEAS"
          : denial.territory === place?.territory || denial.territory === place?.country;
      if (applies) assert.equal(after.outcome, "deny");
    }),
    { numRuns: 1_000 },
  );
});

test("the order of statements and rules changes nothing", () => {
  fc.assert(
    fc.property(cases, input => {
      const { policy } = input;
      const turned = changedPolicy(policy, {
        statements: policy.statements.toReversed(),
        speedCaps: policy.speedCaps.toReversed(),
        specialZones: policy.specialZones.toReversed(),
      });
      const { grounds: _, inputs: __, ...answer } = evaluate(input);
      const { grounds: ___, inputs: ____, ...again } = evaluate({ ...input, policy: turned });
      assert.deepEqual(again, answer);
    }),
    { numRuns: 500 },
  );
});

test("the same inputs give the same answer, and the inputs are left as they were", () => {
  fc.assert(
    fc.property(cases, input => {
      const given = structuredClone(input);
      const answer = evaluate(given);
      assert.deepEqual(evaluate(input), answer);
      assert.deepEqual(given, structuredClone(input));
    }),
    { numRuns: 300 },
  );
});

test("falling silent never helps", () => {
  fc.assert(
    fc.property(cases, fc.constantFrom(1, 60_000, 600_000, dayMs), (input, silenceMs) => {
      const { last } = input.location;
      fc.pre(last !== null);
      const silent = { ...input.location, last: { ...last, atMs: last.atMs - silenceMs } };
      const before = evaluate(input);
      assert.ok(rank[evaluate({ ...input, location: silent }).outcome] <= rank[before.outcome]);
    }),
    { numRuns: 1_000 },
  );
});

test("being suspended never helps, and a suspension is felt for 72 hours at most", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 72 }), (input, hours) => {
      fc.pre(input.terminal.state === "active");
      const untilMs = noonMs + hours * 3_600_000;
      const suspension = { orderId: "o", officer: "o", ground: "g", fromMs: noonMs, untilMs };
      const suspended = { ...input.terminal, state: "suspended" as const, suspension };
      const before = evaluate(input);
      assert.ok(rank[evaluate({ ...input, terminal: suspended }).outcome] <= rank[before.outcome]);
      const late = { ...input, atMs: noonMs + 72 * 3_600_000 };
      assert.equal(evaluate({ ...late, terminal: suspended }).reason, evaluate(late).reason);
    }),
    { numRuns: 500 },
  );
});

test("a denial supports no lease, and a restriction only one for account site and emergency", () => {
  fc.assert(
    fc.property(cases, input => {
      const admission = evaluate(input);
      const claims = leaseClaims(admission, ["cell-1"]);
      if (admission.outcome === "deny" || admission.outcome === "txOff") assert.equal(claims, null);
      else if (admission.outcome === "restricted") assert.equal(claims?.reach, "accountAndEmergency");
      else assert.equal(claims?.reach, "all");
      if (claims !== null) {
        const lifeMs = claims.expiresAtMs - claims.issuedAtMs;
        assert.ok(lifeMs > 0 && lifeMs <= 60_000);
        if (admission.outcome === "provisional") assert.ok(lifeMs <= 15_000);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("no lease outlives the rules known when it was issued", () => {
  const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      cases,
      denials,
      fc.integer({ min: 1, max: 90_000 }),
      part,
      (drawn, denial, announcedMs, part) => {
        // On top of what the case holds, a denial that is on record already and begins within the next minutes.
        const announced = { ...denial, validFromMs: noonMs + announcedMs };
        const statements = [...drawn.policy.statements, announced];
        const input = { ...drawn, policy: changedPolicy(drawn.policy, { statements }) };
        const admission = evaluate(input);
        fc.pre(admission.leaseMs !== null && input.location.last !== null);
        const laterMs = noonMs + Math.floor(part * admission.leaseMs);
        const last = { ...input.location.last, atMs: input.location.last.atMs + (laterMs - noonMs) };
        const later = evaluate({
          ...input,
          atMs: laterMs,
          knownAtMs: admission.knownAtMs,
          location: { ...input.location, last },
          terminal: { ...input.terminal, suspension: null },
        });
        // While the lease lives, cut off from all news, service is never more than a fresh answer would give.
        assert.ok(rank[later.outcome] >= rank[admission.outcome]);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("hashes name what decided: they change with it and hold no position", () => {
  const one = admit();
  const moved = locatedIn("AA");
  const nearby = admit({ location: { ...moved, last: { ...moved.last!, latDeg: 10.01 } } });
  assert.equal(nearby.inputs.locationHash, one.inputs.locationHash);
  const inOtherCell = admit({ location: { ...moved, last: { ...moved.last!, cell: "cell-2" } } });
  assert.notEqual(inOtherCell.inputs.locationHash, one.inputs.locationHash);
  const renamed = admit({ terminal: terminal({ name: "Other" }) });
  assert.equal(renamed.inputs.terminalHash, one.inputs.terminalHash);
  const onOtherPlan = admit({ terminal: terminal({ planId: "sea" }) });
  assert.notEqual(onOtherPlan.inputs.terminalHash, one.inputs.terminalHash);
  const asked = admit({ identity: { state: "proved", sinceMs: noonMs } });
  assert.notEqual(asked.inputs.terminalHash, one.inputs.terminalHash);
});

test("special zones shorten leases by territory and by cell", () => {
  const listed = terminal({ id: "ut-listed" });
  assert.equal(admit().leaseMs, 60_000);
  assert.equal(admit({ terminal: listed, location: locatedIn("AA-1") }).leaseMs, 15_000);
  const inZone = locatedIn("AA");
  const cell = { ...inZone, last: { ...inZone.last!, cell: "cell-special" } };
  assert.equal(admit({ location: cell }).leaseMs, 15_000);
});

test("a past answer can be asked again with what is known now", () => {
  const document = samplePolicyDocument();
  const learned = { validFrom: "2024-03-01", knownFrom: "2024-03-20" };
  document.statements.push(says("late", "AA", "licence", "revoked", learned));
  const policy = policyOf(document);
  assert.equal(admit({ policy }).reason, "ALLOW");
  assert.equal(admit({ policy, knownAtMs: Date.UTC(2024, 2, 20) }).reason, "AREA_NOT_LICENSED");
});
