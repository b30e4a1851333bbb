// SPDX-License-Identifier: MIT
// For tests only: what a choice of contacts is worth, written down again, and the best there is.
import assert from "node:assert/strict";
import highs from "highs";
import type { LinkChoices, LinkEnds } from "../contact-selection.ts";

// The package's types name a default export that its CommonJS form does not have.
export const loadSolver = highs as unknown as (typeof highs)["default"];
export type Solver = Awaited<ReturnType<typeof loadSolver>>;

/** Two bands, landing worth 20,000 Mbit/s, spare rate a quarter. */
export interface ContactCase {
  readonly choices: LinkChoices;
  readonly ends: LinkEnds;
}

/** Value of a choice, with ports and antennas counted: the definition, written down again. */
export function worthOf({ choices, ends }: ContactCase, chosen: ArrayLike<number>): number {
  const used = new Map<string, number>();
  const rates = new Map<number, number[]>();
  let value = 0;
  for (let e = 0; e < choices.count; e++) {
    if (chosen[e] !== 1) continue;
    const s = choices.satellite[e]!;
    const port = s * 2 + choices.band[e]!;
    const site = choices.gateway[e]! * 2 + choices.band[e]!;
    for (const [key, limit] of [
      [`s${port}`, ends.satellitePorts[port]!],
      [`g${site}`, ends.antennas[site]!],
    ] as const) {
      used.set(key, (used.get(key) ?? 0) + 1);
      assert.ok(used.get(key)! <= limit, `${key} has ${limit}`);
    }
    rates.set(s, [...(rates.get(s) ?? []), choices.upMbps[e]!]);
    value -= choices.costMbps[e]!;
  }
  for (const [s, list] of rates) {
    const sum = list.reduce((a, b) => a + b, 0);
    const wanted = ends.wantedMbps[s]!;
    value += 20_000 + (sum <= wanted ? sum : wanted + (sum - wanted) / 4);
  }
  return value;
}

/** The best value there is, by mixed-integer programming; `relaxed`: a bound on it, by linear programming. */
export function optimum(solver: Solver, { choices, ends }: ContactCase, relaxed = false): number {
  if (choices.count === 0) return 0;
  const satellites = [...new Set(choices.satellite)];
  const entries = Array.from({ length: choices.count }, (_, e) => e);
  const of = (s: number) => entries.filter(e => choices.satellite[e] === s);
  const sum = (list: readonly number[], factor: (e: number) => number = () => 1) =>
    list.map(e => ` ${factor(e) < 0 ? "-" : "+"} ${Math.abs(factor(e))} x${e}`).join("");
  const rows: string[] = [];
  const limits = (key: (e: number) => number, limit: ArrayLike<number>) => {
    for (const [k, list] of Map.groupBy(entries, key)) rows.push(`${sum(list)} <= ${limit[k]}`);
  };
  limits(e => choices.satellite[e]! * 2 + choices.band[e]!, ends.satellitePorts);
  limits(e => choices.gateway[e]! * 2 + choices.band[e]!, ends.antennas);
  for (const s of satellites) {
    rows.push(`y${s}${sum(of(s), () => -1)} <= 0`, `z${s}${sum(of(s), e => -choices.upMbps[e]!)} <= 0`);
  }
  const whole = [...entries.map(e => `x${e}`), ...satellites.map(s => `y${s}`)];
  const problem = [
    "Maximize",
    ` obj:${sum(entries, e => choices.upMbps[e]! / 4 - choices.costMbps[e]!)}` +
      satellites.map(s => ` + 20000 y${s} + 0.75 z${s}`).join(""),
    "Subject To",
    ...rows.map((row, k) => ` c${k}: ${row}`),
    "Bounds",
    ...satellites.map(s => ` 0 <= z${s} <= ${ends.wantedMbps[s]}`),
    ...(relaxed ? whole.map(name => ` 0 <= ${name} <= 1`) : ["Binary", ` ${whole.join(" ")}`]),
    "End",
  ].join("\n");
  return solver.solve(problem, { mip_rel_gap: 0 }).ObjectiveValue;
}
