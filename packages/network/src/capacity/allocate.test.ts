// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { allocate } from "./allocate.ts";
import { BOTTLENECKS } from "./allocation.ts";
import { certify } from "./certify.ts";
import { queueMs } from "./queueing.ts";
import { satelliteRates } from "./rates.ts";
import { flatNetwork } from "./testing/flat-network.ts";
import { lexicographicMaxMin, loadSolver, throughputBound } from "./testing/linear-programs.ts";
import { progressiveFilling } from "./testing/progressive-filling.ts";
import { networkSizes, type SmallNetwork, smallNetwork } from "./testing/random-network.ts";

const run = ({ plan, demand, rates }: SmallNetwork) => allocate(plan, demand, rates);

function assertRates(
  network: SmallNetwork,
  twin: ReturnType<typeof progressiveFilling>,
  tolerance: number,
): void {
  const allocation = run(network);
  for (const [{ flow, rank, direction }, mbps] of twin) {
    const got = allocation.classes[rank]![direction === "up" ? "upMbps" : "downMbps"][flow]!;
    assert.ok(
      Math.abs(got - mbps) <= tolerance * Math.max(1, mbps),
      `class ${rank} flow ${flow} ${direction}: ${got}, twin ${mbps}`,
    );
  }
}

test("any network: the certificate holds", () => {
  fc.assert(
    fc.property(networkSizes({ cells: 40, classes: 3 }), size => {
      const network = smallNetwork(size);
      const certificate = certify(run(network), network.plan, network.demand, network.rates);
      assert.deepEqual(certificate.violations, []);
      assert.equal(certificate.met + certificate.bottlenecked + certificate.unserved, certificate.flows);
    }),
    { numRuns: 500 },
  );
});

test("any network: the rates of the plain twin", () => {
  fc.assert(
    fc.property(networkSizes({ cells: 20, classes: 3 }), size => {
      const network = smallNetwork(size);
      assertRates(network, progressiveFilling(flatNetwork(network)), 1e-5);
    }),
    { numRuns: 300 },
  );
});

test("small networks: the rates that a linear solver finds from the definition, and no more in all than it allows", async () => {
  const solver = await loadSolver();
  fc.assert(
    fc.property(networkSizes({ cells: 6, classes: 2 }), size => {
      const network = smallNetwork(size);
      const flat = flatNetwork(network);
      assertRates(network, lexicographicMaxMin(solver, flat), 2e-5);
      const { totals } = run(network);
      const bound = throughputBound(solver, flat);
      assert.ok(totals.up.carriedMbps + totals.down.carriedMbps <= bound * (1 + 1e-6) + 1e-6);
    }),
    { numRuns: 40 },
  );
});

/**
 * Two satellites in a row: cells 0 and 1 under satellite 0, cells 2 and 3 under satellite 1, where both land. Every beam
 * is free of limits unless said otherwise.
 */
function chain(change: {
  readonly down: readonly number[];
  readonly weight?: readonly number[];
  readonly contactMbps?: number;
  readonly laserMbps?: number;
  readonly satelliteMbps?: number;
  readonly channelMbps?: readonly number[];
}): SmallNetwork {
  const cells = change.down.length;
  const all = (mbps: number): Float32Array => new Float32Array(cells).fill(mbps);
  const two = (mbps: number): Float32Array => new Float32Array(2).fill(mbps);
  const beam = Int32Array.from({ length: cells }, (_, cell) => cell);
  return {
    plan: {
      slot: 7,
      beam,
      share: new Uint8Array(cells).fill(64),
      extra: { cell: new Int32Array(), beam: new Int32Array(), share: new Uint8Array() },
      beams: { satellite: beam.map(cell => (cell < 2 ? 0 : 1)), colour: new Uint8Array(cells) },
      pop: new Int16Array(cells),
      contacts: {
        satellite: Int32Array.of(1),
        gateway: Int32Array.of(0),
        downMbps: Float32Array.of(100),
        upMbps: Float32Array.of(change.contactMbps ?? 1000),
        rangeKm: Float32Array.of(600),
      },
      trees: [{ pop: 0, delayMs: Float64Array.of(4, 2), next: Int32Array.of(1, -1) }],
    },
    demand: {
      version: "chain",
      classes: [
        {
          name: "all",
          downMbps: Float32Array.from(change.down),
          upMbps: all(0),
          weight: Float32Array.from(change.weight ?? all(1)),
        },
      ],
    },
    rates: {
      channels: {
        downMbps: Float32Array.from(change.channelMbps ?? all(1000)),
        upMbps: all(100),
        extra: { downMbps: new Float32Array(), upMbps: new Float32Array() },
      },
      satellites: {
        downMbps: two(change.satelliteMbps ?? 1000),
        upMbps: two(100),
        laserMbps: two(change.laserMbps ?? 1000),
      },
    },
  };
}

const downOf = (network: SmallNetwork): number[] => [...run(network).downMbps];
const whyOf = (network: SmallNetwork): string[] =>
  Array.from(run(network).downBottleneck, code => BOTTLENECKS[code]!);

test("by hand: each kind of bottleneck", () => {
  // Enough of everything.
  assert.deepEqual(downOf(chain({ down: [10, 20, 30, 40] })), [10, 20, 30, 40]);
  // 60 over the contact: 10 is met, the others share what is left.
  const contact = chain({ down: [10, 50, 50, 50], contactMbps: 100 });
  assert.deepEqual(downOf(contact), [10, 30, 30, 30]);
  assert.deepEqual(whyOf(contact), ["demand", "contact", "contact", "contact"]);
  // The laser holds satellite 0's cells to 20 in all; what they leave goes to the others.
  const laser = chain({ down: [50, 50, 50, 50], contactMbps: 100, laserMbps: 20 });
  assert.deepEqual(downOf(laser), [10, 10, 40, 40]);
  assert.deepEqual(whyOf(laser), ["laser", "laser", "contact", "contact"]);
  // By weight: 1 to 3 of 40.
  const satellite = chain({ down: [50, 50, 5, 5], satelliteMbps: 40, weight: [1, 3, 1, 1] });
  assert.deepEqual(downOf(satellite), [10, 30, 5, 5]);
  assert.deepEqual(whyOf(satellite), ["satellite", "satellite", "demand", "demand"]);
  const beam = chain({ down: [50, 50, 50, 50], channelMbps: [8, 1000, 0, 1000] });
  assert.deepEqual(downOf(beam), [8, 50, 0, 50]);
  assert.deepEqual(whyOf(beam), ["beam", "demand", "beam", "demand"]);
});

test("by hand: a more urgent class goes first, and up before down on a laser that both use", () => {
  const network = chain({ down: [50, 0, 0, 0], contactMbps: 60 });
  const [ordinary] = network.demand.classes;
  const urgent = { ...ordinary!, name: "urgent", downMbps: Float32Array.of(0, 0, 45, 0) };
  const demand = { version: "two", classes: [urgent, ordinary!] };
  const { classes, contacts, totals } = allocate(network.plan, demand, network.rates);
  assert.deepEqual(
    classes.map(({ downMbps }) => [...downMbps]),
    [
      [0, 0, 45, 0],
      [15, 0, 0, 0],
    ],
  );
  assert.equal(contacts.down.utilisation[0], 1);
  assert.equal(contacts.down.offeredMbps[0], 95);
  assert.deepEqual(totals.down, { demandMbps: 95, carriedMbps: 60, satisfiedShare: 60 / 95 });

  // PoP 1 lies behind satellite 0: its cells' up runs from 1 to 0, as does PoP 0's down.
  const both = chain({ down: [50, 0, 0, 0], laserMbps: 40 });
  const plan = {
    ...both.plan,
    pop: Int16Array.of(0, 0, 1, 1),
    contacts: {
      satellite: Int32Array.of(0, 1),
      gateway: Int32Array.of(0, 0),
      downMbps: Float32Array.of(100, 100),
      upMbps: Float32Array.of(100, 100),
      rangeKm: Float32Array.of(600, 600),
    },
    trees: [...both.plan.trees, { pop: 1, delayMs: Float64Array.of(2, 4), next: Int32Array.of(-1, 0) }],
  };
  const [only] = both.demand.classes;
  const mixed = { version: "mixed", classes: [{ ...only!, upMbps: Float32Array.of(0, 0, 25, 0) }] };
  const shared = allocate(plan, mixed, both.rates);
  assert.equal(shared.upMbps[2], 25);
  assert.equal(shared.downMbps[0], 15);
  assert.deepEqual([...shared.lasers.bToA.carriedMbps], [40]);
  assert.deepEqual([...shared.lasers.aToB.carriedMbps], [0]);
});

test("by hand: what the load adds to delay, over every link of the way", () => {
  const network = chain({ down: [400, 0, 100, 0], channelMbps: [800, 800, 800, 800] });
  const { downQueueMs, upQueueMs, accessUtilisation, satellites, contacts, lasers } = run(network);
  // 400 of 1,000 at satellite 0 and on the laser, 500 of 1,000 on the contact; 100 of 1,000 at satellite 1.
  const near = (got: number, ms: number): void =>
    assert.ok(Math.abs(got - ms) < 1e-6 * ms, `${got}, by hand ${ms}`);
  near(downQueueMs[0]!, 2 * queueMs(0.4, 1000) + queueMs(0.5, 1000));
  near(downQueueMs[2]!, queueMs(0.1, 1000) + queueMs(0.5, 1000));
  assert.equal(upQueueMs[0], 0);
  assert.deepEqual([...accessUtilisation], [0.5, 0, 0.125, 0]);
  near(satellites.down.queueMs[0]!, queueMs(0.4, 1000));
  near(lasers.bToA.utilisation[0]!, 0.4);
  near(contacts.down.utilisation[0]!, 0.5);
});

test("a cell with two beams divides its demand by what they carry", () => {
  const network = chain({ down: [90, 0, 0, 0], channelMbps: [20, 20, 20, 20] });
  const plan = {
    ...network.plan,
    extra: { cell: Int32Array.of(0), beam: Int32Array.of(3), share: Uint8Array.of(32) },
  };
  const channels = {
    ...network.rates.channels,
    extra: { downMbps: Float32Array.of(80), upMbps: Float32Array.of(9) },
  };
  const { downMbps, classes, beams } = allocate(plan, network.demand, { ...network.rates, channels });
  // 20 and 40: a third and two thirds of 90, of which the beams carry all they can.
  assert.deepEqual([...classes[0]!.downMbps], [20, 0, 0, 0, 40]);
  assert.equal(downMbps[0], 60);
  assert.deepEqual([...beams.down], [1, 0, 0, 0.5]);
});

test("the beams of a published case carry what its rules say: 136 cells of eight channels of 1,280 Mbit/s", () => {
  // CosmoSim's Haiti (IMC 2025): 100 Mbit/s a terminal, 10,000 and 200,000 of them; offered 1,000 and 1,392.64 Gbit/s.
  const offered = (terminals: number): number => {
    const cells = 136;
    const all = (mbps: number, length = cells): Float32Array => new Float32Array(length).fill(mbps);
    const satellites = 44;
    const beamOf = (k: number): number => k;
    const extras = cells * 7;
    const plan = {
      slot: 0,
      beam: Int32Array.from({ length: cells }, (_, cell) => beamOf(cell)),
      share: new Uint8Array(cells).fill(64),
      extra: {
        cell: Int32Array.from({ length: extras }, (_, k) => Math.floor(k / 7)),
        beam: Int32Array.from({ length: extras }, (_, k) => beamOf(cells + k)),
        share: new Uint8Array(extras).fill(64),
      },
      beams: {
        satellite: Int32Array.from({ length: cells * 8 }, (_, b) =>
          Math.floor((b * satellites) / (cells * 8)),
        ),
        colour: new Uint8Array(cells * 8),
      },
      pop: new Int16Array(cells),
      contacts: {
        satellite: Int32Array.from({ length: satellites }, (_, s) => s),
        gateway: new Int32Array(satellites),
        downMbps: all(1e6, satellites),
        upMbps: all(1e6, satellites),
        rangeKm: all(600, satellites),
      },
      trees: [
        { pop: 0, delayMs: new Float64Array(satellites).fill(2), next: new Int32Array(satellites).fill(-1) },
      ],
    };
    const perCell = (terminals * 100) / cells;
    const demand = {
      version: "haiti",
      classes: [{ name: "all", downMbps: all(perCell), upMbps: all(0), weight: all(1) }],
    };
    const channels = {
      downMbps: all(1280),
      upMbps: all(0),
      extra: { downMbps: all(1280, extras), upMbps: all(0, extras) },
    };
    const big = all(1e6, satellites);
    const rates = { channels, satellites: { downMbps: big, upMbps: big, laserMbps: big } };
    return allocate(plan, demand, rates).totals.down.carriedMbps / 1000;
  };
  assert.ok(Math.abs(offered(10_000) - 1000) < 1e-3);
  assert.ok(Math.abs(offered(200_000) - 1392.64) < 1e-3);
});

test("the same inputs give the same bytes, and inputs stay as they are", () => {
  const network = smallNetwork({
    seed: 5,
    satellites: 6,
    gateways: 3,
    pops: 3,
    cells: 40,
    extras: 4,
    classes: 3,
    fibre: true,
  });
  const before = structuredClone(network);
  const first = run(network);
  assert.deepEqual(run(network), first);
  assert.deepEqual(network, before);
});

test("more of any one resource never makes the worst-off cell of a single class worse", () => {
  fc.assert(
    fc.property(networkSizes({ cells: 12, classes: 1 }), size => {
      const network = smallNetwork(size);
      const { rates, plan, demand } = network;
      const upMbps = plan.contacts.upMbps.map(mbps => mbps + 5);
      const wider = { plan: { ...plan, contacts: { ...plan.contacts, upMbps } }, demand, rates };
      // Sorted levels of the last stage, down, grow in the lexicographic order.
      const levels = (n: SmallNetwork) =>
        Array.from(run(n).classes[0]!.downMbps.subarray(0, plan.beam.length), (mbps, cell) => {
          const { downMbps, weight } = demand.classes[0]!;
          return mbps >= downMbps[cell]! * (1 - 1e-6) ? Number.POSITIVE_INFINITY : mbps / weight[cell]!;
        }).sort((a, b) => a - b);
      if (plan.extra.cell.length > 0) return;
      const [less, more] = [levels(network), levels(wider)];
      const first = less.findIndex((level, k) => Math.abs(level - more[k]!) > 1e-5 * Math.max(1, level));
      assert.ok(first < 0 || more[first]! > less[first]!);
    }),
    { numRuns: 200 },
  );
});

test("what does not fit together is refused, with the place", () => {
  const network = chain({ down: [1, 1, 1, 1] });
  const { plan, demand, rates } = network;
  const [only] = demand.classes;
  const tree = plan.trees[0]!;
  const with1 = (change: Partial<typeof only>) => ({ version: "x", classes: [{ ...only!, ...change }] });
  assert.throws(
    () => allocate({ ...plan, trees: [] }, demand, rates),
    /PoP 0, for which the plan has no tree/,
  );
  const lost = { ...tree, next: Int32Array.of(1, -2) };
  assert.throws(
    () => allocate({ ...plan, trees: [lost] }, demand, rates),
    /satellite 1 at gateway 1 without a contact/,
  );
  const circle = { ...tree, next: Int32Array.of(1, 0) };
  assert.throws(() => allocate({ ...plan, trees: [circle] }, demand, rates), /runs in a circle/);
  const negative = with1({ downMbps: Float32Array.of(1, -1, 1, 1) });
  assert.throws(() => allocate(plan, negative, rates), /class all, cell 1: -1 Mbit\/s down at weight 1/);
  const weightless = with1({ weight: Float32Array.of(1, 1, 0, 1) });
  assert.throws(() => allocate(plan, weightless, rates), /cell 2: 1 Mbit\/s down at weight 0/);
  assert.throws(() => allocate(plan, with1({ upMbps: new Float32Array(3) }), rates), /3 demands/);
  const fibre = { ...rates, fibreMbps: new Float32Array(1) };
  assert.throws(() => allocate(plan, demand, fibre), /fibrePops/);
  const half = { ...rates, satellites: satelliteRates([1]) };
  assert.throws(() => allocate(plan, demand, half), /satellite 1, which has no rate/);
  assert.throws(() => satelliteRates([9]), /satellite 0 is of generation 9/);
});
