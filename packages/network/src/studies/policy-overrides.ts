// SPDX-License-Identifier: MIT
import { calmPolicy, defaultPolicy, type Policy } from "../policy.ts";
import { refuseStudy, type StudyResult } from "./study-error.ts";

/** The policies that have a name. */
export const NAMED_POLICIES = { default: defaultPolicy, calm: calmPolicy } as const;

/** Characters of a policy file at most. */
const MOST_CHARACTERS = 64 * 1024;
const LAYOUTS: readonly string[] = ["rings", "threeLasers", "plusGrid"];

/** Least and most of the numbers for which not any will do; others lie within a million of 0. Whole where it says so. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number, whole?: "whole"]>> = {
  "scheduler.minElevationDeg": [0, 90],
  "scheduler.lowShellMinElevationDeg": [0, 90],
  "scheduler.lowShellBelowKm": [0, 100_000],
  "scheduler.userGsoSeparationDeg": [0, 90],
  "scheduler.beamsPerSatellite": [0, 10_000, "whole"],
  "scheduler.remainingCapS": [1, 100_000],
  "scheduler.pathScaleMs": [0.001, 10_000],
  "scheduler.beams.colours": [1, 16, "whole"],
  "scheduler.beams.sameColourSeparationDeg": [0, 90],
  "scheduler.beams.cellsPerBeam": [1, 32, "whole"],
  "scheduler.beams.coFrequencyBeamsPerCell": [1, 16, "whole"],
  "scheduler.beams.beamsPerCell": [1, 32, "whole"],
  "scheduler.beams.beamDownMbps": [0.001, 1e6],
  "scheduler.beams.beamUpMbps": [0.001, 1e6],
  "scheduler.beams.idleParts": [1, 64, "whole"],
  "routes.gatewayGsoSeparationDeg": [0, 90],
  "routes.laserRangeKm": [0, 100_000],
  "routes.laserClearanceKm": [0, 10_000],
  "routes.laserHopMs": [0, 1000],
  "routes.contactSlots": [1, 240, "whole"],
  "routes.fibreStretch": [1, 10],
  "routes.fibreUsPerKm": [0.001, 1000],
  "home.samples": [0, 100, "whole"],
  "home.stepMin": [1, 1440],
  "link.fixedMs": [0, 10_000],
  "link.frameMs": [0.001, 1000],
  "link.fourFrameShare": [0, 1],
  "link.missProbability": [0, 0.99],
  "link.lossProbability": [0, 1],
  "link.gapDropShare": [0, 1],
};
const ANY_NUMBER = [-1e6, 1e6] as const;

/**
 * A policy from JSON: only what differs, by the names of `Policy`, like
 * `{ "extends": "calm", "scheduler": { "minElevationDeg": 30, "weights": { "contention": 0 } } }`. `extends` names the
 * policy that it starts from, `default` where it is not said. Unknown members, other kinds of value and numbers out of
 * range refuse the whole, by the member's path. Lists (generations of beams, kinds of gaps) cannot be set.
 */
export function parsePolicy(text: string): StudyResult<Policy> {
  if (text.length > MOST_CHARACTERS)
    return refuseStudy("tooLarge", "text", `a policy has at most ${MOST_CHARACTERS} characters.`);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return refuseStudy("format", "text", "this is no JSON.");
  }
  if (!isRecord(given)) return refuseStudy("format", "text", "a policy is an object.");
  const { extends: base = "default", ...members } = given;
  if (base !== "default" && base !== "calm")
    return refuseStudy("unknown", "extends", "the policies are default and calm.");
  return overridden(NAMED_POLICIES[base], members, "") as StudyResult<Policy>;
}

function overridden(
  base: object,
  given: Readonly<Record<string, unknown>>,
  path: string,
): StudyResult<object> {
  const known = base as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(given)) {
    const place = path === "" ? name : `${path}.${name}`;
    const was = OPTIONAL.get(place) ?? (Object.hasOwn(known, name) ? known[name] : undefined);
    if (was === undefined || Array.isArray(was))
      return refuseStudy("unknown", place.slice(0, 80), "a policy has no such member that can be set.");
    if (isRecord(was)) {
      if (!isRecord(value)) return refuseStudy("format", place, "an object is needed.");
      const inner = overridden(was, value, place);
      if (!inner.ok) return inner;
      result[name] = inner.value;
      continue;
    }
    const error = faultOf(place, value, was);
    if (error !== null) return refuseStudy(typeof value === typeof was ? "range" : "format", place, error);
    result[name] = value;
  }
  return { ok: true, value: result };
}

/** Members that a policy may leave out, with a value of their kind. */
const OPTIONAL: ReadonlyMap<string, number | boolean> = new Map<string, number | boolean>([
  ["scheduler.keepFirst", false],
  ["scheduler.weights.landing", 0],
]);

function faultOf(place: string, value: unknown, was: unknown): string | null {
  if (typeof was === "boolean") return typeof value === "boolean" ? null : "true or false is needed.";
  if (typeof was === "string")
    return LAYOUTS.includes(String(value)) ? null : `one of ${LAYOUTS.join(", ")} is needed.`;
  const [least, most, whole] = RANGES[place] ?? ANY_NUMBER;
  const fits = typeof value === "number" && value >= least && value <= most;
  if (fits && (whole === undefined || Number.isInteger(value))) return null;
  return `a ${whole === undefined ? "" : "whole "}number from ${least} to ${most} is needed.`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
