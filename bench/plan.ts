// SPDX-License-Identifier: MIT
// CPU time of one slot's plan, and how it grows with sites.
import { createHash } from "node:crypto";
import { cellAt } from "@perigee/earth";
import { createPlanner, type Site, type SlotPlan, slotAt } from "@perigee/network";
import { builtInElements } from "@perigee/orbit";
import { type Bench, round } from "./result.ts";

const EPOCH_MS = Date.UTC(2026, 10, 21, 12);
const SLOTS = 100;

/** Sites spread evenly over the sphere between 55 degrees south and north: the golden-angle lattice. */
function lattice(count: number): Site[] {
  return Array.from({ length: count }, (_, i) => {
    const latDeg = (Math.asin(0.819 * ((2 * i + 1) / count - 1)) * 180) / Math.PI;
    const lonDeg = ((i * 137.50776405) % 360) - 180;
    return {
      id: `site-${i}`,
      latDeg,
      lonDeg,
      heightM: 0,
      cell: cellAt(latDeg, lonDeg),
      downMbps: 100,
      upMbps: 20,
      permitted: true,
    };
  });
}

export const bench: Bench = async progress => {
  const { elements } = builtInElements(EPOCH_MS);
  const hash = createHash("sha256");
  const figures: Record<string, number> = { satellites: elements.length };
  for (const count of [12, 48, 192]) {
    const sites = lattice(count);
    const planner = createPlanner({ elements, seed: 1 });
    let previous: SlotPlan | null = null;
    const first = slotAt(EPOCH_MS);
    for (let slot = first; slot < first + 10; slot++) previous = planner.plan(slot, sites, previous);
    const before = process.cpuUsage();
    for (let slot = first + 10; slot < first + 10 + SLOTS; slot++)
      previous = planner.plan(slot, sites, previous);
    const { user, system } = process.cpuUsage(before);
    hash.update(JSON.stringify(previous));
    figures[`cpuMsPerPlan${count}Sites`] = round((user + system) / 1000 / SLOTS);
    progress(`${count} sites: ${figures[`cpuMsPerPlan${count}Sites`]} ms`);
  }
  return {
    workload: `${SLOTS} consecutive slots of the built-in constellation for 12, 48 and 192 sites`,
    checksum: hash.digest("hex"),
    figures,
    peers: {},
    ratios: {
      cost48To12: round(figures["cpuMsPerPlan48Sites"]! / figures["cpuMsPerPlan12Sites"]!),
      cost192To48: round(figures["cpuMsPerPlan192Sites"]! / figures["cpuMsPerPlan48Sites"]!),
    },
  };
};
