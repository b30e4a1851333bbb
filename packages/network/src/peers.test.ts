// SPDX-License-Identifier: MIT
// What users of other simulators found wrong in them, or asked for in vain, as tests of this one. The threads are named
// at each; formulas are written out again, so that nothing here is checked against itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "@perigee/earth";
import {
  constellationElements,
  createEphemeris,
  createPropagator,
  type Elements,
  geodeticToEcef,
  lookAngles,
  parseConstellationCode,
  walkerShell,
} from "@perigee/orbit";
import { createPlanner } from "./plan.ts";
import { type City, cityRttMs, createCityNetwork, forwardingPath } from "./routing/city-network.ts";
import { gridLinks, gridShell } from "./routing/grid-shell.ts";
import { laserKm } from "./routing/laser-geometry.ts";
import { laserLayout } from "./routing/laser-layout.ts";
import { laserTopology } from "./routing/laser-topology.ts";
import { kShortestPaths } from "./routing/paths.ts";
import { SLOT_MS, slotAt, slotStartMs } from "./slot.ts";
import type { Site, SlotPlan } from "./slot-plan.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);
const LIGHT_KM_PER_MS = 299.792458;
const RULES = { laserRangeKm: 5400, laserClearanceKm: 80 };
const DEG = Math.PI / 180;

function shellOf(satellites: number, planes: number, phasing: number, inclinationDeg = 53): Elements[] {
  const made = walkerShell(
    { kind: "delta", inclinationDeg, altitudeKm: 550, satellites, planes, phasing },
    EPOCH,
  );
  assert.ok(made.ok);
  return made.value;
}

const cities = (...places: readonly (readonly [latDeg: number, lonDeg: number])[]): City[] =>
  places.map(([latDeg, lonDeg], k) => ({ name: String(k), latDeg, lonDeg }));

const elevationOf = (elements: readonly Elements[], atMs: number) => {
  const fleet = createPropagator(elements).propagate(atMs, createEphemeris(elements.length));
  return (city: City, i: number): { km: number; deg: number } => {
    const site = { latDeg: city.latDeg, lonDeg: city.lonDeg, altitudeKm: 0 };
    const from = geodeticToEcef(site);
    const at = { xKm: fleet.xKm[i]!, yKm: fleet.yKm[i]!, zKm: fleet.zKm[i]! };
    return {
      km: Math.sqrt((at.xKm - from.xKm) ** 2 + (at.yKm - from.yKm) ** 2 + (at.zKm - from.zKm) ** 2),
      deg: lookAngles(site, at).elevationDeg,
    };
  };
};

test("planes are phased: F turns the next plane by 360 F / T (StarPerf's placement, leosatellites #32)", () => {
  const argumentOf = ({ argumentOfPerigeeDeg, meanAnomalyDeg }: Elements): number =>
    argumentOfPerigeeDeg + meanAnomalyDeg;
  for (const phasing of [0, 1, 17, 71]) {
    const elements = shellOf(1584, 72, phasing);
    for (const plane of [0, 5, 70]) {
      const lead = argumentOf(elements[22 * (plane + 1)]!) - argumentOf(elements[22 * plane]!);
      // Mean and true anomaly differ by 2 e: a hundredth of a degree at e = 0.0001.
      const off = (((lead - (360 * phasing) / 1584) % 360) + 540) % 360;
      assert.ok(Math.abs(off - 180) < 0.05, `phasing ${phasing}, plane ${plane}: ${lead} degrees`);
    }
  }
  const [inStep, turned] = [0, 17].map(phasing => shellOf(1584, 72, phasing));
  assert.notEqual(argumentOf(inStep![22]!), argumentOf(turned![22]!));
});

test("T/P/F is not transposed: 72 planes of 22, also by its code (LEOPath PR #6)", () => {
  const code = parseConstellationCode("D:550:53:1584/72/17");
  assert.ok(code.ok);
  const made = constellationElements(code.value, EPOCH);
  assert.ok(made.ok);
  for (const elements of [shellOf(1584, 72, 17), made.value]) {
    const nodes = Map.groupBy(elements, ({ raanDeg }) => raanDeg.toFixed(3));
    assert.equal(nodes.size, 72);
    assert.ok([...nodes.values()].every(plane => plane.length === 22));
  }
});

test("lengths have three axes: z counts (LeoEM #2)", () => {
  const positions = {
    xKm: Float64Array.of(7000, 7000),
    yKm: Float64Array.of(0, 0),
    zKm: Float64Array.of(0, 900),
  };
  assert.equal(laserKm(positions, 0, 1, RULES), 900);
});

test("a laser is the chord, not the arc at altitude (StarPerf's delay matrix)", () => {
  const radiusKm = 6921;
  for (const apartDeg of [5, 16.36, 30]) {
    const positions = {
      xKm: Float64Array.of(radiusKm, radiusKm * Math.cos(apartDeg * DEG)),
      yKm: Float64Array.of(0, radiusKm * Math.sin(apartDeg * DEG)),
      zKm: Float64Array.of(0, 0),
    };
    const chordKm = 2 * radiusKm * Math.sin((apartDeg * DEG) / 2);
    assert.ok(Math.abs(laserKm(positions, 0, 1, RULES) - chordKm) < 1e-9);
    assert.ok(chordKm < radiusKm * apartDeg * DEG);
  }
});

test("up- and downlink count, and the least elevation is kept (StarPerf's +grid delay; Hypatia's flat Earth)", () => {
  const elements = shellOf(1584, 72, 17);
  const ends = cities([50.45, 30.52], [38.72, -9.14]);
  const net = createCityNetwork({
    shells: [{ elements, lasers: gridLinks(72, 22), reach: { kind: "elevation", minDeg: 25 } }],
    cities: ends,
  });
  for (let k = 0; k < 20; k++) {
    const atMs = EPOCH + 45_000 * k;
    const state = net.stateAt(atMs);
    const path = forwardingPath(state, 1584, 1);
    assert.ok(path.length >= 3);
    const look = elevationOf(elements, atMs);
    const [up, down] = [look(ends[0]!, path[1]!), look(ends[1]!, path.at(-2)!)];
    assert.ok(up.deg >= 25 && down.deg >= 25, `${up.deg} and ${down.deg} degrees`);
    const fleet = createPropagator(elements).propagate(atMs, createEphemeris(1584));
    let km = up.km + down.km;
    for (let s = 1; s + 2 < path.length; s++) {
      const [a, b] = [path[s]!, path[s + 1]!];
      km += Math.sqrt(
        (fleet.xKm[a]! - fleet.xKm[b]!) ** 2 +
          (fleet.yKm[a]! - fleet.yKm[b]!) ** 2 +
          (fleet.zKm[a]! - fleet.zKm[b]!) ** 2,
      );
    }
    assert.ok(Math.abs(cityRttMs(state, 0, 1) - (2 * km) / LIGHT_KM_PER_MS) < 1e-6);
  }
});

test("a laser out of range is down, and nothing is raised (Hypatia's ValueError)", () => {
  // Two planes of three: every link is far beyond range, or through the Earth.
  const net = createCityNetwork({
    shells: [
      { elements: shellOf(6, 2, 1), lasers: gridLinks(2, 3), reach: { kind: "elevation", minDeg: 25 } },
    ],
    cities: cities([50, 20], [-40, -70]),
  });
  for (let minute = 0; minute < 100; minute += 5) {
    const state = net.stateAt(EPOCH + 60_000 * minute);
    assert.equal(cityRttMs(state, 0, 1), Number.POSITIVE_INFINITY);
    assert.deepEqual(forwardingPath(state, 6, 1), []);
  }
});

test("one satellite, one plane, 2 x 2: small constellations work (StarryNet #10)", () => {
  for (const [satellites, planes] of [
    [1, 1],
    [4, 1],
    [4, 2],
    [2, 2],
  ] as const) {
    const planner = createPlanner({
      elements: shellOf(satellites, planes, 0),
      serviceOf: () => "broadband",
      seed: 1,
    });
    const plan = planner.plan(slotAt(EPOCH), [siteAt(50, 20)], null);
    assert.equal(plan.links.length + plan.unserved.length, 1);
  }
});

test("a star's seam is open, a delta's last plane meets its first (StarPerf PR #18; Hypatia's polar shells)", () => {
  const star = walkerShell(
    { kind: "star", inclinationDeg: 86.4, altitudeKm: 780, satellites: 66, planes: 6, phasing: 1 },
    EPOCH,
  );
  assert.ok(star.ok);
  const across = (elements: readonly Elements[], perPlane: number, planes: number): number => {
    const planner = createPlanner({ elements, serviceOf: () => "broadband", seed: 1, lasers: "plusGrid" });
    const { a, b } = laserLayout(planner.planes, planner.serving, "plusGrid");
    const plane = (i: number): number => Math.floor(i / perPlane);
    let links = 0;
    a.forEach((from, k) => {
      const ends = [plane(from), plane(b[k]!)].sort((p, q) => p - q);
      if (ends[0] === 0 && ends[1] === planes - 1) links++;
    });
    return links;
  };
  assert.equal(across(star.value, 11, 6), 0);
  assert.equal(across(shellOf(1584, 72, 17), 22, 72), 22, "every satellite of the last plane has a partner");
});

test("several shells are one network, lasers between them included (StarPerf and Celestial keep them apart)", () => {
  const low = shellOf(1584, 72, 17);
  const high = gridShell(
    { planes: 36, perPlane: 20, inclinationDeg: 70, meanMotionRevPerDay: 15, firstCatalogNumber: 950_001 },
    EPOCH,
  );
  const reach = { kind: "elevation", minDeg: 25 } as const;
  const ends = cities([50.45, 30.52], [69.65, 18.96]);
  const shells = [
    { elements: low, lasers: gridLinks(72, 22), reach },
    { elements: high, lasers: gridLinks(36, 20), reach },
  ];
  const apart = createCityNetwork({ shells, cities: ends });
  const fleet = createPropagator([...low, ...high]).propagate(EPOCH, createEphemeris(1584 + 720));
  const pairs: [number, number][] = [];
  for (let i = 0; i < 1584; i += 7) {
    for (let j = 1584; j < 1584 + 720; j++)
      if (laserKm(fleet, i, j, { ...RULES, laserRangeKm: 900 }) > 0) pairs.push([i, j]);
  }
  assert.ok(pairs.length > 50);
  const joined = createCityNetwork({ shells, cities: ends, interShell: pairs });
  // Tromso is beyond the low shell: without lasers between shells each path stays in the high one.
  const [one, both] = [apart, joined].map(net => cityRttMs(net.stateAt(EPOCH), 0, 1));
  assert.ok(both! <= one! + 1e-9);
  assert.ok(Number.isFinite(both!));
});

test("a layout is data: anybody's list of links routes (StarPerf #5, StarryNet #5)", () => {
  const elements = shellOf(1584, 72, 17);
  const ring = Array.from({ length: 22 }, (_, j) => [j, (j + 1) % 22] as const);
  const own = laserTopology(1584, ring, 4);
  assert.ok(own.ok);
  const planner = createPlanner({ elements, serviceOf: () => "broadband", seed: 1, lasers: own.value });
  assert.equal(planner.topology.a.length, 22);
});

test("more than one way: the k shortest, and fewer only where there are no more (sns3 #57)", () => {
  const net = createCityNetwork({
    shells: [
      {
        elements: shellOf(1584, 72, 17),
        lasers: gridLinks(72, 22),
        reach: { kind: "elevation", minDeg: 25 },
      },
    ],
    cities: cities([50.45, 30.52], [40.71, -74.01]),
  });
  const mayPass = new Uint8Array(1586).fill(1).fill(0, 1584);
  const paths = kShortestPaths(net.graphAt(EPOCH), 1584, 1585, 20, { mayPass });
  assert.equal(paths.length, 20);
  assert.ok(paths.every((path, k) => k === 0 || path.ms >= paths[k - 1]!.ms));
  assert.ok(Math.abs(2 * paths[0]!.ms - cityRttMs(net.stateAt(EPOCH), 0, 1)) < 1e-9);
});

test("all satellites in reach deliver what the nearest alone does not (LEOPath PR #3)", () => {
  // Two shells without lasers between them: the nearest satellites of two cities may be of different ones.
  const reach = { kind: "elevation", minDeg: 25 } as const;
  const high = gridShell(
    { planes: 36, perPlane: 20, inclinationDeg: 53, meanMotionRevPerDay: 15.2, firstCatalogNumber: 950_001 },
    EPOCH,
  );
  const shells = [
    { elements: shellOf(1584, 72, 17), lasers: gridLinks(72, 22), reach },
    { elements: high, lasers: gridLinks(36, 20), reach },
  ];
  const ends = cities([50, 20], [45, -75], [-30, 150], [35, 140], [40, -100], [48, 2]);
  const delivered = (attachment: "all" | "nearest"): number => {
    const state = createCityNetwork({ shells, cities: ends, attachment }).stateAt(EPOCH);
    const pairs = [...ends.keys()].flatMap(from => [...ends.keys()].map(to => [from, to] as const));
    return pairs.filter(([from, to]) => from !== to && Number.isFinite(cityRttMs(state, from, to))).length;
  };
  assert.equal(delivered("all"), 30);
  assert.ok(delivered("nearest") < 30);
});

test("handover is planned: at slot edges, with its interruption, and traffic goes on after it (StarryNet #16, sns3 #63)", () => {
  const planner = createPlanner({ elements: shellOf(1584, 72, 17), serviceOf: () => "broadband", seed: 1 });
  let previous: SlotPlan | null = null;
  let changes = 0;
  let gaps = 0;
  for (let k = 0; k < 20; k++) {
    const slot = slotAt(EPOCH) + k;
    // A mobile terminal: 900 km/h eastwards, another cell every slot.
    const plan: SlotPlan = planner.plan(slot, [siteAt(50, 20 + 0.0525 * k)], previous);
    const [link] = plan.links;
    const before = previous?.links[0];
    previous = plan;
    assert.ok(link !== undefined, `slot ${k}: ${plan.unserved[0]?.reason}`);
    assert.equal(link.fromMs, slotStartMs(slot));
    if (before === undefined) continue;
    const changed = before.satellite.index !== link.satellite.index;
    if (changed) changes++;
    if (link.gap !== null) {
      gaps++;
      assert.ok(changed, "only a change interrupts");
      assert.ok(link.gap.fromMs === link.fromMs && link.gap.untilMs < link.fromMs + SLOT_MS);
    }
  }
  assert.ok(changes > 5 && gaps > 0);
});

function siteAt(latDeg: number, lonDeg: number): Site {
  return {
    id: "terminal",
    latDeg,
    lonDeg,
    heightM: 0,
    cell: cellAt(latDeg, lonDeg),
    downMbps: 100,
    upMbps: 10,
    permitted: true,
  };
}
