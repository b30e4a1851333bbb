// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Spot } from "./radio.ts";
import type { Interval } from "./world.ts";

/**
 * How a terminal lies about where it is, from the simplest to what no measurement finds:
 *
 * - `spoofedGnss`: its positioning is deceived, or replaced; its radio is as it was made.
 * - `delay`: it answers everything later by one amount, the one that suits its claim best.
 * - `delayEach`: it answers each satellite later by what its claim needs; it cannot answer sooner.
 * - `answerEarly`: as `delayEach`, and it can answer sooner by so many microseconds than it was made to.
 * - `repeater`: what is heard on the air is a repeater at the claimed place, and the terminal some km of cable or radio behind it.
 * - `relay`: the terminal is where it says; whom it serves is not, over other networks. Nothing on the air shows it.
 */
export type RangingLie = Interval &
  (
    | { readonly kind: "spoofedGnss" | "delay" | "delayEach"; readonly claim: Spot }
    | { readonly kind: "answerEarly"; readonly claim: Spot; readonly earlyUs: number }
    | { readonly kind: "repeater"; readonly at: Spot; readonly behindKm: number }
    | { readonly kind: "relay" }
  );

/** The lie that holds at a moment, in seconds since the start: of several the first. */
export function lieAt(lies: readonly RangingLie[], atS: number): RangingLie | null {
  return lies.find(({ fromS, untilS }) => atS >= fromS && atS < untilS) ?? null;
}

/** Where a terminal says that it is, under a lie or none. */
export function claimUnder(lie: RangingLie | null, { latDeg, lonDeg }: Spot): Spot {
  if (lie === null || lie.kind === "relay") return { latDeg, lonDeg };
  return lie.kind === "repeater" ? lie.at : lie.claim;
}

/** Lies by terminal. Of those that hold at a moment the first counts. */
export type RangingScripts = Readonly<Record<string, readonly RangingLie[]>>;

const spot = z.strictObject({ latDeg: z.number().min(-90).max(90), lonDeg: z.number().min(-180).max(180) });
const when = { fromS: z.number().min(0), untilS: z.number().min(0) };

/** A terminal's lies as a scenario writes them. */
export const rangingLies = z
  .array(
    z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.enum(["spoofedGnss", "delay", "delayEach"]), claim: spot, ...when }),
        z.strictObject({
          kind: z.literal("answerEarly"),
          claim: spot,
          earlyUs: z.number().min(0).max(1000),
          ...when,
        }),
        z.strictObject({
          kind: z.literal("repeater"),
          at: spot,
          behindKm: z.number().min(0).max(1000),
          ...when,
        }),
        z.strictObject({ kind: z.literal("relay"), ...when }),
      ])
      .refine(({ fromS, untilS }) => untilS > fromS, "an interval must end after it begins"),
  )
  .max(1000);
