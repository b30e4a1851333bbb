// SPDX-License-Identifier: MIT
// The checker's oracle: plans that are broken on purpose, each in one way, and a search of its own for shortest ways.
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements } from "@perigee/orbit";
import { CELL_REASONS, type CellPlan, NO_ROUTE, SHARE_PARTS } from "../beams/cell-plan.ts";
import { builtInGround } from "../ground-segment.ts";
import { createPlanner } from "../plan.ts";
import { defaultPolicy, type Policy } from "../policy.ts";
import { slotAt } from "../slot.ts";
import { checkCellPlan } from "./check-cell-plan.ts";
import { laserLinks } from "./check-ground.ts";
import { checkReplan } from "./check-replan.ts";
import { checkRoom } from "./check-room.ts";
import { elevationDeg } from "./own-sky.ts";
import { type CheckedNetwork, type CheckedSlot, planCase } from "./plan-case.ts";
import type { ViolationKind } from "./plan-findings.ts";
import { cellsOfRegions, checkedNetwork, checkedSlot, nearestPops, randomDemand } from "./region-plans.ts";

const AT_MS = Date.UTC(2026, 4, 31, 3);
const slot = slotAt(AT_MS);
const { elements: all, shellOf } = builtInElements(AT_MS);

/** One shell alone: high latitudes and some of the tropics are left without, for either reason. */
const elements = all.filter((_, i) => shellOf[i] === 0);
const cells = cellsOfRegions([
  { south: 46, north: 48, west: 2, east: 5 },
  { south: 62, north: 63, west: 20, east: 22 },
  { south: 60, north: 60.4, west: 20, east: 21 },
  { south: -34, north: -18, west: 14, east: 32, stepDeg: 2 },
]);
/** Two colours and short sharing: some cells find every beam taken. */
const policy: Policy = {
  ...defaultPolicy,
  scheduler: {
    ...defaultPolicy.scheduler,
    beams: { ...defaultPolicy.scheduler.beams, colours: 2, cellsPerBeam: 3, coFrequencyBeamsPerCell: 1 },
  },
};
const ground = builtInGround();
const planner = createPlanner({
  elements,
  ground: { ...ground, pops: ground.pops.slice(14, 22) },
  policy,
  seed: 7,
});
const network = checkedNetwork(planner, cells);
const permitted = Uint8Array.from({ length: cells.count }, (_, c) => (c % 29 === 0 ? 0 : 1));
const popOfCell = nearestPops(cells, planner).map((pop, c) => (c % 31 === 0 ? -1 : pop));
const request = { slot, cells, permitted, popOfCell, demand: randomDemand(cells, 3) };
const planned = planner.planCells(request);
const good = checkedSlot(request, planned);
const { plan } = good;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A copy whose arrays may be written to. */
function broken(change: (copy: Mutable<CellPlan>) => void): CheckedSlot {
  const copy = structuredClone(plan) as Mutable<CellPlan>;
  change(copy);
  return { ...good, plan: copy };
}

function caught(kind: ViolationKind, slot: CheckedSlot, over: CheckedNetwork = network, why = ""): void {
  const { counts } = checkCellPlan(over, slot);
  assert.ok((counts.get(kind) ?? 0) > 0, `${kind} ${why}: ${JSON.stringify([...counts])}`);
}

const withScheduler = (change: Partial<Policy["scheduler"]>): CheckedNetwork => ({
  ...network,
  policy: { ...policy, scheduler: { ...policy.scheduler, ...change } },
  cellPolicy: { ...planner.cellPolicy, ...change },
});
const withBeams = (change: Partial<Policy["scheduler"]["beams"]>): CheckedNetwork =>
  withScheduler({ beams: { ...policy.scheduler.beams, ...change } });

const served = plan.beam.findIndex((b, c) => b >= 0 && !plan.extra.cell.includes(c));
const served2 = plan.beam.findLastIndex(b => b >= 0);
const withReason = (reason: (typeof CELL_REASONS)[number]) =>
  plan.reason.indexOf(CELL_REASONS.indexOf(reason));
const figures = checkCellPlan(network, good).figures;

test("the plan of a region passes, and has everything in it that the rest of this file breaks", () => {
  const { counts, violations } = checkCellPlan(network, { ...good, sample: 10_000 });
  assert.deepEqual([...counts], [], JSON.stringify(violations.slice(0, 5)));
  for (const reason of CELL_REASONS) assert.ok(withReason(reason) >= 0, `no cell has the reason ${reason}`);
  assert.ok(plan.extra.cell.length > 0 && plan.beams.satellite.length > 10);
  assert.ok(figures["sameColourPairs"]! > 100 && figures["contacts"]! > 100 && figures["laserLinks"]! > 1000);
});

test("columns of another size, and times that are no slot", () => {
  caught(
    "shape",
    broken(p => (p.share = p.share.slice(1))),
  );
  caught(
    "shape",
    broken(p => (p.extra = { ...p.extra, share: p.extra.share.slice(1) })),
  );
  caught(
    "shape",
    broken(p => (p.beams = { ...p.beams, colour: p.beams.colour.slice(1) })),
  );
  caught(
    "shape",
    broken(p => (p.untilMs += 1)),
  );
  caught(
    "shape",
    broken(p => (p.slot += 1)),
  );
  caught(
    "shape",
    broken(p => (p.contacts = { ...p.contacts, upMbps: p.contacts.upMbps.slice(1) })),
  );
});

test("indices that name nothing", () => {
  caught(
    "index",
    broken(p => (p.beam[served] = p.beams.satellite.length)),
  );
  caught(
    "index",
    broken(p => (p.pop[served] = 999)),
  );
  caught(
    "index",
    broken(p => (p.reason[served] = 17)),
  );
  caught(
    "index",
    broken(p => (p.extra.cell[0] = cells.count)),
  );
  caught(
    "index",
    broken(p => (p.beams.satellite[0] = elements.length)),
  );
  caught(
    "index",
    broken(p => (p.contacts.gateway[0] = 999)),
  );
});

test("rows out of order", () => {
  caught(
    "order",
    broken(p => p.beams.satellite.reverse()),
  );
  caught(
    "order",
    broken(p => p.contacts.satellite.reverse()),
  );
  const double = broken(p => {
    p.extra = {
      cell: Int32Array.of(p.extra.cell[0]!, ...p.extra.cell),
      beam: Int32Array.of(p.extra.beam[0]!, ...p.extra.beam),
      share: Uint8Array.of(1, ...p.extra.share),
    };
  });
  caught("order", double);
  caught("beamsPerCell", double);
});

test("a cell that may not be served, a satellite that does not serve or is out of order", () => {
  const refused = permitted.slice();
  refused[served] = 0;
  caught("permission", { ...good, permitted: refused });
  const satellite = plan.beams.satellite[plan.beam[served]!]!;
  const serving = network.serving.slice();
  serving[satellite] = 0;
  caught("satellite", good, { ...network, serving });
  caught("satellite", { ...good, outage: { satellites: [satellite] } });
});

test("a satellite behind the horizon, a degree of elevation, a hundredth of one", () => {
  const far = plan.beams.satellite[plan.beam[served2]!]!;
  caught(
    "elevation",
    broken(p => p.beams.satellite.fill(far)),
  );
  const tight = planner.cellPolicy.minElevationDeg + figures["elevationMarginDeg"]! + 0.01;
  caught("elevation", good, withScheduler({ minElevationDeg: tight, lowShellMinElevationDeg: tight }));
});

test("steering, the geostationary arc and the separation of colours, each a hundredth of a degree too tight", () => {
  caught(
    "steering",
    good,
    withBeams({ maxSteerDeg: policy.scheduler.beams.maxSteerDeg - figures["steerMarginDeg"]! - 0.01 }),
  );
  // Asked for more than the plan has, the checker tells by how much it falls short.
  const promised = planner.cellPolicy.userGsoSeparationDeg;
  const more = withScheduler({ userGsoSeparationDeg: promised + 1 });
  const nearest = promised + 1 + checkCellPlan(more, good).figures["arcMarginDeg"]!;
  assert.ok(nearest >= promised && nearest < promised + 1);
  const atArc = (deg: number) => withScheduler({ userGsoSeparationDeg: deg });
  caught("geostationaryArc", good, atArc(nearest + 0.01));
  assert.equal(checkCellPlan(atArc(nearest - 0.01), good).counts.get("geostationaryArc"), undefined);
  const separation = figures["leastColourSeparationDeg"]! + 0.01;
  caught("colourSeparation", good, withBeams({ sameColourSeparationDeg: separation }));
});

test("corners, a hundredth of a degree too low for a terminal, or near to the arc", () => {
  const atCorners = (change: Partial<Policy["scheduler"]>) => ({
    ...network,
    policy: { ...policy, scheduler: { ...policy.scheduler, ...change } },
  });
  const tight = 25 + figures["cornerElevationMarginDeg"]! + 0.01;
  caught("corner", good, atCorners({ minElevationDeg: tight, lowShellMinElevationDeg: tight }));
  caught("corner", good, atCorners({ userGsoSeparationDeg: 40 }));
});

test("a satellite that is high enough for a cell's centre and not for its edge is none", () => {
  const at = planCase(network, good);
  const cell = withReason("noSatellite");
  const elevations = elements.map((_, i) =>
    Math.min(...[at.sky[0], at.sky[4]].map(instant => elevationDeg(at.place, cell, instant, i))),
  );
  const highest = elevations.filter(Number.isFinite).reduce((most, deg) => Math.max(most, deg), -90);
  const least = highest - 0.2;
  const scheduler = { ...policy.scheduler, minElevationDeg: least, lowShellMinElevationDeg: least };
  const own = createPlanner({
    elements,
    ground: planner.ground,
    policy: { ...policy, scheduler },
    seed: 7,
  });
  const answer = checkedSlot(request, own.planCells(request));
  assert.equal(CELL_REASONS[answer.plan.reason[cell]!], "noSatellite");
  const { violations } = checkCellPlan(checkedNetwork(own, cells), { ...answer, sample: 10_000 });
  assert.deepEqual(violations, []);
});

test("a cell that is not where its name is", () => {
  const id = cells.id.slice();
  const looked = plan.beam.findIndex(b => b >= 0);
  id[looked] =
    cells.id[
      cells.latDeg.indexOf(cells.latDeg[looked]! > 0 ? Math.min(...cells.latDeg) : Math.max(...cells.latDeg))
    ]!;
  caught("corner", good, { ...network, cells: { ...cells, id } });
});

test("beams of a satellite, cells of a beam, parts of its time", () => {
  caught("beamCount", good, withScheduler({ beamsPerSatellite: 3 }));
  caught("cellsPerBeam", good, withBeams({ cellsPerBeam: 2 }));
  caught(
    "cellsPerBeam",
    broken(p => {
      p.beams = {
        satellite: Int32Array.of(...p.beams.satellite, p.beams.satellite.at(-1)!),
        colour: Uint8Array.of(...p.beams.colour, 0),
      };
    }),
    network,
    "no cells",
  );
  caught(
    "share",
    broken(p => (p.share[served] = 0)),
  );
  caught(
    "share",
    broken(p => (p.share[served] = SHARE_PARTS + 1)),
  );
  caught(
    "share",
    broken(p => (p.share[withReason("noBeam")] = 1)),
  );
  const used = new Map<number, number>();
  const add = (b: number, share: number) => used.set(b, (used.get(b) ?? 0) + share);
  for (let c = 0; c < cells.count; c++) add(plan.beam[c]!, plan.share[c]!);
  for (let e = 0; e < plan.extra.beam.length; e++) add(plan.extra.beam[e]!, plan.extra.share[e]!);
  const full = plan.beam.findIndex(
    (b, c) => b >= 0 && used.get(b) === SHARE_PARTS && plan.share[c]! < SHARE_PARTS,
  );
  caught(
    "share",
    broken(p => (p.share[full]! += 1)),
    network,
    "one part too many",
  );
});

test("colours that do not exist, are too near, or meet on a cell", () => {
  caught(
    "colour",
    broken(p => (p.beams.colour[0] = 2)),
  );
  caught(
    "colourSeparation",
    broken(p => p.beams.colour.fill(0)),
  );
  const [cell, second] = [plan.extra.cell[0]!, plan.extra.beam[0]!];
  caught(
    "coFrequency",
    broken(p => (p.beams.colour[second] = p.beams.colour[p.beam[cell]!]!)),
  );
  caught("beamsPerCell", good, withBeams({ beamsPerCell: 1 }));
  caught(
    "beamsPerCell",
    broken(p => (p.beam[cell] = second)),
    network,
    "one beam twice",
  );
});

test("reasons that are not the first true one", () => {
  for (const is of CELL_REASONS) {
    for (const told of CELL_REASONS) {
      if (is === told) continue;
      const lie = broken(p => (p.reason[withReason(is)] = CELL_REASONS.indexOf(told)));
      caught("reason", { ...lie, sample: 10_000 }, network, `${told} instead of ${is}`);
    }
  }
  caught(
    "reason",
    broken(p => (p.beam[plan.extra.cell[0]!] = -1)),
    network,
    "an extra beam alone",
  );
});

test("a cell that is told all beams are taken, though it has just lost one", () => {
  const lost = broken(p => {
    p.beam[served] = -1;
    p.share[served] = 0;
    p.reason[served] = CELL_REASONS.indexOf("noBeam");
  });
  // Only this cell is asked: others may find room in what it left.
  const only = new Uint8Array(cells.count);
  only[served] = 1;
  assert.equal(checkRoom(network, { ...lost, permitted: only }).counts.get("room"), 1);
  assert.equal(checkRoom(network, { ...good, permitted: only }).total, 0);
});

test("a cell whose satellite does not reach its PoP", () => {
  const satellite = plan.beams.satellite[plan.beam[served]!]!;
  caught(
    "route",
    broken(p => p.trees.find(t => t.pop === p.pop[served])!.delayMs.fill(Infinity, satellite, satellite + 1)),
  );
  caught(
    "route",
    broken(p => (p.pop[served] = -1)),
  );
  caught(
    "route",
    broken(p => (p.trees = p.trees.filter(tree => tree.pop !== p.pop[served]))),
  );
});

test("contacts that no antenna could hold", () => {
  caught(
    "contactElevation",
    broken(p => p.contacts.gateway.fill(p.contacts.gateway[0]!)),
  );
  caught(
    "contactRange",
    broken(p => (p.contacts.rangeKm[5]! += 0.1)),
  );
  caught(
    "contactRate",
    broken(p => (p.contacts.upMbps[5]! *= 3)),
  );
  caught(
    "contactRate",
    broken(p => (p.contacts.downMbps[5] = 0)),
  );
  const routes = { ...policy.routes, gatewayGsoSeparationDeg: 18 + figures["contactArcMarginDeg"]! + 1.3 };
  caught("contactArc", good, { ...network, policy: { ...policy, routes } });
  const gateways = network.ground.gateways.map(site => ({
    ...site,
    minElevationDeg: site.minElevationDeg + figures["contactElevationMarginDeg"]! + 0.01,
  }));
  caught("contactElevation", good, { ...network, ground: { ...network.ground, gateways } }, "a hundredth");
  caught("contactOutage", { ...good, outage: { gateways: [plan.contacts.gateway[0]!] } });
  caught("contactOutage", { ...good, outage: { satellites: [plan.contacts.satellite[0]!] } });
});

test("antennas and ports that are used twice", () => {
  const sites = network.ground.gateways.map(site => ({
    ...site,
    antennas: 1,
    dishes: site.dishes.map(dish => ({ ...dish, count: 1 })),
  }));
  caught("antennas", good, { ...network, ground: { ...network.ground, gateways: sites } });
  caught(
    "ports",
    broken(p => p.contacts.satellite.fill(p.contacts.satellite[0]!)),
  );
});

test("ways that are not there, lead in circles, or are told wrong", () => {
  const number = plan.trees.findIndex(({ next }) => next.some(hop => hop >= 0 && next[hop]! >= 0));
  const tree = plan.trees[number]!;
  const relayed = tree.next.findIndex(hop => hop >= 0 && tree.next[hop]! >= 0);
  const landing = tree.next.findIndex(hop => hop < 0 && hop !== NO_ROUTE);
  const stranger = (relayed + 700) % elements.length;
  const inTree = (change: (t: { delayMs: Float64Array; next: Int32Array }) => void) =>
    broken(p => change(p.trees[number]!));
  caught(
    "treeHop",
    inTree(({ next }) => (next[relayed] = stranger)),
  );
  caught(
    "treeHop",
    inTree(({ next }) => (next[landing] = -1 - ((-next[landing]! + 90) % 200))),
  );
  caught(
    "treeLoop",
    inTree(({ next }) => (next[next[relayed]!] = relayed)),
  );
  caught(
    "treeDelay",
    inTree(({ delayMs }) => (delayMs[relayed]! += 0.001)),
  );
  caught(
    "treeDelay",
    inTree(({ delayMs }) => (delayMs[landing]! -= 0.001)),
    network,
    "a landing",
  );
  caught(
    "treeShape",
    inTree(({ delayMs }) => (delayMs[relayed] = Infinity)),
  );
  caught(
    "treeShape",
    broken(p => (p.trees = [p.trees[0]!, ...p.trees])),
  );
  caught(
    "treeHop",
    { ...good, outage: { lasers: [[relayed, tree.next[relayed]!]] } },
    network,
    "a laser out",
  );
  caught("treeHop", { ...good, outage: { pops: [tree.pop] } }, network, "a PoP out");
  const { topology } = network;
  caught("treeHop", { ...good, acquired: new Uint8Array(topology.a.length) }, network, "not acquired");
});

test("ways that are longer than need be", () => {
  const relayed = plan.trees.find(tree => tree.next.some(hop => hop >= 0))!;
  const from = relayed.next.findIndex(hop => hop >= 0);
  const longer = planner.planCells({ ...request, outage: { lasers: [[from, relayed.next[from]!]] } });
  caught("treeLonger", { ...good, plan: longer.plan });
  const gone = broken(p => {
    const satellite = p.beams.satellite[p.beam[served]!]!;
    const own = p.trees.find(({ pop }) => pop === p.pop[served])!;
    own.delayMs[satellite] = Infinity;
    own.next[satellite] = NO_ROUTE;
  });
  caught("treeLonger", gone, network, "no way at all");
});

test("trees that pass are those of a search by relaxation, all links at a time", () => {
  const at = planCase(network, good);
  const links = [...laserLinks(at).values()];
  for (const tree of plan.trees) {
    const delay = new Float64Array(elements.length).fill(Number.POSITIVE_INFINITY);
    tree.next.forEach((hop, i) => {
      if (hop < 0 && hop !== NO_ROUTE) delay[i] = tree.delayMs[i]!;
    });
    for (let changed = true; changed; ) {
      changed = false;
      for (const { a, b, ms } of links) {
        for (const [from, to] of [
          [a, b],
          [b, a],
        ] as const) {
          if (delay[from]! + ms >= delay[to]! - 1e-9) continue;
          delay[to] = delay[from]! + ms;
          changed = true;
        }
      }
    }
    delay.forEach((ms, i) => {
      // Ways are found from satellites in view only; for them the checker asks.
      if (tree.next[i] === NO_ROUTE) return;
      assert.ok(
        ms === tree.delayMs[i] || Math.abs(ms - tree.delayMs[i]!) < 0.01,
        `satellite ${i}: ${ms} and ${tree.delayMs[i]}`,
      );
    });
  }
});

test("more laser links than a satellite has terminals", () => {
  const a = Int32Array.of(...network.topology.a, 0, 0, 0);
  const b = Int32Array.of(...network.topology.b, 401, 402, 403);
  caught(
    "laserTerminals",
    { ...good, acquired: new Uint8Array(a.length).fill(1) },
    { ...network, topology: { a, b } },
  );
});

test("a re-plan that moves what a failure left alone", () => {
  const none: number[] = [];
  assert.equal(checkReplan(plan, plan, none, permitted).total, 0);
  const other = (change: (copy: Mutable<CellPlan>) => void) =>
    checkReplan(plan, broken(change).plan, none, permitted).total;
  assert.ok(other(p => (p.share[served]! -= 1)) > 0);
  assert.ok(other(p => (p.beams.colour[p.beam[served]!]! ^= 1)) > 0);
  assert.ok(other(p => (p.beam[served] = p.beam[served2]!)) > 0);
  assert.ok(other(p => (p.beam[withReason("noBeam")] = 0)) > 0);
  assert.ok(other(p => (p.beam[served] = -1)) > 0);
});
