// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultPolicy } from "./policy.ts";
import { assignSatellites, type Candidate, type Request } from "./scheduler.ts";

/** Evenly spread: `fc.double` prefers numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map(millionths => millionths / 1e6);

const policy = defaultPolicy.scheduler;
const plenty = { antennas: () => 99 };

const candidate = (satellite: number, more: Partial<Candidate> = {}): Candidate => ({
  satellite,
  elevationDeg: 50,
  minElevationDeg: 25,
  remainingS: 100,
  oneWayMs: 5,
  sunlit: true,
  newness: 0.5,
  contention: 0.5,
  gateway: 0,
  landing: satellite,
  ...more,
});

const request = (siteId: string, candidates: Candidate[], more: Partial<Request> = {}): Request => ({
  siteId,
  cell: `cell of ${siteId}`,
  previous: -1,
  candidates,
  ...more,
});

test("each term alone decides, the way its sentence says", () => {
  const better: [string, Partial<Candidate>][] = [
    ["higher", { elevationDeg: 51 }],
    ["longer in view", { remainingS: 101 }],
    ["nearer to the PoP", { oneWayMs: 4.9 }],
    ["newer", { newness: 0.6 }],
    ["less contended", { contention: 0.6 }],
  ];
  for (const [what, more] of better) {
    const [chosen] = assignSatellites([request("a", [candidate(1), candidate(2, more)])], policy, plenty);
    assert.equal(chosen?.satellite, 2, what);
  }
  const dark = request("a", [candidate(1, { sunlit: false }), candidate(2)]);
  assert.equal(assignSatellites([dark], policy, plenty)[0]?.satellite, 2);
  const sticky = request("a", [candidate(1), candidate(2)], { previous: 2 });
  assert.equal(assignSatellites([sticky], policy, plenty)[0]?.satellite, 2);
  assert.equal(
    assignSatellites([request("a", [candidate(4), candidate(3)])], policy, plenty)[0]?.satellite,
    3,
  );
});

test("a detour of tens of milliseconds outweighs the best sky", () => {
  const far = candidate(1, { elevationDeg: 89, remainingS: 180, contention: 0.9, oneWayMs: 150 });
  const near = candidate(2, { elevationDeg: 30, remainingS: 30, contention: 0.1, oneWayMs: 10 });
  assert.equal(assignSatellites([request("a", [far, near])], policy, plenty)[0], near);
});

test("the site with one choice gets it, though another would have liked it", () => {
  const one = { ...policy, beamsPerSatellite: 1 };
  const rich = request("a", [candidate(1, { elevationDeg: 80 }), candidate(2)]);
  const poor = request("b", [candidate(1)]);
  assert.deepEqual(
    assignSatellites([rich, poor], one, plenty).map(c => c?.satellite),
    [2, 1],
  );
});

test("beams are counted by cell, antennas by landing satellite", () => {
  const one = { ...policy, beamsPerSatellite: 1 };
  const same = ["a", "b"].map(id => request(id, [candidate(1)], { cell: "x" }));
  assert.ok(assignSatellites(same, one, plenty).every(c => c !== null));
  const apart = ["a", "b"].map(id => request(id, [candidate(1)]));
  assert.equal(assignSatellites(apart, one, plenty).filter(c => c === null).length, 1);

  const single = { antennas: () => 1 };
  const through = ["a", "b"].map((id, k) => request(id, [candidate(k, { landing: 9 })]));
  assert.ok(assignSatellites(through, policy, single).every(c => c !== null));
  const direct = ["a", "b"].map((id, k) => request(id, [candidate(k)]));
  assert.deepEqual(
    assignSatellites(direct, policy, single).map(c => c?.satellite ?? null),
    [0, null],
  );
});

const anyCandidate = fc
  .record({
    satellite: fc.nat(9),
    elevationDeg: fc.integer({ min: 25, max: 90 }),
    remainingS: fc.integer({ min: 15, max: 240 }),
    oneWayMs: fc.integer({ min: 2, max: 60 }),
    contention: between(0, 1),
    gateway: fc.nat(2),
  })
  .map(({ satellite, ...more }) => candidate(satellite, more));
const anyRequests = fc
  .array(fc.uniqueArray(anyCandidate, { selector: c => c.satellite, maxLength: 6 }), { maxLength: 12 })
  .map(lists => lists.map((list, k) => request(`site-${k}`, list, { cell: `cell-${k % 5}` })));

test("whatever the load: limits hold, everyone refused has nothing left, and order of input does not matter", () => {
  fc.assert(
    fc.property(anyRequests, fc.nat(1000), (requests, salt) => {
      const tight = { ...policy, beamsPerSatellite: 2 };
      const limits = { antennas: (gateway: number) => 1 + gateway };
      const chosen = assignSatellites(requests, tight, limits);
      const cells = Map.groupBy(
        requests.keys().filter(k => chosen[k] !== null),
        k => chosen[k]!.satellite,
      );
      for (const served of cells.values()) assert.ok(new Set(served.map(k => requests[k]!.cell)).size <= 2);
      const landings = Map.groupBy(
        chosen.filter(c => c !== null),
        c => c.gateway,
      );
      for (const [gateway, held] of landings)
        assert.ok(new Set(held.map(c => c.landing)).size <= 1 + gateway);
      requests.forEach((r, k) => {
        if (chosen[k] !== null) return;
        for (const c of r.candidates) {
          const beams = new Set((cells.get(c.satellite) ?? []).map(j => requests[j]!.cell));
          const held = new Set((landings.get(c.gateway) ?? []).map(l => l.landing));
          const noBeam = beams.size >= 2 && !beams.has(r.cell);
          const noAntenna = held.size > c.gateway && !held.has(c.landing);
          assert.ok(noBeam || noAntenna);
        }
      });
      const shuffled = requests
        .map((r, k) => ({ r: { ...r, candidates: r.candidates.toReversed() }, key: (k * 7919 + salt) % 31 }))
        .sort((a, b) => a.key - b.key)
        .map(({ r }) => r);
      const again = assignSatellites(shuffled, tight, limits);
      shuffled.forEach((r, k) => {
        assert.equal(again[k]?.satellite, chosen[requests.findIndex(q => q.siteId === r.siteId)]?.satellite);
      });
    }),
  );
});
