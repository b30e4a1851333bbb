// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, cellTableOf } from "@perigee/earth";
import { createEphemeris, createPropagator, type Elements, lookAngles, walkerShell } from "@perigee/orbit";
import fc from "fast-check";
import { EPOCH_MS } from "./testing/small-network.ts";
import { createVisibleCounter } from "./visible-counts.ts";

const fleetOf = fc
  .record({
    kind: fc.constantFrom("delta" as const, "star" as const),
    inclinationDeg: fc.integer({ min: 0, max: 100 }),
    altitudeKm: fc.integer({ min: 300, max: 1500 }),
    planes: fc.integer({ min: 2, max: 12 }),
    perPlane: fc.integer({ min: 2, max: 20 }),
  })
  .map(({ planes, perPlane, ...spec }): readonly Elements[] => {
    const made = walkerShell({ ...spec, satellites: planes * perPlane, planes, phasing: 1 }, EPOCH_MS);
    assert.ok(made.ok);
    return made.value;
  });

test("the counts are those of every satellite looked at from every cell, poles and date line included", () => {
  fc.assert(
    fc.property(
      fleetOf,
      fc.array(fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 })), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 7200 }),
      (elements, places, elevation, seconds) => {
        const near = places.flatMap(([lat, lon]) =>
          [0, 0.2, 0.7].map(d =>
            cellAt(Math.max(-90, Math.min(90, lat + d)), Math.max(-180, Math.min(180, lon + d))),
          ),
        );
        const table = cellTableOf(near);
        assert.ok(table.ok);
        const cells = table.value;
        const fleet = createPropagator(elements).propagate(
          EPOCH_MS + 1000 * seconds,
          createEphemeris(elements.length),
        );
        // Each satellite has an elevation of its own, and every seventh is out of order.
        const least = Float64Array.from(elements, (_, i) => Math.max(0, elevation - (i % 3)));
        const usable = Uint8Array.from(elements, (_, i) => (i % 7 === 3 ? 0 : 1));
        const counts = createVisibleCounter(cells, least).countsOf(fleet, usable);
        for (let c = 0; c < cells.count; c++) {
          const site = { latDeg: cells.latDeg[c]!, lonDeg: cells.lonDeg[c]!, altitudeKm: 0 };
          let seen = 0;
          let onEdge = 0;
          elements.forEach((_, i) => {
            const at = { xKm: fleet.xKm[i]!, yKm: fleet.yKm[i]!, zKm: fleet.zKm[i]! };
            const above = lookAngles(site, at).elevationDeg - least[i]!;
            if (usable[i] === 0) return;
            if (Math.abs(above) < 1e-9) onEdge++;
            else if (above > 0) seen++;
          });
          assert.ok(
            counts[c]! >= seen && counts[c]! <= seen + onEdge,
            `cell ${c}: ${counts[c]}, not ${seen}`,
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});
