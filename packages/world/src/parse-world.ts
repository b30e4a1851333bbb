// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { DeviceScript, WorldTerminal } from "./world.ts";

/** Why a scenario's `world` section was refused. */
export interface WorldError {
  readonly code: "WORLD_INVALID";
  readonly message: string;
  /** JSON path in the scenario, e.g. `world.terminals[3].track[1].atS`. */
  readonly place: string;
}

const MAX_TERMINALS = 200_000;
const MAX_WAYPOINTS = 10_000;
/** Devices under one name besides the genuine one. */
const MAX_CLONES = 16;

const waypoint = z.strictObject({
  atS: z.number().min(0).max(31_622_400),
  latDeg: z.number().min(-90).max(90),
  lonDeg: z.number().min(-180).max(180),
});

const track = z
  .array(waypoint)
  .min(1)
  .max(MAX_WAYPOINTS)
  .superRefine((waypoints, context) => {
    const late = waypoints.findIndex((w, i) => i > 0 && w.atS <= waypoints[i - 1]!.atS);
    if (late > 0)
      context.addIssue({
        code: "custom",
        path: [late, "atS"],
        message: "waypoints must be in order: this one is not later than the one before it",
      });
  });

const afterEnd = z.enum(["stay", "shuttle"]).default("stay");

const intervals = z
  .array(
    z
      .strictObject({ fromS: z.number().min(0), untilS: z.number().min(0) })
      .refine(o => o.untilS > o.fromS, "an interval must end after it begins"),
  )
  .max(1000);

const device = z.strictObject({
  wrongKey: intervals.optional(),
  replays: intervals.optional(),
  emergency: intervals.optional(),
  ceaseMs: z.number().min(0).max(60_000).optional(),
  ignoresTxOff: z.boolean().optional(),
  ignoresReject: z.boolean().optional(),
});

const clone = z.strictObject({ track, afterEnd, off: intervals.default([]), hasKey: z.boolean() });

const terminal = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "an id is 2 to 63 lower-case letters, digits and hyphens"),
  track,
  afterEnd,
  off: intervals.default([]),
  device: device.optional(),
  clones: z.array(clone).max(MAX_CLONES).optional(),
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
    value: parsed.data.terminals.map(({ id, device: script, clones, ...body }) => ({
      id,
      ...bodyOf(body),
      ...(script === undefined ? {} : { device: present(script) }),
      ...(clones === undefined
        ? {}
        : { clones: clones.map(({ hasKey, ...other }) => ({ ...bodyOf(other), hasKey })) }),
    })),
  };
}

function bodyOf(body: Omit<z.infer<typeof clone>, "hasKey">): Pick<WorldTerminal, "track" | "off"> {
  const [first, ...rest] = body.track;
  return { track: { waypoints: [first!, ...rest], afterEnd: body.afterEnd }, off: body.off };
}

/** Members that were left out stay out. */
function present(script: z.infer<typeof device>): DeviceScript {
  return Object.fromEntries(Object.entries(script).filter(([, value]) => value !== undefined));
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
