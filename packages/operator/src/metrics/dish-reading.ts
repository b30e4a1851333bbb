// SPDX-License-Identifier: MIT
import { isRefusal } from "@perigee/dish";
import type { DishHost } from "../dish/dish-host.ts";
import type { DishReading } from "./dish-figures.ts";

/** Asks a terminal for its figures of this moment, as its account may. */
export function readingOf(dishes: DishHost, terminalId: string): DishReading {
  const ask = (request: { readonly getStatus: object } | { readonly getHistory: object }) => {
    const answer = dishes.ask(terminalId, request, "cloud", "dish");
    return answer === null || isRefusal(answer) ? undefined : answer;
  };
  const history = ask({ getHistory: {} })?.dishGetHistory;
  // A ring of which the newest second stands before the place that is written next.
  const newest = Number(history?.current ?? 0n) - 1;
  const last = (samples: ArrayLike<number> | undefined): number | undefined =>
    samples === undefined || newest < 0 ? undefined : samples[newest % samples.length];
  return {
    status: ask({ getStatus: {} })?.dishGetStatus,
    pingDropRate: last(history?.popPingDropRate),
    powerW: last(history?.powerIn),
  };
}
