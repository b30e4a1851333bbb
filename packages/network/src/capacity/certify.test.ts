// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { allocate } from "./allocate.ts";
import type { Allocation, Direction } from "./allocation.ts";
import { certify, type Violation } from "./certify.ts";
import { networkSizes, smallNetwork } from "./testing/random-network.ts";

/** The allocation with one flow's rate changed, and the cell's sum with it. */
function tampered(allocation: Allocation, direction: Direction, flow: number, mbps: number): Allocation {
  const key = direction === "up" ? "upMbps" : "downMbps";
  const rates = allocation.classes[0]![key].slice();
  rates[flow] = mbps;
  return { ...allocation, classes: allocation.classes.with(0, { ...allocation.classes[0]!, [key]: rates }) };
}

test("a rate that is taken away, added to, or made up does not pass", () => {
  let judged = 0;
  fc.assert(
    fc.property(
      networkSizes({ cells: 20, classes: 2 }),
      fc.nat(),
      fc.constantFrom("up", "down"),
      (size, pick, direction) => {
        const { plan, demand, rates } = smallNetwork(size);
        const allocation = allocate(plan, demand, rates);
        const flow = pick % plan.beam.length;
        const was = allocation.classes[0]![direction === "up" ? "upMbps" : "downMbps"][flow]!;
        if (was < 0.01) return;
        judged += 1;
        const seen = (mbps: number, ...codes: Violation["code"][]): void => {
          const { holds, counts } = certify(tampered(allocation, direction, flow, mbps), plan, demand, rates);
          assert.ok(!holds && codes.some(code => (counts[code] ?? 0) > 0), JSON.stringify(counts));
        };
        // Nobody took what this flow lost: it is short without need.
        seen(was * 0.9, "notMaxMin");
        seen(was * 0.9, "sumsDisagree");
        seen(was * 1.1, "rateAboveDemand", "overCapacity", "notMaxMin");
        seen(-was, "rateNotPossible");
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(judged > 100);
});

test("a rate without a beam or a way is seen", () => {
  for (let seed = 0; seed < 40; seed++) {
    const size = {
      seed,
      satellites: 3,
      gateways: 2,
      pops: 2,
      cells: 12,
      extras: 0,
      classes: 1,
      fibre: false,
    };
    const { plan, demand, rates } = smallNetwork(size);
    const without = plan.beam.findIndex(beam => beam < 0);
    if (without < 0) continue;
    const certificate = certify(
      tampered(allocate(plan, demand, rates), "down", without, 1),
      plan,
      demand,
      rates,
    );
    assert.ok(!certificate.holds);
    assert.ok(
      certificate.violations.some(
        ({ code, place }) => code === "rateWithoutRoute" && place.includes(`flow ${without}`),
      ),
    );
    return;
  }
  assert.fail("no cell without a beam in forty networks");
});

test("equal rates by someone else's rule are told from fair ones", () => {
  // First come, first served: as much as is left, in the order of cells. Feasible, and rarely fair.
  let unfair = 0;
  for (let seed = 0; seed < 60; seed++) {
    const size = {
      seed,
      satellites: 2,
      gateways: 1,
      pops: 1,
      cells: 10,
      extras: 0,
      classes: 1,
      fibre: false,
    };
    const { plan, demand, rates } = smallNetwork(size);
    const fair = allocate(plan, demand, rates);
    const swapped = fair.classes[0]!.downMbps.slice();
    const [a, b] = [...swapped.keys()].filter(f => fair.downBottleneck[f] === 3);
    if (
      a === undefined ||
      b === undefined ||
      plan.beams.satellite[plan.beam[a]!] !== plan.beams.satellite[plan.beam[b]!]
    ) {
      continue;
    }
    const moved = 0.2 * swapped[a]!;
    if (moved < 1e-3) continue;
    swapped[a]! -= moved;
    swapped[b]! += moved;
    const changed = { ...fair, classes: [{ ...fair.classes[0]!, downMbps: swapped }] };
    assert.ok(
      certify(changed, plan, demand, rates).violations.some(
        ({ code }) => code === "notMaxMin" || code === "overCapacity" || code === "rateAboveDemand",
      ),
    );
    unfair += 1;
  }
  assert.ok(unfair > 0);
});
