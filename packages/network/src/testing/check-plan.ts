// SPDX-License-Identifier: MIT
// For tests only: a second reading of what a plan promises, from SGP4 and elementary vector algebra. Nothing of the
// planner's geometry is used; sampling takes the place of closed forms.
import assert from "node:assert/strict";
import { createPropagator, type Elements, geodeticToEcef } from "@perigee/orbit";
import type { LinkState } from "../link-state.ts";
import type { Planner } from "../plan.ts";
import type { Site, SlotPlan } from "../slot-plan.ts";

type Vector = readonly [x: number, y: number, z: number];

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const norm = (a: Vector) => Math.sqrt(dot(a, a));
const angleDeg = (a: Vector, b: Vector) =>
  (Math.acos(Math.min(1, dot(a, b) / (norm(a) * norm(b)))) * 180) / Math.PI;

/** Interpolated positions may be 10 m off: at 460 km that is 0.0013 degrees and 33 ns. */
const DEG = 0.002;
const MS = 0.0002;

function onGround(place: { latDeg: number; lonDeg: number }, altitudeKm: number): Vector {
  const { xKm, yKm, zKm } = geodeticToEcef({ latDeg: place.latDeg, lonDeg: place.lonDeg, altitudeKm });
  return [xKm, yKm, zKm];
}

/** Elevation over the ellipsoid's normal, found by stepping 1 km up. */
function elevationDeg(place: { latDeg: number; lonDeg: number }, altitudeKm: number, target: Vector): number {
  const here = onGround(place, altitudeKm);
  return 90 - angleDeg(minus(onGround(place, altitudeKm + 1), here), minus(target, here));
}

/** Least angle to the geostationary ring above the horizon, by samples of 0.1 degree (0.06 seen from the ground). */
function ringAngleDeg(place: { latDeg: number; lonDeg: number }, altitudeKm: number, target: Vector): number {
  const here = onGround(place, altitudeKm);
  const up = minus(onGround(place, altitudeKm + 1), here);
  const direction = minus(target, here);
  let least = 180;
  for (let k = 0; k < 3600; k++) {
    const lon = (k * Math.PI) / 1800;
    const ring = minus([42_164.2 * Math.cos(lon), 42_164.2 * Math.sin(lon), 0], here);
    if (dot(ring, up) >= 0) least = Math.min(least, angleDeg(ring, direction));
  }
  return least;
}

function greatCircleKm(a: { latDeg: number; lonDeg: number }, b: { latDeg: number; lonDeg: number }): number {
  const unit = ({ latDeg, lonDeg }: { latDeg: number; lonDeg: number }): Vector => {
    const [lat, lon] = [(latDeg * Math.PI) / 180, (lonDeg * Math.PI) / 180];
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  };
  const [u, v] = [unit(a), unit(b)];
  const cross: Vector = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  return 6371.0088 * Math.atan2(norm(cross), dot(u, v));
}

/** Asserts everything that a slot plan promises about every site. */
export function checkPlan(
  plan: SlotPlan,
  sites: readonly Site[],
  previous: SlotPlan | null,
  planner: Planner,
): void {
  assert.equal(plan.untilMs - plan.fromMs, 15_000);
  const named = [...plan.links.map(link => link.terminalId), ...plan.unserved.map(u => u.siteId)];
  assert.deepEqual(named.toSorted(), sites.map(s => s.id).toSorted());
  for (const link of plan.links) {
    const site = sites.find(s => s.id === link.terminalId)!;
    assert.ok(site.permitted);
    checkLink(link, site, planner);
    const before = previous?.links.find(l => l.terminalId === link.terminalId);
    if (before === undefined || before.satellite.catalogNumber === link.satellite.catalogNumber) {
      assert.equal(link.gap, null);
    }
    if (link.gap !== null) {
      assert.ok(link.gap.fromMs === plan.fromMs && link.gap.untilMs <= plan.fromMs + 700);
      assert.ok(link.gap.fromMs < link.gap.dropUntilMs && link.gap.dropUntilMs <= link.gap.untilMs);
    }
  }
}

function checkLink(link: LinkState, site: Site, planner: Planner): void {
  const { policy, ground, elements, serving } = planner;
  const { scheduler, routes } = policy;
  const satellites = link.nodes.filter(node => node.kind === "satellite");
  assert.deepEqual(
    link.nodes.map(node => node.kind),
    ["terminal", ...satellites.map(() => "satellite"), "gateway", "pop"],
  );
  assert.deepEqual(
    link.hops.map(hop => hop.kind),
    ["up", ...satellites.slice(1).map(() => "laser"), "down", "fibre"],
  );
  const sets = satellites.map(node => elements.find(set => String(set.catalogNumber) === node.id)!);
  assert.equal(link.satellite.catalogNumber, sets[0]!.catalogNumber);
  for (const set of sets) assert.equal(serving[elements.indexOf(set)], 1);
  const gateway = ground.gateways.find(g => g.id === link.gateway.id)!;
  const pop = ground.pops.find(p => p.code === link.pop.code)!;
  const fibreKm = routes.fibreStretch * greatCircleKm(gateway, pop);
  const altitudeKm = site.heightM / 1000;

  const delays = [0, 7500, 15_000].map(later => {
    const places = positions(sets, link.fromMs + later);
    const userElevation = elevationDeg(site, altitudeKm, places[0]!);
    const least = isLow(sets[0]!, scheduler.lowShellBelowKm)
      ? scheduler.lowShellMinElevationDeg
      : scheduler.minElevationDeg;
    assert.ok(userElevation >= least - DEG, `${link.terminalId}: ${userElevation}`);
    assert.ok(ringAngleDeg(site, altitudeKm, places[0]!) >= scheduler.userGsoSeparationDeg - DEG);
    const landing = places.at(-1)!;
    assert.ok(elevationDeg(gateway, 0, landing) >= gateway.minElevationDeg - DEG);
    if (later !== 7500) assert.ok(ringAngleDeg(gateway, 0, landing) >= routes.gatewayGsoSeparationDeg - DEG);
    const points = [onGround(site, altitudeKm), ...places, onGround(gateway, 0)];
    const lengths = points.slice(1).map((point, k) => norm(minus(point, points[k]!)));
    places.slice(1).forEach((place, k) => {
      assert.ok(lengths[k + 1]! <= routes.laserRangeKm);
      for (let s = 0; s <= 1; s += 0.01) {
        const [a, b] = [places[k]!, place];
        const between: Vector = [
          a[0] + s * (b[0] - a[0]),
          a[1] + s * (b[1] - a[1]),
          a[2] + s * (b[2] - a[2]),
        ];
        assert.ok(norm(between) >= 6371 + routes.laserClearanceKm - 0.02);
      }
    });
    if (later === 0) {
      assert.ok(Math.abs(userElevation - link.elevationDeg) < DEG);
      [...lengths, fibreKm].forEach((km, k) => {
        const hop = link.hops[k]!;
        assert.ok(Math.abs(hop.lengthKm - km) < 0.05, `${hop.kind}: ${hop.lengthKm} and ${km}`);
        const speed = hop.kind === "fibre" ? 1000 / routes.fibreUsPerKm : 299.792458;
        assert.ok(
          Math.abs(hop.delayMs - km / speed - (hop.kind === "laser" ? routes.laserHopMs : 0)) <
            MS + 1e-6 * km,
        );
      });
      satellites.forEach((node, k) => {
        assert.ok(norm(minus(onGround(node, node.altitudeKm), places[k]!)) < 0.02);
      });
    }
    const space = lengths.reduce((sum, km) => sum + km, 0) / 299.792458;
    return space + (places.length - 1) * routes.laserHopMs + (fibreKm * routes.fibreUsPerKm) / 1000;
  });
  delays.forEach((ms, k) => {
    assert.ok(Math.abs(link.oneWayMs[k]! - ms) < 0.001, `${link.oneWayMs[k]} and ${ms}`);
  });
  assert.ok(Math.abs(link.hops.reduce((sum, hop) => sum + hop.delayMs, 0) - link.oneWayMs[0]) < 1e-9);
  const unavoidable = 2 * link.oneWayMs[0] + link.fixedMs + 2 * link.access.frameMs;
  assert.ok(Math.abs(link.rttMs.floor - unavoidable) < 1e-9 && link.rttMs.median > link.rttMs.floor);
  assert.ok(link.downMbps > 0 && link.downMbps <= site.downMbps);
  assert.ok(link.upMbps > 0 && link.upMbps <= site.upMbps);
}

/** Kepler's third law over the mean motion. */
function isLow(set: Elements, belowKm: number): boolean {
  const radPerS = (set.meanMotionRevPerDay * 2 * Math.PI) / 86_400;
  return Math.cbrt(398_600.4418 / radPerS ** 2) - 6378.137 < belowKm;
}

function positions(sets: readonly Elements[], atMs: number): Vector[] {
  const { xKm, yKm, zKm } = createPropagator(sets).propagate(atMs);
  return Array.from(xKm, (x, i): Vector => [x, yKm[i]!, zKm[i]!]);
}
