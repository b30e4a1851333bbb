// SPDX-License-Identifier: MIT
import type { Elements } from "./elements.ts";
import type { Service } from "./service.ts";
import { type WalkerSpec, walkerShell } from "./walker.ts";

/** One shell of the built-in constellation. */
export interface Shell {
  /** Short and stable: `53.2-540`. */
  readonly id: string;
  readonly title: string;
  readonly service: Service;
  readonly pattern: WalkerSpec;
  /** Where the figures come from. */
  readonly source: string;
}

/** The built-in constellation as elements. Index = satellite, in all arrays. */
export interface BuiltInConstellation {
  readonly elements: readonly Elements[];
  /** Index into `shells` per satellite. */
  readonly shellOf: Uint8Array;
  readonly shells: readonly Shell[];
}

const MAY_21 =
  "Fitted to 10,359 public element sets of 2026-05-21, J2-corrected to one epoch; counts and altitudes as measured";
const MAY_30 = "Counted in 10,395 public element sets of 2026-05-30 (CelesTrak), by inclination and altitude";

/**
 * The largest LEO broadband constellation as flown in late May 2026, without some 600 objects that were being raised
 * or lowered, or fit no shell. RAAN of first planes are this table's own: patterns do not fix them against each other.
 */
export const builtInShells: readonly Shell[] = [
  {
    id: "53.2-540",
    title: "53.2° at 540 km",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 53.22,
      altitudeKm: 540,
      satellites: 1296,
      planes: 72,
      phasing: 45,
      spares: 10,
      spareOffsetDeg: 5,
    },
    source: `${MAY_21}: 53.2:1296/72/45, 1,306 satellites; spares at +5 and +15 degrees. The filed 72 x 22 does not fly.`,
  },
  {
    id: "43-483",
    title: "43° at 483 km",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 43,
      altitudeKm: 483,
      satellites: 5049,
      planes: 99,
      phasing: 35,
      filled: 3243,
      raanDeg: 1.3,
    },
    source: `${MAY_21}: 43:5049/99/35, 64 % filled, 3,243 satellites.`,
  },
  {
    id: "53-475",
    title: "53.16° at 475 km",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 53.16,
      altitudeKm: 475,
      satellites: 8680,
      planes: 140,
      phasing: 69,
      occupiedPlanes: 51,
      filled: 1446,
      raanDeg: 0.7,
    },
    source: `${MAY_21}: 53.16:8680/140/69, 51 planes occupied, 1,446 satellites. The grid of 140 planes is a reading.`,
  },
  {
    id: "53-470",
    title: "53.16° at 470 km, drifting",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 53.16,
      altitudeKm: 470,
      satellites: 840,
      planes: 28,
      phasing: 0,
      filled: 706,
      raanDeg: 4.1,
    },
    source: `${MAY_30}: 706 satellites; about 30 slots per plane, no phase rule found. 28 planes as filed for Gen2.`,
  },
  {
    id: "53-461",
    title: "53.16° at 461 km, drifting",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 53.16,
      altitudeKm: 461,
      satellites: 868,
      planes: 28,
      phasing: 0,
      raanDeg: 8.9,
    },
    source: `${MAY_30}: 868 satellites at 460 km; no phase rule found. 28 planes as filed for Gen2.`,
  },
  {
    id: "70-572",
    title: "70° at 572 km",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 70,
      altitudeKm: 572,
      satellites: 576,
      planes: 36,
      phasing: 17,
      spares: 123,
      spareOffsetDeg: 1,
      raanDeg: 2.2,
    },
    source: `${MAY_21}: 70:576/36/17, 699 satellites, pairs 1 degree apart.`,
  },
  {
    id: "97.5-549",
    title: "97.47° at 549 km, filling",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 97.47,
      altitudeKm: 549,
      satellites: 1008,
      planes: 42,
      phasing: 11,
      occupiedPlanes: 22,
      filled: 476,
      raanDeg: 3.4,
    },
    source: `${MAY_21}: 22 planes of 24 slots, phase step 4.0 degrees, 476 satellites; the grid of 42 planes is weak.`,
  },
  {
    id: "97.3-466",
    title: "97.29° at 466 km, filling",
    service: "broadband",
    pattern: {
      kind: "delta",
      inclinationDeg: 97.29,
      altitudeKm: 466,
      satellites: 360,
      planes: 15,
      phasing: 12,
      spares: 3,
      spareOffsetDeg: 7.5,
      raanDeg: 5.6,
    },
    source: `${MAY_21}: 15 planes of 24 slots, phase step 12.4 degrees (weak), 363 satellites.`,
  },
  {
    id: "53-360",
    title: "53.16° at 360 km, direct to cell",
    service: "directToCell",
    pattern: {
      kind: "delta",
      inclinationDeg: 53.16,
      altitudeKm: 360,
      satellites: 312,
      planes: 24,
      phasing: 6,
      spares: 9,
      spareOffsetDeg: 10,
      raanDeg: 7.7,
    },
    source: `${MAY_21}: 53:312/24/6, 321 satellites.`,
  },
  {
    id: "43-356",
    title: "43° at 356 km, direct to cell",
    service: "directToCell",
    pattern: {
      kind: "delta",
      inclinationDeg: 43,
      altitudeKm: 356,
      satellites: 338,
      planes: 26,
      phasing: 0,
      filled: 328,
      raanDeg: 6.1,
    },
    source: `${MAY_21}: 26 planes of 13 slots, no phase rule found, 328 satellites.`,
  },
];

/** First catalogue number of the built-in satellites: far from those in use, within the OMM's nine digits. */
const FIRST_CATALOG_NUMBER = 900_001;

/**
 * The built-in constellation with its pattern exact at `epochMs` (UTC, integer milliseconds). Satellites are called
 * `PG-<shell id>-<n>`. Throws only if the table above is wrong.
 */
export function builtInElements(epochMs: number): BuiltInConstellation {
  const elements: Elements[] = [];
  const shellOf: number[] = [];
  builtInShells.forEach((shell, index) => {
    const made = walkerShell(
      {
        ...shell.pattern,
        namePrefix: `PG-${shell.id}`,
        firstCatalogNumber: FIRST_CATALOG_NUMBER + elements.length,
      },
      epochMs,
    );
    if (!made.ok) throw new Error(`built-in shell ${shell.id}: ${made.error.message}`);
    for (const set of made.value) {
      elements.push(set);
      shellOf.push(index);
    }
  });
  return { elements, shellOf: Uint8Array.from(shellOf), shells: builtInShells };
}
