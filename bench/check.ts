// SPDX-License-Identifier: MIT
// Random slots of the whole land planet, planned and then judged by the checker that is written apart from the planner:
// broken promises, what is served, and how much more could be. PERIGEE_CHECK_SLOTS says how many; default 100, which
// takes some ten minutes.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { planetCells, populationOf } from "@perigee/earth";
import {
  createPlanner,
  demandOf,
  type Outage,
  type PlannedCells,
  planDigest,
  slotAt,
  slotStartMs,
  subscribersOf,
} from "@perigee/network";
import { builtInElements, type Elements, parseElements } from "@perigee/orbit";
import { checkCellPlan } from "../packages/network/src/testing/check-cell-plan.ts";
import { checkReplan } from "../packages/network/src/testing/check-replan.ts";
import { checkRoom } from "../packages/network/src/testing/check-room.ts";
import type { Findings } from "../packages/network/src/testing/plan-findings.ts";
import { checkedNetwork, checkedSlot } from "../packages/network/src/testing/region-plans.ts";
import { servedBound } from "../packages/network/src/testing/served-bound.ts";
import { type Bench, quantile, round } from "./result.ts";

const EPOCH_MS = Date.UTC(2026, 4, 31, 12);
const RECORDED = new URL("../../shared/data/tle/starlink-2026-05-30.tle.gz", import.meta.url);
/** A day of slots is drawn from. */
const SLOTS_PER_DAY = 5760;
/** Every so many slots: the next one planned warm, and planned again after a failure; and a bound of all cells. */
const MORE_EVERY = 10;
const SEED = 2026;

function slotsAsked(): number {
  const text = process.env["PERIGEE_CHECK_SLOTS"] ?? "100";
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new Error(`PERIGEE_CHECK_SLOTS is "${text}"; a number of slots is needed.`);
  return count;
}

function fleet(): { elements: readonly Elements[]; source: string } {
  if (!existsSync(RECORDED)) return { elements: builtInElements(EPOCH_MS).elements, source: "built-in" };
  const parsed = parseElements(gunzipSync(readFileSync(RECORDED)).toString("utf8"));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { elements: parsed.value, source: "recorded" };
}

/** Numbers from 0 to 1 that depend on their names alone. */
function draw(...names: (string | number)[]): number {
  const bytes = createHash("sha256")
    .update([SEED, ...names].join(" "))
    .digest();
  return bytes.readUInt32BE(0) / 2 ** 32;
}

export const bench: Bench = async progress => {
  const count = slotsAsked();
  const { elements, source } = fleet();
  const planner = createPlanner({ elements, seed: SEED });
  const cells = planetCells({ ocean: false });
  const subscribers = subscribersOf(cells, { population: populationOf(cells) });
  const network = checkedNetwork(planner, cells);
  const popOfCell = planner.popsOf(cells);
  const hash = createHash("sha256");
  const spent = { plan: [] as number[], check: [] as number[] };
  const shares: number[] = [];
  const gaps: number[] = [];
  const gapsOfAll: number[] = [];
  const counts = new Map<string, number>();
  let checked = 0;
  let withoutBeam = 0;
  let withRoom = 0;

  const timed = <T>(into: number[], work: () => T): T => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    into.push((user + system) / 1e6);
    return result;
  };
  const take = (findings: Findings, what: string): void => {
    for (const [kind, number] of findings.counts) counts.set(kind, (counts.get(kind) ?? 0) + number);
    const examples = [...Map.groupBy(findings.violations, ({ kind }) => kind).values()].flatMap(all =>
      all.slice(0, 2),
    );
    for (const { kind, detail, ...place } of examples)
      progress(`${what}: ${kind} ${JSON.stringify(place)} ${detail}`);
  };

  /** Everything but a circle of up to 2,000 km somewhere may be served. */
  const permittedIn = (k: number): Uint8Array => {
    const lat = Math.asin(2 * draw(k, "lat") - 1);
    const lon = 2 * Math.PI * draw(k, "lon");
    const least = Math.cos((2000 * draw(k, "radius")) / 6371);
    return Uint8Array.from({ length: cells.count }, (_, c) => {
      const [y, x] = [(cells.latDeg[c]! * Math.PI) / 180, (cells.lonDeg[c]! * Math.PI) / 180];
      return Math.sin(y) * Math.sin(lat) + Math.cos(y) * Math.cos(lat) * Math.cos(x - lon) > least ? 0 : 1;
    });
  };
  const outageOf = (k: number, { plan }: PlannedCells): Outage => {
    const pick = (list: ArrayLike<number>, name: string) => list[Math.floor(draw(k, name) * list.length)]!;
    return {
      satellites: [0, 1, 2].map(n => pick(plan.beams.satellite, `satellite ${n}`)),
      gateways: [0, 1].map(n => pick(plan.contacts.gateway, `gateway ${n}`)),
      pops: [pick(popOfCell, "pop")],
    };
  };

  for (let k = 0; k < count; k++) {
    const slot = slotAt(EPOCH_MS) + Math.floor((draw(k, "slot") - 0.5) * SLOTS_PER_DAY);
    const permitted = permittedIn(k);
    const requestAt = (at: number) => ({
      slot: at,
      cells,
      permitted,
      popOfCell,
      demand: demandOf(cells, subscribers, { atMs: slotStartMs(at) }),
    });
    const request = requestAt(slot);
    const planned = timed(spent.plan, () => planner.planCells(request));
    hash.update(planDigest(planned.plan));
    const asked = checkedSlot(request, planned);
    const found = timed(spent.check, () => checkCellPlan(network, asked));
    checked += 1;
    take(found, `slot ${slot}`);
    const wanting = found.figures["demandCells"]!;
    const served = found.figures["demandCellsServed"]!;
    shares.push(served / wanting);
    // Where all are served nothing can be missing.
    const bound = served === wanting ? wanting : servedBound(network, asked, { exact: false }).bound;
    gaps.push(1 - served / bound);
    progress(`${k + 1} of ${count}: slot ${slot}, ${served} of ${wanting} served, ${found.total} violations`);
    if (k % MORE_EVERY !== 0) continue;
    const room = checkRoom(network, asked);
    withoutBeam += room.figures["cellsWithoutBeam"] ?? 0;
    withRoom += room.counts.get("room") ?? 0;
    const all = servedBound(network, asked, { exact: false, idleToo: true });
    gapsOfAll.push(1 - all.served / all.bound);
    const next = { ...requestAt(slot + 1), previous: planned };
    const warm = planner.planCells(next);
    take(checkCellPlan(network, checkedSlot(next, warm)), `slot ${slot + 1}, warm`);
    const outage = outageOf(k, warm);
    const again = { ...next, outage };
    const after = planner.replanCells(warm, again);
    take(checkCellPlan(network, checkedSlot(again, after, true)), `slot ${slot + 1}, after a failure`);
    take(checkReplan(warm.plan, after.plan, outage.satellites ?? [], permitted), `slot ${slot + 1}, re-plan`);
    checked += 2;
  }

  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  return {
    workload: `${count} random slots of a day, ${cells.count} land cells, ${elements.length} satellites (${source}), a random circle refused; every ${MORE_EVERY}th also warm and after a failure`,
    checksum: hash.digest("hex"),
    figures: {
      violations: [...counts.values()].reduce((a, b) => a + b, 0),
      slots: count,
      plansChecked: checked,
      servedShare: mean(shares),
      leastServedShare: Math.min(...shares),
      gapToBound: Math.max(...gaps),
      gapToBoundAllCells: Math.max(...gapsOfAll),
      noBeamCells: withoutBeam,
      noBeamCellsWithRoom: withRoom,
      planCpuSeconds: round(quantile(spent.plan, 0.5)),
      checkCpuSeconds: round(quantile(spent.check, 0.5)),
      rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
      ...Object.fromEntries([...counts].map(([kind, number]) => [`violations ${kind}`, number])),
    },
    peers: {},
    ratios: {},
  };
};
