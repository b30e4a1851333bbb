// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { landingValue } from "./contact-selection.ts";
import { matchContacts } from "./match-contacts.ts";
import { type ContactCase, loadSolver, optimum, worthOf } from "./testing/contact-optimum.ts";

/** A small network: every satellite over some sites; two bands. */
const cases = fc
  .record({
    satellites: fc.integer({ min: 1, max: 14 }),
    sites: fc.integer({ min: 1, max: 5 }),
    draws: fc.array(fc.nat(999), { minLength: 400, maxLength: 400 }),
  })
  .map(({ satellites, sites, draws }): ContactCase => {
    let next = 0;
    const draw = (below: number) => (draws[next++ % draws.length]! * 7 + next * 13) % below;
    const rows: [satellite: number, gateway: number, band: number, up: number, cost: number][] = [];
    for (let g = 0; g < sites; g++) {
      for (let s = 0; s < satellites; s++) {
        if (draw(3) === 0) continue;
        for (let b = 0; b < 2; b++) {
          if (draw(4) !== 0) rows.push([s, g, b, (b + 1) * (20_000 - 1000 * draw(12)), draw(12_000) - 4000]);
        }
      }
    }
    const column = (k: 0 | 1 | 2 | 3 | 4) => rows.map(row => row[k]);
    return {
      choices: {
        count: rows.length,
        satellite: Int32Array.from(column(0)),
        gateway: Int32Array.from(column(1)),
        band: Uint8Array.from(column(2)),
        upMbps: Float32Array.from(column(3)),
        costMbps: Float32Array.from(column(4)),
      },
      ends: {
        bands: 2,
        satellitePorts: Uint8Array.from({ length: 2 * satellites }, () => draw(3)),
        antennas: Uint16Array.from({ length: 2 * sites }, () => draw(5)),
        wantedMbps: Float32Array.from({ length: satellites }, () => 4000 * draw(12)),
        landingMbps: 20_000,
        spareShare: 0.25,
      },
    };
  });

test("within ports and antennas, near the optimum of a mixed-integer programme", async t => {
  const solver = await loadSolver();
  const shares: number[] = [];
  for (const one of fc.sample(cases, { numRuns: 60, seed: 5 })) {
    const value = worthOf(one, matchContacts(one.choices, one.ends, 12));
    const best = optimum(solver, one);
    assert.ok(value <= best + 0.5, `${value} is more than ${best}`);
    if (best > 0) shares.push(value / best);
  }
  shares.sort((a, b) => a - b);
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  const exact = shares.filter(share => share > 1 - 1e-6).length;
  t.diagnostic(
    `worst ${shares[0]!.toFixed(4)}, mean ${mean.toFixed(4)}, ${exact} of ${shares.length} optimal`,
  );
  assert.ok(shares[0]! > 0.93 && mean > 0.99, `${shares[0]} ${mean}`);
});

test("no single link can be added for a gain", () => {
  fc.assert(
    fc.property(cases, one => {
      const chosen = matchContacts(one.choices, one.ends, 12);
      const value = worthOf(one, chosen);
      for (let e = 0; e < one.choices.count; e++) {
        if (chosen[e] === 1) continue;
        const added = chosen.slice();
        added[e] = 1;
        let better = Number.NEGATIVE_INFINITY;
        try {
          better = worthOf(one, added);
        } catch {
          // A port or an antenna too many.
        }
        assert.ok(better <= value + 0.01, `link ${e} adds ${better - value}`);
      }
    }),
    { numRuns: 200 },
  );
});

test("one antenna and two satellites: the one with load lands; a full site gives way where another is free", () => {
  const ends = {
    bands: 1,
    satellitePorts: Uint8Array.of(1, 1),
    antennas: Uint16Array.of(1, 1),
    wantedMbps: Float32Array.of(0, 9000),
    landingMbps: 20_000,
    spareShare: 0.25,
  };
  const both = {
    count: 2,
    satellite: Int32Array.of(0, 1),
    gateway: Int32Array.of(0, 0),
    band: new Uint8Array(2),
    upMbps: Float32Array.of(20_000, 20_000),
    costMbps: new Float32Array(2),
  };
  assert.deepEqual([...matchContacts(both, ends, 12)], [0, 1]);
  // Greed gives satellite 1 its best site 0; satellite 0 sees only that one, so that 1 has to move to site 1.
  const chain = {
    count: 3,
    satellite: Int32Array.of(0, 1, 1),
    gateway: Int32Array.of(0, 0, 1),
    band: new Uint8Array(3),
    upMbps: Float32Array.of(20_000, 20_000, 20_000),
    costMbps: Float32Array.of(0, 0, 3000),
  };
  assert.deepEqual([...matchContacts(chain, ends, 12)], [1, 0, 1]);
  assert.equal(landingValue(ends, 1, 0, 0), 0);
  assert.equal(landingValue(ends, 1, 1, 13_000), 20_000 + 9000 + 1000);
});
