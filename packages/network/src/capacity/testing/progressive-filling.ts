// SPDX-License-Identifier: MIT
// For tests and benchmarks only: the allocator's plain twin. Every flow by itself; all rise together until one has its
// demand or a resource is full; look again at everything.
import { type FlatFlow, type FlatNetwork, stagesOf } from "./flat-network.ts";

/** Rate of every flow, Mbit/s. O(events * flows * path). */
export function progressiveFilling({ flows, capacity }: FlatNetwork): Map<FlatFlow, number> {
  const left = new Map(capacity);
  const rates = new Map<FlatFlow, number>();
  for (const stage of stagesOf(flows)) {
    const rising = new Set(stage);
    for (const flow of stage) rates.set(flow, 0);
    while (rising.size > 0) {
      const slope = new Map<string, number>();
      for (const { resources, weight } of rising) {
        for (const name of resources) slope.set(name, (slope.get(name) ?? 0) + weight);
      }
      let step = Number.POSITIVE_INFINITY;
      for (const flow of rising) step = Math.min(step, (flow.demand - rates.get(flow)!) / flow.weight);
      for (const [name, weight] of slope) step = Math.min(step, Math.max(0, left.get(name)!) / weight);
      for (const flow of rising) rates.set(flow, rates.get(flow)! + step * flow.weight);
      for (const [name, weight] of slope) left.set(name, left.get(name)! - step * weight);
      const full = (name: string): boolean => left.get(name)! <= 1e-9 * Math.max(1, capacity.get(name)!);
      for (const flow of rising) {
        if (rates.get(flow)! >= flow.demand * (1 - 1e-12) || flow.resources.some(full)) rising.delete(flow);
      }
    }
  }
  return rates;
}
