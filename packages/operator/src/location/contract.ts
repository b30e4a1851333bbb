// SPDX-License-Identifier: MIT
// Bodies of the HTTP contract about where terminals were measured. None of them has a position.
import { z } from "zod";

const instant = z.iso.datetime();

/** What the network's own measurements last said of a terminal's reports. */
export const locationVerdict = z.object({
  verdict: z.enum(["consistent", "inconsistent", "ambiguous", "insufficient", "stale"]),
  at: instant.meta({ description: "Up to when it was measured" }),
  because: z.string(),
  evidence: z.string().meta({ description: "Id of the record that decisions name" }),
  windows: z.number().int().meta({ description: "Rounds that it rests on" }),
  chanceLog10: z
    .number()
    .nullable()
    .meta({ description: "How rarely an honest terminal disagrees so much, as a power of ten; -300: less" }),
  satellites: z.number().int(),
  places: z.number().int().meta({ description: "Places that explain the last round" }),
  ellipse95Km: z
    .tuple([z.number(), z.number()])
    .nullable()
    .meta({ description: "Half axes of the last round's 95 % ellipse" }),
});

export const locationStanding = z.object({
  latest: locationVerdict.nullable(),
  awaited: z.boolean().meta({ description: "Whether it is being measured, or somebody asked for it" }),
});

/** A round that was asked for. */
export const locationRound = z.object({
  terminalId: z.string(),
  until: instant.meta({ description: "When its verdict is there, if the terminal is heard meanwhile" }),
});

export type LocationStanding = z.infer<typeof locationStanding>;
export type LocationRound = z.infer<typeof locationRound>;
