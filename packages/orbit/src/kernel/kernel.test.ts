// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { sgp4 } from "satellite.js";
import { builtInElements } from "../built-in.ts";
import { createBulkPropagator } from "../bulk.ts";
import type { Elements } from "../elements.ts";
import { epochMs } from "../elements.ts";
import { createPropagator } from "../propagator.ts";
import { needs, recorded } from "../recorded-data.ts";
import { satrecOf } from "../satrec.ts";
import { parseTle } from "../tle.ts";
import { expectedStates, VERIFICATION_FILES, verificationSets } from "../verification-set.ts";
import { constantsOf } from "./columns.ts";
import { hasF64x2 } from "./fleet.ts";
import { nearEarthState } from "./formulas.ts";
import { kernelSources } from "./generate/sources.ts";
import { cos, sin } from "./sine.ts";

const simd = { skip: hasF64x2() ? false : "the f64x2 kernel is not built, or this engine has no SIMD" };
const AT_MS = Date.UTC(2026, 4, 21);
const { elements: builtIn } = builtInElements(AT_MS);

test("the committed kernels are what the formulas give", () => {
  const folder = new URL("./", import.meta.url);
  for (const [name, content] of kernelSources(readFileSync(new URL("formulas.ts", folder), "utf8")))
    assert.equal(
      readFileSync(new URL(name, folder), "utf8"),
      content,
      `${name} is stale: node packages/orbit/src/kernel/generate/main.ts`,
    );
});

test("property: sine and cosine are within 1e-12 of the engine's, as far as the kernel goes", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), x => {
      assert.ok(Math.abs(sin(x) - Math.sin(x)) < 1e-12);
      assert.ok(Math.abs(cos(x) - Math.cos(x)) < 1e-12);
    }),
    { numRuns: 2000 },
  );
});

const bitsOf = (numbers: Float64Array): BigInt64Array =>
  new BigInt64Array(numbers.buffer, numbers.byteOffset, numbers.length);

test("f64x2, TypeScript and the formulas as written give the same bytes", simd, () => {
  const instants = [-400, -3, 0, 0.5, 90, 7000].map(minutes => AT_MS + minutes * 60_000);
  const list = builtIn.slice(0, 1503);
  const [a, b] = (["f64x2", "typescript"] as const).map(kernel =>
    createBulkPropagator(list, { capacity: 6, kernel }),
  );
  assert.deepEqual([a!.kernel, b!.kernel], ["f64x2", "typescript"]);
  for (const frame of ["ecef", "teme"] as const) {
    const [x, y] = [a!.propagate(instants, frame), b!.propagate(instants, frame)];
    assert.deepEqual(bitsOf(x.states), bitsOf(y.states));
    assert.deepEqual(x.errors, y.errors);
  }
  const minutes = [-1440, 0, 1 / 3, 10_000];
  const { states, stride } = a!.propagateSinceEpoch(minutes);
  minutes.forEach((t, k) => {
    for (let i = 0; i < list.length; i += 7) {
      const s = nearEarthState(constantsOf(satrecOf(list[i]!)), t, 0, 0);
      const ours = [0, 1, 2, 3, 4, 5].map(axis => states[(6 * k + axis) * stride + i]);
      assert.ok(s.sound);
      assert.deepEqual(ours, [s.x, s.y, s.z, s.vx, s.vy, s.vz]);
    }
  });
});

test("one at a time, few, all and many instants give the same bytes", () => {
  const list = builtIn.slice(300, 700);
  const propagator = createPropagator(list);
  const bulk = createBulkPropagator(list, { capacity: 3 });
  const instants = [AT_MS - 1, AT_MS + 0.25, AT_MS + 5 * 86_400_000];
  const { states, stride } = bulk.propagate(instants);
  instants.forEach((atMs, k) => {
    const all = propagator.propagate(atMs);
    const some = propagator.propagateSome([399, 2], atMs);
    assert.deepEqual(all.zKm, states.slice((6 * k + 2) * stride, (6 * k + 2) * stride + 400));
    assert.deepEqual([...some.vxKmS], [all.vxKmS[399], all.vxKmS[2]]);
  });
});

/** Compares with satellite.js's double-precision path, by minutes since epoch. */
function against(list: readonly Elements[], minutes: readonly number[]) {
  const bulk = createBulkPropagator(list, { capacity: minutes.length });
  const { states, errors, stride } = bulk.propagateSinceEpoch(minutes);
  let worstKm = 0;
  let worstKmS = 0;
  const codes: Record<number, number> = {};
  minutes.forEach((t, k) => {
    list.forEach((set, i) => {
      const record = satrecOf(set);
      const answer = sgp4(record, t);
      const code = answer === null ? record.error : 0;
      assert.equal(errors[k * stride + i], code, `${set.catalogNumber} at ${t} min`);
      codes[code] = (codes[code] ?? 0) + 1;
      const at = (axis: number) => states[(6 * k + axis) * stride + i]!;
      if (answer === null) {
        assert.ok([0, 1, 2, 3, 4, 5].every(axis => Number.isNaN(at(axis))));
        return;
      }
      const { position: r, velocity: v } = answer;
      worstKm = Math.max(worstKm, Math.abs(at(0) - r.x), Math.abs(at(1) - r.y), Math.abs(at(2) - r.z));
      worstKmS = Math.max(worstKmS, Math.abs(at(3) - v.x), Math.abs(at(4) - v.y), Math.abs(at(5) - v.z));
    });
  });
  return { worstKm, worstKmS, codes, fullModelCount: bulk.fullModelCount };
}

const FLEETS = [
  "tle/starlink-2026-05-30.tle.gz",
  "tle/oneweb-2026-05-30.tle.gz",
  "tle/kuiper-2026-03.tle.gz",
  "tle/iridium-2026-03.tle.gz",
];

for (const file of FLEETS) {
  test(`${file}: seven days, no disagreement with satellite.js`, needs(file), t => {
    const result = parseTle(recorded(file));
    assert.ok(result.ok);
    // Through the days and all around the orbit.
    const minutes = [0, 33.3, 1451.7, 3001.1, 4500.9, 5777.7, 7211.2, 8888.8, 10_080];
    const { worstKm, worstKmS, codes, fullModelCount } = against(result.value, minutes);
    t.diagnostic(
      `${worstKm.toExponential(1)} km, ${worstKmS.toExponential(1)} km/s, ${JSON.stringify(codes)}`,
    );
    assert.equal(fullModelCount, 0);
    assert.ok(worstKm < 5e-8, `${worstKm} km`);
    assert.ok(worstKmS < 1e-10, `${worstKmS} km/s`);
  });
}

test("AIAA 2006-6753: what the kernel computes is within 1e-7 km", needs(...VERIFICATION_FILES), t => {
  const sets = verificationSets();
  const onKernel = sets.filter(set => constantsOf(satrecOf(set)).e2limit > 0);
  const numbers = onKernel.map(set => set.catalogNumber);
  t.diagnostic(`near-earth, e below 0.04: ${numbers.join(", ")}`);
  assert.ok(onKernel.length >= 8);
  expectedStates().forEach((rows, index) => {
    const set = sets[index]!;
    if (!onKernel.includes(set)) return;
    for (const [minutes, ...published] of rows) {
      const s = nearEarthState(constantsOf(satrecOf(set)), minutes!, 0, 0);
      if (!s.sound) continue;
      const worst = Math.max(...[s.x, s.y, s.z].map((v, axis) => Math.abs(v - published[axis]!)));
      assert.ok(worst < 1e-7, `${set.catalogNumber} at ${minutes} min: ${worst} km`);
    }
  });
});

const SAMPLE = builtIn[0]!;

test("property: any low orbit, any drag, years away: satellite.js's state, or its error code", () => {
  const anything = fc.record({
    eccentricity: fc.oneof(
      fc.double({ min: 0, max: 0.045, noNaN: true }),
      fc.double({ min: 0, max: 0.8, noNaN: true }),
    ),
    meanMotionRevPerDay: fc.oneof(
      fc.double({ min: 14, max: 16.4, noNaN: true }),
      fc.double({ min: 1, max: 17, noNaN: true }),
    ),
    inclinationDeg: fc.oneof(fc.double({ min: 0, max: 180, noNaN: true }), fc.constantFrom(0, 90, 180)),
    raanDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    argumentOfPerigeeDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    meanAnomalyDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    bstar: fc.oneof(
      fc.double({ min: -0.01, max: 0.01, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    ),
  });
  fc.assert(
    fc.property(
      fc.array(anything, { minLength: 8, maxLength: 8 }),
      fc.array(fc.double({ min: -20_000, max: 20_000, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (changes, minutes) => {
        const list = changes.map(change => ({ ...SAMPLE, ...change }));
        const propagator = createPropagator(list);
        const state = new Float64Array(6);
        for (const t of minutes) {
          for (const [i, set] of list.entries()) {
            const code = propagator.temeState(i, t, state);
            const record = satrecOf(set);
            const answer = sgp4(record, t);
            assert.equal(code, answer === null ? record.error : 0);
            if (answer === null) continue;
            const { x, y, z } = answer.position;
            const km = Math.hypot(state[0]! - x, state[1]! - y, state[2]! - z);
            // It gives NaN without an error code where a huge drag lets the polynomials overflow.
            if (Number.isNaN(x + y + z)) {
              assert.ok(Number.isNaN(km));
              continue;
            }
            // An orbit that grows without bound by negative drag is compared by its size.
            assert.ok(km < 1e-6 * Math.max(1, Math.hypot(x, y, z) / 8000), `${km} km`);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("error codes are satellite.js's: eccentricity, decay", () => {
  const t0 = Math.round(epochMs(SAMPLE));
  const list = [
    { ...SAMPLE, bstar: 0.5 },
    { ...SAMPLE, bstar: -0.5, eccentricity: 0.03 },
    { ...SAMPLE, bstar: 2, eccentricity: 0.02 },
    SAMPLE,
  ];
  const seen = new Set<number>();
  for (const kernel of ["typescript", "satellite.js", ...(hasF64x2() ? (["f64x2"] as const) : [])] as const) {
    const propagator = createPropagator(list, { kernel });
    assert.equal(propagator.kernel, kernel);
    // Back to the start at the end: a code belongs to its instant and goes with it.
    for (const days of [0, 1, 3, 10, 30, 90, 400, 0]) {
      const { error } = propagator.propagate(t0 + days * 86_400_000);
      list.forEach((set, i) => {
        const record = satrecOf(set);
        const answer = sgp4(record, days * 1440);
        assert.equal(error[i], answer === null ? record.error : 0, `${kernel}, ${i}, ${days} days`);
        seen.add(error[i]!);
      });
    }
  }
  assert.deepEqual([...seen].sort(), [0, 1, 6]);
});

test("instants that are none, or years away, are answered by the full model", () => {
  const list = builtIn.slice(0, 5);
  const far = AT_MS + 15 * 365.25 * 86_400_000;
  const [ours, theirs] = [undefined, "satellite.js" as const].map(kernel =>
    createPropagator(list, kernel === undefined ? {} : { kernel }).propagate(far),
  );
  assert.deepEqual(ours, theirs);
  assert.ok([...createPropagator(list).propagate(Number.NaN).xKm].every(Number.isNaN));
});

test("a list of nothing, and one that does not fit", () => {
  assert.equal(createPropagator([]).propagate(AT_MS).count, 0);
  const bulk = createBulkPropagator([SAMPLE], { capacity: 2 });
  assert.throws(() => bulk.propagate([1, 2, 3]), /3 instants, and there is room for 2/);
  assert.throws(() => createBulkPropagator([SAMPLE], { capacity: 2 ** 27 }), /4,096 is the most/);
  assert.throws(() => createBulkPropagator([SAMPLE], { capacity: 0 }), RangeError);
});
