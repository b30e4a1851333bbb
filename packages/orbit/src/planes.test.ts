// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements } from "./built-in.ts";
import type { Elements } from "./elements.ts";
import { parseElements } from "./parse.ts";
import { type PlaneMap, type PlaneShell, planesOf } from "./planes.ts";
import { needs, recorded } from "./recorded-data.ts";
import { walkerShell } from "./walker.ts";

const MAY_21 = Date.UTC(2026, 4, 21);

function read(path: string): Elements[] {
  const result = parseElements(recorded(path));
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  return result.value;
}

/** The shell found nearest to a published one. */
function shellNear(map: PlaneMap, inclinationDeg: number, altitudeKm: number): PlaneShell {
  const far = (shell: PlaneShell) =>
    Math.abs(shell.inclinationDeg - inclinationDeg) * 10 + Math.abs(shell.altitudeKm - altitudeKm);
  return map.shells.toSorted((a, b) => far(a) - far(b))[0]!;
}

/** Planes of a shell with at least `size` satellites: strays between planes make planes of their own. */
function planesWith(map: PlaneMap, shell: PlaneShell, size: number): number {
  return map.planes
    .slice(shell.firstPlane, shell.firstPlane + shell.planeCount)
    .filter(plane => plane.satellites.length >= size).length;
}

test("the built-in constellation falls back into its own shells and planes, at its epoch and days later", () => {
  const { elements, shellOf, shells } = builtInElements(MAY_21);
  for (const days of [0, 3]) {
    const map = planesOf(elements, { epochMs: MAY_21 + days * 86_400_000 });
    assert.equal(map.shells.length, shells.length);
    // One found shell per true shell, one true shell per found shell.
    const pairs = new Set(elements.map((_, i) => `${shellOf[i]} ${map.shellOf[i]}`));
    assert.equal(pairs.size, shells.length);
    for (const { pattern } of shells) {
      const found = shellNear(map, pattern.inclinationDeg, pattern.altitudeKm);
      assert.equal(found.planeCount, pattern.occupiedPlanes ?? pattern.planes);
      assert.equal(found.satelliteCount, (pattern.filled ?? pattern.satellites) + (pattern.spares ?? 0));
    }
  }
});

test("a plane lists its satellites in order of flight, and every satellite stands in one plane", () => {
  const { elements } = builtInElements(MAY_21);
  const map = planesOf(elements);
  const seen = new Uint8Array(elements.length);
  map.planes.forEach((plane, index) => {
    let last = -1;
    for (const i of plane.satellites) {
      seen[i]! += 1;
      assert.equal(map.planeOf[i], index);
      assert.equal(map.shellOf[i], plane.shell);
      assert.ok(map.argumentOfLatitudeDeg[i]! >= last);
      last = map.argumentOfLatitudeDeg[i]!;
    }
  });
  assert.ok(seen.every(times => times === 1));
});

test("RAAN and argument of latitude move as J2 theory says, whatever each satellite's epoch", () => {
  // Vallado (2013), eq. 9-38: the node's rate for a circular orbit, -1.5 n J2 (R/a)^2 cos i.
  const shell = {
    kind: "delta",
    inclinationDeg: 53,
    altitudeKm: 550,
    satellites: 40,
    planes: 4,
    phasing: 1,
  } as const;
  const early = walkerShell(shell, MAY_21 - 86_400_000);
  assert.ok(early.ok);
  const map = planesOf(early.value, { epochMs: MAY_21 });
  const n = Math.sqrt(398_600.8 / 6928.137 ** 3);
  const drift =
    (-1.5 * n * 1.082616e-3 * (6378.135 / 6928.137) ** 2 * Math.cos((53 * Math.PI) / 180) * 86_400 * 180) /
    Math.PI;
  for (const plane of map.planes) {
    const first = early.value[plane.satellites[0]!]!.raanDeg;
    const moved = ((plane.raanDeg - first + 540) % 360) - 180;
    assert.ok(Math.abs(moved - drift) < 0.02, `${moved} against ${drift}`);
  }
});

test("a plane across RAAN 0 is one plane", () => {
  const shell = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 40, planes: 4, phasing: 1 },
    MAY_21,
  );
  assert.ok(shell.ok);
  const scattered = shell.value.map((set, k) => ({
    ...set,
    raanDeg: (set.raanDeg + 360 + (k % 2) * 0.4 - 0.2) % 360,
  }));
  const map = planesOf(scattered);
  assert.equal(map.planes.length, 4);
  const across = map.planes.find(plane => plane.raanDeg > 359 || plane.raanDeg < 1);
  assert.equal(across?.satellites.length, 10);
});

test("no elements, no shells; a decayed satellite has none", () => {
  assert.deepEqual(planesOf([]).shells, []);
  const { elements } = builtInElements(MAY_21);
  const sunk = { ...elements[0]!, bstar: 0.9 };
  const map = planesOf([...elements.slice(1, 60), sunk], { epochMs: MAY_21 + 60 * 86_400_000 });
  assert.equal(map.shellOf[59], -1);
  assert.equal(map.planeOf[59], -1);
  assert.ok(Number.isNaN(map.raanDeg[59]!));
});

const STARLINK = "tle/starlink-2026-05-30.tle.gz";
test("Starlink as flown: the planes others counted", needs(STARLINK), t => {
  const map = planesOf(read(STARLINK));
  for (const shell of map.shells) {
    const { inclinationDeg, altitudeKm, satelliteCount, planeCount } = shell;
    t.diagnostic(
      `${inclinationDeg.toFixed(2)} at ${altitudeKm.toFixed(1)} km: ${satelliteCount} satellites, ${planeCount} planes, ${planesWith(map, shell, 5)} of 5 and more`,
    );
  }
  const found = (inclinationDeg: number, altitudeKm: number) =>
    planesWith(map, shellNear(map, inclinationDeg, altitudeKm), 5);
  assert.equal(found(53.2, 540), 72);
  assert.equal(shellNear(map, 43, 483).planeCount, 99);
  assert.ok(Math.abs(found(53.16, 475) - 51) <= 3);
  assert.ok(found(70, 572) >= 33 && found(70, 572) <= 36);
  assert.equal(found(43, 356), 26);
  assert.ok(Math.abs(found(53.16, 360) - 24) <= 2);
  const without = map.shellOf.reduce((n, shell) => n + Number(shell < 0), 0);
  // 511 were being raised or lowered nine days before.
  assert.ok(without > 300 && without < 800, `${without} without a shell`);
});

const IRIDIUM = "tle/iridium-2026-03.tle.gz";
test("Iridium NEXT: 66 satellites in 6 planes of 11", needs(IRIDIUM), () => {
  const map = planesOf(read(IRIDIUM));
  const shell = shellNear(map, 86.4, 777);
  assert.equal(shell.satelliteCount, 66);
  assert.deepEqual(
    map.planes
      .slice(shell.firstPlane, shell.firstPlane + shell.planeCount)
      .map(plane => plane.satellites.length),
    [11, 11, 11, 11, 11, 11],
  );
});

const ONEWEB = "tle/oneweb-2026-05-30.tle.gz";
test("OneWeb: 12 planes, each at its own altitude, as its filing has them", needs(ONEWEB), () => {
  const elements = read(ONEWEB);
  assert.equal(planesOf(elements).planes.filter(plane => plane.satellites.length >= 49).length, 12);
  // Told that planes 4 km apart are one shell, it finds one shell of 12 planes.
  const wide = planesOf(elements, { altitudeReachKm: 5 });
  assert.equal(planesWith(wide, wide.shells[0]!, 49), 12);
});
