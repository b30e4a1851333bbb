// SPDX-License-Identifier: MIT
// For tests and benchmarks only: the same questions put to a linear solver (HiGHS), which knows nothing of filling.
import loadHighs, { type Highs } from "highs";
import { type FlatFlow, type FlatNetwork, stagesOf } from "./flat-network.ts";

/** The package's types are those of its CommonJS form; what Node imports is the ES module, whose default is the loader. */
export const loadSolver = loadHighs as unknown as () => Promise<Highs>;

/**
 * Weighted max-min rates by their definition: the least rate over weight is made as great as can be, then the least of
 * the others, and so on. A flow is settled when a program of its own finds that it can have no more than the level.
 */
export function lexicographicMaxMin(solver: Highs, { flows, capacity }: FlatNetwork): Map<FlatFlow, number> {
  const left = new Map(capacity);
  const rates = new Map<FlatFlow, number>();
  for (const stage of stagesOf(flows)) {
    const settled = new Map<FlatFlow, number>();
    while (settled.size < stage.length) {
      const { t: level } = solve(solver, "t", stage, left, flow =>
        settled.has(flow) ? settled.get(flow)! : "level",
      );
      const open = stage.filter(flow => !settled.has(flow));
      for (const flow of open) {
        const most = solve(solver, `x${stage.indexOf(flow)}`, stage, left, other =>
          settled.has(other) ? settled.get(other)! : Math.min(other.demand, level! * other.weight) - 1e-7,
        )[`x${stage.indexOf(flow)}`]!;
        if (most <= level! * flow.weight + 1e-5)
          settled.set(flow, Math.min(flow.demand, level! * flow.weight));
      }
    }
    for (const [flow, rate] of settled) {
      rates.set(flow, rate);
      for (const name of flow.resources) left.set(name, Math.max(0, left.get(name)! - rate));
    }
  }
  return rates;
}

/** Maximises one variable; each flow has a floor in Mbit/s, or the common level times its weight. */
function solve(
  solver: Highs,
  objective: string,
  stage: readonly FlatFlow[],
  capacity: ReadonlyMap<string, number>,
  floorOf: (flow: FlatFlow) => number | "level",
): Record<string, number> {
  const rows = capacityRows(stage, capacity);
  const bounds: string[] = [];
  stage.forEach((flow, k) => {
    const floor = floorOf(flow);
    if (floor === "level") rows.push(`l${k}: x${k} - ${flow.weight} t >= 0`);
    bounds.push(`${floor === "level" ? 0 : Math.max(0, floor)} <= x${k} <= ${flow.demand}`);
  });
  const text = `Maximize\n obj: ${objective}\nSubject To\n${rows.join("\n")}\nBounds\n${bounds.join("\n")}\n t >= 0\nEnd\n`;
  return primal(solver, text);
}

function capacityRows(stage: readonly FlatFlow[], capacity: ReadonlyMap<string, number>): string[] {
  const users = new Map<string, number[]>();
  stage.forEach(({ resources }, k) => {
    for (const name of resources) users.set(name, [...(users.get(name) ?? []), k]);
  });
  return [...users].map(
    ([name, list], k) => `c${k}: ${list.map(f => `x${f}`).join(" + ")} <= ${capacity.get(name)}`,
  );
}

function primal(solver: Highs, text: string): Record<string, number> {
  const { Status, Columns } = solver.solve(text);
  if (Status !== "Optimal") throw new Error(`the solver ended with ${Status}:\n${text}`);
  return Object.fromEntries(Object.entries(Columns).map(([name, column]) => [name, column.Primal ?? 0]));
}

/**
 * The most that the plan's ways can carry in both directions together, Mbit/s, fair or not: an upper bound for any
 * allocation of all classes. Flows with the same way beyond their beams are summed first, which changes nothing.
 */
export function throughputBound(solver: Highs, { flows, capacity }: FlatNetwork): number {
  const ways = new Map<string, { resources: readonly string[]; most: Map<string, number> }>();
  for (const { resources, demand } of flows) {
    const [share, ...way] = resources as [string, ...string[]];
    const key = way.join("|");
    const entry = ways.get(key) ?? { resources: way, most: new Map<string, number>() };
    // A beam's share limits the sum of its classes.
    entry.most.set(share, Math.min(capacity.get(share)!, (entry.most.get(share) ?? 0) + demand));
    ways.set(key, entry);
  }
  const list = [...ways.values()];
  if (list.length === 0) return 0;
  const users = new Map<string, number[]>();
  list.forEach(({ resources }, k) => {
    for (const name of resources) {
      const row = users.get(name);
      if (row === undefined) users.set(name, [k]);
      else row.push(k);
    }
  });
  const rows = [...users].map(
    ([name, row], k) => `c${k}: ${row.map(x => `x${x}`).join("\n + ")} <= ${capacity.get(name)}`,
  );
  const bounds = list.map(
    ({ most }, k) => `0 <= x${k} <= ${[...most.values()].reduce((sum, mbps) => sum + mbps, 0)}`,
  );
  const sum = list.map((_, k) => `x${k}`).join("\n + ");
  const text = `Maximize\n obj: ${sum}\nSubject To\n${rows.join("\n")}\nBounds\n${bounds.join("\n")}\nEnd\n`;
  return Object.values(primal(solver, text)).reduce((total, mbps) => total + mbps, 0);
}
