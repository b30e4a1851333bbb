// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSunlit, lookAnglesFrom, observerFrame, sunEcef } from "@perigee/orbit";
import { defaultPolicy, type SchedulerPolicy } from "../policy.ts";
import { slotStartMs } from "../slot.ts";
import { remainingSeconds } from "../visibility.ts";
import { groupCells } from "./cell-groups.ts";
import { createPairScorer } from "./pair-score.ts";
import { score } from "./score.ts";
import { landingsOf } from "./slot-wishes.ts";
import { builtInFleet, cellsIn, plainTrees, SLOT, slotFleetOf } from "./testing/small-planet.ts";

const fleet = builtInFleet();
const cells = cellsIn([51, 19, 51.4, 19.6], [-30, 25, -29.8, 25.3]);
const groups = groupCells(cells);
const all = Int32Array.from({ length: fleet.count }, (_, i) => i);
const still = { ...defaultPolicy.scheduler.weights, contention: 0 };

/** The scores of a group's satellites by the plain function for one site, at a cell in the middle of its group. */
for (const [name, weights] of [
  ["default", still],
  ["path and load", { ...still, path: 3, load: 2, landing: 5, stickiness: 4 }],
  ["perverse", { ...still, elevation: -2, remaining: -1, path: -1 }],
] as const) {
  test(`satellites come in the order of the plain score, which is computed only where it may matter: ${name}`, () => {
    const policy: SchedulerPolicy = { ...defaultPolicy.scheduler, weights };
    const { start, end } = fleet.at(SLOT);
    const slotFleet = slotFleetOf(fleet, policy, { start, end });
    const used = Uint16Array.from({ length: fleet.count }, (_, i) => (i * 7) % 48);
    const scorer = createPairScorer(groups, slotFleet, policy, 1);
    scorer.beginSlot(SLOT, used, all);
    const sun = sunEcef(slotStartMs(SLOT));
    const [tree] = plainTrees(start);
    const landing = landingsOf(tree!);
    for (let group = 0; group < groups.groupCount; group += 4) {
      const [ux, uy, uz] = groups.groupPlace.subarray(6 * group, 6 * group + 3);
      const frame = observerFrame({
        latDeg: (Math.asin(uz!) * 180) / Math.PI,
        lonDeg: (Math.atan2(uy!, ux!) * 180) / Math.PI,
        altitudeKm: 0,
      });
      const inView = all.filter(i => {
        const at = { xKm: start.xKm[i]!, yKm: start.yKm[i]!, zKm: start.zKm[i]! };
        return lookAnglesFrom(frame, at).elevationDeg >= fleet.satellites.minElevationDeg[i]!;
      });
      const [before, gateway] = [inView[3]!, landing[inView[5]!]!];
      const plain = (i: number): number => {
        const at = { xKm: start.xKm[i]!, yKm: start.yKm[i]!, zKm: start.zKm[i]! };
        const { elevationDeg, rangeKm } = lookAnglesFrom(frame, at);
        const minElevationDeg = fleet.satellites.minElevationDeg[i]!;
        const candidate = {
          satellite: i,
          elevationDeg,
          minElevationDeg,
          remainingS: remainingSeconds(frame, start, i, minElevationDeg),
          oneWayMs: rangeKm / 299.792458 + tree!.delayMs[i]!,
          sunlit: isSunlit(at, sun),
          newness: fleet.satellites.newness[i]!,
          contention: 0,
        };
        return (
          score(candidate, candidate.oneWayMs, before, policy) -
          (weights.load * used[i]!) / fleet.satellites.beams[i]! +
          (landing[i] === gateway ? (policy.weights.landing ?? 0) : 0)
        );
      };
      const wish = {
        group,
        delayMs: tree!.delayMs,
        knownMs: Number.POSITIVE_INFINITY,
        landing,
        satellite: before,
        gateway,
      };
      scorer.begin(wish, all, 0, all.length);
      const found: number[] = [];
      for (let k = scorer.next(); k >= 0; k = scorer.next()) if (inView.includes(k)) found.push(k);
      assert.equal(found.length, inView.length);
      // The forecast of the remaining time is over one sphere here and over the site's own there: a hundredth.
      for (let k = 1; k < found.length; k++)
        assert.ok(plain(found[k - 1]!) >= plain(found[k]!) - 0.01, `${k} in ${name}`);
    }
  });
}

test("draws spread evenly and differ by group, satellite and slot", () => {
  const policy = {
    ...defaultPolicy.scheduler,
    weights: { ...still, elevation: 0, remaining: 0, path: 0, sunlit: 0, newness: 0, load: 0, contention: 1 },
  };
  const firsts = new Set<number>();
  const slotFleet = slotFleetOf(fleet, policy, fleet.at(SLOT));
  for (let slot = SLOT; slot < SLOT + 40; slot++) {
    const scorer = createPairScorer(groups, slotFleet, policy, 1);
    scorer.beginSlot(slot, new Uint16Array(fleet.count), all);
    for (let group = 0; group < 3; group++) {
      const none = new Float64Array(fleet.count);
      scorer.begin(
        {
          group,
          delayMs: none,
          knownMs: Number.POSITIVE_INFINITY,
          landing: new Int32Array(0),
          satellite: -1,
          gateway: -1,
        },
        all,
        0,
        all.length,
      );
      firsts.add(all[scorer.next()]!);
    }
  }
  // Of 120 draws among some 60 satellites in view, far from all the same.
  assert.ok(firsts.size > 40, `${firsts.size} satellites came first`);
});
