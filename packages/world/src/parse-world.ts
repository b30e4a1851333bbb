// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { WorldTerminal } from "./world.ts";

/** Why a scenario's `world` section was refused. */
export interface WorldError {
  readonly code: "WORLD_INVALID";
  readonly message: string;
  /** JSON path in the scenario, e.g. `world.terminals[3].track[1].atS`. */
  readonly place: string;
}

const MAX_TERMINALS = 200_000;
const MAX_WAYPOINTS = 10_000;

const waypoint = z.strictObject({
  atS: z.number().min(0).max(31_622_400),
  latDeg: z.number().min(-90).max(90),
  lonDeg: z.number().min(-180).max(180),
});

const terminal = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "an id is 2 to 63 lower-case letters, digits and hyphens"),
  track: z
    .array(waypoint)
    .min(1)
    .max(MAX_WAYPOINTS)
    .superRefine((track, context) => {
      const late = track.findIndex((w, i) => i > 0 && w.atS <= track[i - 1]!.atS);
      if (late > 0)
        context.addIssue({
          code: "custom",
          path: [late, "atS"],
          message: "waypoints must be in order: this one is not later than the one before it",
        });
    }),
  afterEnd: z.enum(["stay", "shuttle"]).default("stay"),
  off: z
    .array(
      z
        .strictObject({ fromS: z.number().min(0), untilS: z.number().min(0) })
        .refine(o => o.untilS > o.fromS, "an interval must end after it begins"),
    )
    .max(1000)
    .default([]),
});

const worldSection = z
  .strictObject({ terminals: z.array(terminal).min(1).max(MAX_TERMINALS) })
  .superRefine((world, context) => {
    const seen = new Set<string>();
    world.terminals.forEach((t, i) => {
      if (seen.has(t.id))
        context.addIssue({ code: "custom", path: ["terminals", i, "id"], message: `"${t.id}" stands twice` });
      seen.add(t.id);
    });
  });

/**
 * Reads the `world` section of a scenario.
 *
 * @param section - Parsed JSON, untrusted.
 * @returns The terminals as they really are, or the first thing that is wrong and where.
 */
export function parseWorld(
  section: unknown,
): { ok: true; value: readonly WorldTerminal[] } | { ok: false; error: WorldError } {
  const parsed = worldSection.safeParse(section);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return {
      ok: false,
      error: { code: "WORLD_INVALID", message: issue.message, place: pathOf(["world", ...issue.path]) },
    };
  }
  return {
    ok: true,
    value: parsed.data.terminals.map(({ id, track, afterEnd, off }) => {
      const [first, ...rest] = track;
      return { id, track: { waypoints: [first!, ...rest], afterEnd }, off };
    }),
  };
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
