// SPDX-License-Identifier: MIT
import { populationOf } from "@perigee/earth";
import {
  type CellDemand,
  demandOf,
  demandVersion,
  parseDemandCsv,
  subscribersOf,
  WORLD_CUSTOMERS,
} from "@perigee/network";
import { CliError, type FlagValues } from "../command.ts";
import { readText } from "../validate/inputs.ts";
import type { StudyCells } from "./cells.ts";
import { readNumber } from "./moments.ts";

/** Flags that say what the cells want. */
export const demandFlags = {
  demand: { type: "string" },
  customers: { type: "string" },
  "busy-hour": { type: "boolean" },
} as const;
export type DemandFlags = FlagValues<typeof demandFlags>;

/**
 * What the cells want at an instant: a file, or the customers of the world (`--customers`, 14 million without it) where the
 * people are, at each place's hour of the day or, with `--busy-hour`, all at their busiest.
 */
export async function studyDemand(
  flags: DemandFlags,
  study: StudyCells,
  atMs: number,
): Promise<{ readonly demand: CellDemand; readonly title: string }> {
  const { cells, land, whole, taken } = study;
  if (flags.demand !== undefined) {
    if (flags.customers !== undefined) throw new CliError("--demand and --customers exclude each other", 2);
    const parsed = parseDemandCsv(await readText(flags.demand), whole);
    if (!parsed.ok) throw new CliError(`${flags.demand}: ${parsed.error.message} [${parsed.error.code}]`);
    return { demand: cells === whole ? parsed.value : partOf(parsed.value, taken), title: flags.demand };
  }
  const world =
    flags.customers === undefined
      ? WORLD_CUSTOMERS
      : readNumber("customers", flags.customers, 0, 1e10, "whole");
  const population = populationOf(cells, land);
  const share = sumOf(population) / sumOf(cells === land ? population : populationOf(land, land));
  const subscribers = subscribersOf(cells, { population, customers: world * Math.min(1, share) });
  const demand = demandOf(cells, subscribers, flags["busy-hour"] === true ? {} : { atMs });
  const hour = flags["busy-hour"] === true ? "all in their busy hour" : "at their hour of the day";
  return { demand, title: `${world.toLocaleString("en")} customers in the world, ${hour}` };
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** What the rows that are taken want. */
function partOf({ classes }: CellDemand, taken: Uint8Array): CellDemand {
  const keep = (values: Float32Array): Float32Array => values.filter((_, c) => taken[c] === 1);
  const own = classes.map(({ name, downMbps, upMbps, weight }) => ({
    name,
    downMbps: keep(downMbps),
    upMbps: keep(upMbps),
    weight: keep(weight),
  }));
  return { version: demandVersion(own), classes: own };
}
