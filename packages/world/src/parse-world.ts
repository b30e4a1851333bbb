// SPDX-License-Identifier: MIT
import { z } from "zod";
import { rangingLies } from "./ranging-script.ts";
import type { Track } from "./track.ts";
import { type TrafficProfileName, trafficProfiles } from "./traffic-profiles.ts";
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
/** Devices under one name besides the genuine one. */
const MAX_CLONES = 16;
/** People behind one terminal. */
const MAX_USERS = 1000;
const MAX_OBSTACLES = 64;
/** Devices on the network behind one terminal. */
const MAX_CLIENTS = 128;

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
  wrongKey: intervals.exactOptional(),
  replays: intervals.exactOptional(),
  emergency: intervals.exactOptional(),
  ceaseMs: z.number().min(0).max(60_000).exactOptional(),
  ignoresTxOff: z.boolean().exactOptional(),
  ignoresReject: z.boolean().exactOptional(),
  ranging: rangingLies.exactOptional(),
});

const profileNames = Object.keys(trafficProfiles) as [TrafficProfileName, ...TrafficProfileName[]];
const mbps = z.number().min(0).max(10_000);
const traffic = z.discriminatedUnion("profile", [
  z.strictObject({ profile: z.literal("constant"), downMbps: mbps, upMbps: mbps }),
  z.strictObject({
    profile: z.enum(profileNames),
    users: z.int().min(0).max(MAX_USERS).exactOptional(),
    scale: z.number().min(0).max(100).exactOptional(),
  }),
]);

const azimuth = z.number().min(-180).max(360);
const obstacle = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["building", "trees", "mast"]),
    bearingDeg: azimuth,
    distanceM: z.number().min(0.1).max(100_000),
    widthM: z.number().min(0.01).max(100_000),
    heightM: z.number().min(0.01).max(10_000),
  }),
  z.strictObject({
    kind: z.literal("ridge"),
    fromDeg: azimuth,
    untilDeg: azimuth,
    topDeg: z.number().min(0).max(90),
  }),
]);

const home = z.strictObject({
  networkName: z.string().min(1).max(32).exactOptional(),
  bypass: z.boolean().exactOptional(),
  clients: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(63),
        connection: z.enum(["ethernet", "2.4GHz", "5GHz"]),
      }),
    )
    .max(MAX_CLIENTS)
    .exactOptional(),
});

const clone = z.strictObject({ track, afterEnd, off: intervals.default([]), hasKey: z.boolean() });

const terminal = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "an id is 2 to 63 lower-case letters, digits and hyphens"),
  track,
  afterEnd,
  off: intervals.default([]),
  overheated: intervals.exactOptional(),
  traffic: traffic.exactOptional(),
  sky: z.array(obstacle).max(MAX_OBSTACLES).exactOptional(),
  home: home.exactOptional(),
  device: device.exactOptional(),
  clones: z.array(clone).max(MAX_CLONES).exactOptional(),
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
    value: parsed.data.terminals.map(({ afterEnd, clones, ...terminal }) => ({
      ...terminal,
      track: trackOf(terminal.track, afterEnd),
      ...(clones === undefined
        ? {}
        : {
            clones: clones.map(({ afterEnd, ...other }) => ({
              ...other,
              track: trackOf(other.track, afterEnd),
            })),
          }),
    })),
  };
}

function trackOf(waypoints: z.infer<typeof track>, afterEnd: Track["afterEnd"]): Track {
  const [first, ...rest] = waypoints;
  return { waypoints: [first!, ...rest], afterEnd };
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}
