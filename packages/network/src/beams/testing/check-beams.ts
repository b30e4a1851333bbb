// SPDX-License-Identifier: MIT
// For tests only: the rules at the head of `cell-plan.ts`, read a second time, pair by pair, with the room's older
// functions for looks and arcs and no table, cone or bound of the planner.
import assert from "node:assert/strict";
import type { CellTable } from "@perigee/earth";
import { lookAnglesFrom, observerFrame } from "@perigee/orbit";
import { gsoArc, gsoSeparationDeg } from "../../gso.ts";
import type { SchedulerPolicy } from "../../policy.ts";
import type { BeamInputs } from "../beam-planner.ts";
import type { BeamSatellites } from "../beam-satellites.ts";
import { type BeamPlan, CELL_REASONS, type RouteTree } from "../cell-plan.ts";

type Vector = readonly [number, number, number];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const angleDeg = (a: Vector, b: Vector) =>
  (Math.acos(Math.min(1, dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))) * 180) / Math.PI;

/** For rounding at a limit. */
const DEG = 1e-6;

/** Looks at pairs of cell and satellite. */
export interface Looks {
  /** By how much a pair keeps rules 2 and 3, degrees; below 0: breaks it. `arc` is NaN where `view` is broken. */
  margins(cell: number, satellite: number): { readonly view: number; readonly arc: number };
  /** Cell, and satellite at start, middle and end: Earth-fixed, km. */
  site(cell: number): Vector;
  places(satellite: number): readonly [Vector, Vector, Vector];
}

export function looksOf(
  { start, end }: Pick<BeamInputs, "start" | "end">,
  cells: CellTable,
  satellites: BeamSatellites,
  policy: SchedulerPolicy,
): Looks {
  const frames = Array.from(cells.latDeg, (latDeg, c) =>
    observerFrame({ latDeg, lonDeg: cells.lonDeg[c]!, altitudeKm: 0 }),
  );
  const arcs = frames.map(frame => gsoArc(frame));
  const places = (i: number): readonly [Vector, Vector, Vector] => {
    const a: Vector = [start.xKm[i]!, start.yKm[i]!, start.zKm[i]!];
    const b: Vector = [end.xKm[i]!, end.yKm[i]!, end.zKm[i]!];
    const va: Vector = [start.vxKmS[i]!, start.vyKmS[i]!, start.vzKmS[i]!];
    const vb: Vector = [end.vxKmS[i]!, end.vyKmS[i]!, end.vzKmS[i]!];
    const [x, y, z] = [0, 1, 2].map(k => (a[k]! + b[k]!) / 2 + (15 / 8) * (va[k]! - vb[k]!));
    return [a, [x!, y!, z!], b];
  };
  const site = (c: number): Vector => [frames[c]!.xKm, frames[c]!.yKm, frames[c]!.zKm];
  const margins = (c: number, i: number) => {
    const at = places(i);
    let view = Number.POSITIVE_INFINITY;
    for (const place of [at[0], at[2]]) {
      const [xKm, yKm, zKm] = place;
      const { elevationDeg } = lookAnglesFrom(frames[c]!, { xKm, yKm, zKm });
      const steerDeg = angleDeg(minus(site(c), place), minus([0, 0, 0], place));
      view = Math.min(
        view,
        elevationDeg - satellites.minElevationDeg[i]!,
        satellites.maxSteerDeg[i]! - steerDeg,
      );
    }
    if (view < -DEG) return { view, arc: Number.NaN };
    const arc = Math.min(...at.map(([x, y, z]) => gsoSeparationDeg(arcs[c]!, x, y, z)));
    return { view, arc: arc - policy.userGsoSeparationDeg };
  };
  return { margins, site, places };
}

/** Asserts every rule of a plan. */
export function checkBeams(
  plan: BeamPlan,
  inputs: BeamInputs & { readonly trees: readonly RouteTree[] },
  cells: CellTable,
  satellites: BeamSatellites,
  policy: SchedulerPolicy,
): void {
  const { beams: rules } = policy;
  const { margins, site, places } = looksOf(inputs, cells, satellites, policy);
  const out = new Set(inputs.outage?.satellites);
  const { start, end } = inputs;
  const usable = (i: number) =>
    satellites.serving[i] === 1 && start.error[i] === 0 && end.error[i] === 0 && !out.has(i);
  const treeOf = (c: number) => inputs.trees.find(tree => tree.pop === inputs.popOfCell[c]);

  const cellsOf: number[][] = Array.from(plan.beams.satellite, () => []);
  const sharesOf = new Float64Array(plan.beams.satellite.length);
  const beamsOf: number[][] = Array.from({ length: cells.count }, () => []);
  const serve = (c: number, b: number, share: number) => {
    assert.ok(share >= 1);
    cellsOf[b]!.push(c);
    beamsOf[c]!.push(b);
    sharesOf[b]! += share;
  };
  for (let c = 0; c < cells.count; c++) if (plan.beam[c]! >= 0) serve(c, plan.beam[c]!, plan.share[c]!);
  plan.extra.cell.forEach((c, k) => {
    serve(c, plan.extra.beam[k]!, plan.extra.share[k]!);
  });

  let unserved = 0;
  for (let c = 0; c < cells.count; c++) {
    const reason = CELL_REASONS[plan.reason[c]!];
    assert.equal(reason === "served", plan.beam[c]! >= 0);
    assert.ok(beamsOf[c]!.length <= rules.beamsPerCell);
    for (let hue = 0; hue < rules.colours; hue++)
      assert.ok(
        beamsOf[c]!.filter(b => plan.beams.colour[b] === hue).length <= rules.coFrequencyBeamsPerCell,
      );
    for (const b of beamsOf[c]!) {
      const i = plan.beams.satellite[b]!;
      assert.ok(inputs.permitted[c] === 1 && usable(i));
      assert.ok(Number.isFinite(treeOf(c)!.delayMs[i]));
      const { view, arc } = margins(c, i);
      assert.ok(
        view >= -DEG && arc >= -DEG,
        `cell ${c}, satellite ${i}: ${view} and ${arc} degrees to spare`,
      );
    }
    if (reason === "served") continue;
    assert.equal(reason === "notPermitted", inputs.permitted[c] !== 1);
    // Whether nobody could serve is asked of the whole fleet: of some cells, for time's sake.
    if (reason === "notPermitted" || unserved++ % 9 !== 0) continue;
    const seen = Array.from(satellites.serving.keys())
      .filter(usable)
      .map(i => ({ i, ...margins(c, i) }));
    const inView = seen.filter(({ view }) => view > DEG);
    const clear = inView.filter(({ arc }) => arc > DEG);
    const reach = clear.filter(({ i }) => Number.isFinite(treeOf(c)?.delayMs[i] ?? Number.NaN));
    const expected =
      reach.length > 0
        ? "noBeam"
        : clear.length > 0
          ? "noRoute"
          : inView.length > 0
            ? "geostationaryArc"
            : "noSatellite";
    assert.equal(reason, expected, `cell ${c}`);
  }

  const rows = Map.groupBy(plan.beams.satellite.keys(), b => plan.beams.satellite[b]!);
  for (const [i, row] of rows) {
    assert.ok(row.length <= satellites.beams[i]! && row.at(-1)! - row[0]! === row.length - 1);
    for (const b of row) {
      assert.ok(cellsOf[b]!.length <= rules.cellsPerBeam && sharesOf[b]! <= 64);
      assert.equal(new Set(cellsOf[b]).size, cellsOf[b]!.length);
      assert.ok(plan.beams.colour[b]! < rules.colours);
    }
    const [from, , to] = places(i);
    for (const [k, b] of row.entries()) {
      for (const other of row.slice(0, k)) {
        if (plan.beams.colour[b] !== plan.beams.colour[other]) continue;
        for (const c of cellsOf[b]!)
          for (const d of cellsOf[other]!)
            for (const at of [from, to]) {
              const apart = angleDeg(minus(site(c), at), minus(site(d), at));
              assert.ok(
                apart >= rules.sameColourSeparationDeg - DEG,
                `beams ${b} and ${other}: ${apart} degrees`,
              );
            }
      }
    }
  }
}
