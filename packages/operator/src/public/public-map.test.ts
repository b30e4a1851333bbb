// SPDX-License-Identifier: MIT
// F29: the map that is published is what is enforced. The states come from what the API serves, the answers from
// admission itself; the points in the cells are drawn by h3's own rule (the cell that a point is in), not by the map's net.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  emptyHistory,
  evaluate,
  manufactureTerminal,
  type Policy,
  type PublishedState,
  theSystem,
} from "@perigee/authority";
import { cellAt, cellBoundary, cellCentre, placeOf } from "@perigee/earth";
import { viewById } from "../boundary.ts";
import { testAuthority } from "../testing.ts";
import { loadLandCells } from "./land-cells.ts";
import { PublicMap, together } from "./public-map.ts";

/** Where territories with other rules meet, on land and off a coast. */
const borders = [
  { latDeg: 51.4, lonDeg: 23.6 },
  { latDeg: 46.1, lonDeg: 33.7 },
  { latDeg: 54.5, lonDeg: 20.3 },
  { latDeg: 25.3, lonDeg: 55.9 },
  { latDeg: 44.1, lonDeg: 28.9 },
  { latDeg: 49.0, lonDeg: -104.5 },
];
const CELLS = Number(process.env["PERIGEE_CASES"] ?? 10_000);
const POINTS = 2;
/** A point of the unit interval for each number (SplitMix32, so that a run can be repeated). */
function unit(n: number): number {
  let z = Math.imul(n + 1, 0x9e37_79b9);
  z = Math.imul(z ^ (z >>> 16), 0x21f0_aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a_2d97);
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
}

/** What an ordinary terminal gets at a point: in order, standing still, at home, on the plan that serves it best. */
function servedAt(policy: Policy, latDeg: number, lonDeg: number, atMs: number): boolean {
  const view = viewById(policy.boundaryView)!;
  const place = placeOf(latDeg, lonDeg, view);
  const last = { atMs, latDeg, lonDeg, cell: cellAt(latDeg, lonDeg), place };
  const country = place.zone === "highSea" ? "none" : (place.country ?? place.territory);
  return policy.plans.some(({ id }) => {
    const terminal = {
      ...manufactureTerminal("ordinary", "Ordinary", 0),
      state: "active" as const,
      accountId: "ordinary",
      planId: id,
      serviceAddress: { latDeg, lonDeg },
    };
    const account = { id: "ordinary", holder: "nobody", country, state: "open" as const, managedBy: null };
    const location = { ...emptyHistory, last };
    return evaluate({ atMs, terminal, account, location, policy, boundaryView: view }).reach === "all";
  });
}

/** Points all over a cell: on the way from its centre to somewhere on its rim. */
function pointIn(cell: string, n: number): { latDeg: number; lonDeg: number } {
  const centre = cellCentre(cell);
  const corners = cellBoundary(cell);
  const corner = Math.floor(unit(n) * corners.length);
  const [a, b] = [corners[corner]!, corners[(corner + 1) % corners.length]!];
  const [along, out] = [unit(n + 1), 0.98 * Math.sqrt(unit(n + 2))];
  const mix = (from: number, to: number, share: number): number => {
    const turn = to - from > 180 ? -360 : to - from < -180 ? 360 : 0;
    return from + (to + turn - from) * share;
  };
  const latDeg = mix(centre.latDeg, mix(a.latDeg, b.latDeg, along), out);
  const lonDeg = mix(centre.lonDeg, mix(a.lonDeg, b.lonDeg, along), out);
  return { latDeg, lonDeg: ((lonDeg + 540) % 360) - 180 };
}

test(`F29: ${CELLS} random cells: the published map is the enforcement`, async () => {
  await using made = await testAuthority();
  const { authority, scenario } = made;
  const atMs = scenario.startMs;
  const map = new PublicMap(authority, () => Promise.reject(new Error("no cell of land is asked for")));
  const seen = new Map<string, number>();
  const wrong: string[] = [];
  for (let i = 0; i < CELLS; i++) {
    // A twentieth where territories meet; the rest all over the planet.
    const near = i % 20 === 0 ? borders[(i / 20) % borders.length]! : null;
    const latDeg = near
      ? Math.max(-85, Math.min(85, near.latDeg + 8 * (unit(4 * i) - 0.5)))
      : (Math.asin(2 * unit(4 * i) - 1) * 180) / Math.PI;
    const lonDeg = near ? near.lonDeg + 8 * (unit(4 * i + 1) - 0.5) : 360 * unit(4 * i + 1) - 180;
    const cell = cellAt(latDeg, ((lonDeg + 540) % 360) - 180);
    if (Math.abs(cellCentre(cell).latDeg) > 88) continue;
    const { state } = map.state(cell, atMs);
    seen.set(state, (seen.get(state) ?? 0) + 1);
    for (let k = 0; k < POINTS; k++) {
      const point = pointIn(cell, 1_000_000 + 10 * (i * POINTS + k));
      if (cellAt(point.latDeg, point.lonDeg) !== cell) continue;
      const served = servedAt(authority.policy, point.latDeg, point.lonDeg, atMs);
      if (state === "served" ? !served : state === "notServed" ? served : state === "notPublished") {
        wrong.push(`${cell} is ${state}, ${point.latDeg} ${point.lonDeg} is ${served ? "served" : "not"}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  for (const state of ["served", "notServed", "inPart"])
    assert.ok((seen.get(state) ?? 0) > 0, `no cell was ${state}`);
});

test("F29: large cells are their own cells together, and the map changes with the policy", async () => {
  await using made = await testAuthority();
  const { authority, scenario } = made;
  const atMs = scenario.startMs;
  const folder = mkdtempSync(join(tmpdir(), "perigee-public-map-"));
  try {
    let loads = 0;
    const map = new PublicMap(authority, viewId => {
      loads++;
      return loadLandCells({ folder, viewId });
    });
    const all = await map.overview(atMs);
    assert.equal(await map.overview(atMs + 1), all, "made once while nothing changes");
    assert.equal(all.cells.length, all.stateOf.length);
    assert.ok(all.stateOf.every(index => index < all.states.length));
    assert.ok(all.territories.length > 250);
    // A large cell that is one territory's midst says what its cells say.
    for (const i of [100, 2_000, 5_000, 9_000]) {
      const cells = (await map.cellsOf(all.cells[i]!.padEnd(15, "f"), atMs))!;
      assert.equal(cells.version, all.version);
      const inside = new Set(cells.stateOf.map(index => cells.states[index]!.state));
      const shown = all.states[all.stateOf[i]!]!.state;
      if (shown === "served" || shown === "notServed") {
        assert.ok(inside.has(shown), `${all.cells[i]}: ${shown}, its cells ${[...inside]}`);
      }
    }
    assert.equal(await map.cellsOf("831ffffffffffff", atMs), null);
    const asked = {
      statementId: "pl-licence",
      validToMs: atMs,
      source: "The register",
      reason: "It was taken back today.",
    };
    const reason = "The register says so.";
    const closed = await authority.carryOut(
      { name: "statement.close", request: asked, actor: theSystem, reason },
      atMs + 2,
    );
    assert.ok(closed.ok, JSON.stringify(closed));
    // On an axis that decides, closing waits for two persons: nothing has changed yet.
    assert.equal((await map.overview(atMs + 3)).version, all.version);
    assert.equal(loads, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what is not the same everywhere is in part, what is sealed anywhere is not published", () => {
  const served: PublishedState = { state: "served" };
  const not: PublishedState = { state: "notServed", reasons: ["AREA_NOT_ACTIVE"] };
  const part: PublishedState = { state: "inPart", reasons: ["LEGAL_REGIME"] };
  assert.deepEqual(together([served, served]), served);
  assert.deepEqual(together([not, not]), not);
  assert.deepEqual(together([served, not]), { state: "inPart", reasons: ["AREA_NOT_ACTIVE"] });
  assert.deepEqual(together([not, part]), { state: "inPart", reasons: ["AREA_NOT_ACTIVE", "LEGAL_REGIME"] });
  assert.deepEqual(together([served, { state: "notPublished" }]), { state: "notPublished" });
  assert.throws(() => together([]), RangeError);
});
