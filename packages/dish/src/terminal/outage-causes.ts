// SPDX-License-Identifier: MIT
import type { UnservedReason } from "@perigee/network";
import { eventReason, eventSeverity, outageCause } from "../schema/constants.ts";
import type { EnumOf } from "../schema/message.ts";

type EventName = keyof EnumOf<"SpaceX.API.Device.EventReason">;
type OutageEvent = EventName extends infer Name
  ? Name extends `EVENT_REASON_${infer Event extends `OUTAGE_${string}`}`
    ? Event
    : never
  : never;

/** What decides whether a terminal is out of service, and why. */
export interface Condition {
  unknownFault: boolean;
  booting: boolean;
  tooHot: boolean;
  stowed: boolean;
  asleep: boolean;
  rfInhibited: boolean;
  cableTest: boolean;
  motorsMoving: boolean;
  attitudeFound: boolean;
  linked: boolean;
  /** The planner's word where there is no link. */
  unserved: string | null;
  obstructed: boolean;
  signalLost: boolean;
  pingsLost: boolean;
}

export interface OutageRow {
  /** `EventReason` in the event log. */
  readonly event: number;
  /** `EventSeverity`. */
  readonly severity: number;
  /** Whether the terminal may transmit meanwhile. */
  readonly onAir: boolean;
  readonly sentence: string;
  readonly when: (condition: Condition) => boolean;
}

/** The planner's words that mean that nothing stands in the sky for this terminal. */
const emptySky: ReadonlySet<string> = new Set<UnservedReason>(["noSatellite", "geostationaryArc"]);

/**
 * Every cause of an outage, in the order in which they are tried: the first that applies is the cause, and a terminal
 * for which none applies is connected. What it does to itself comes before what happens to it, and each step of
 * reaching the Internet before the next.
 *
 * The event log has no reason of its own for motors and cable tests.
 */
export const outageCauses = {
  BOOTING: row("OUTAGE_BOOTING", "ADVISORY", false, "It is starting.", c => c.booting),
  THERMAL_SHUTDOWN: row(
    "OUTAGE_THERMAL_SHUTDOWN",
    "WARNING",
    false,
    "It is too hot and has switched itself off.",
    c => c.tooHot,
  ),
  STOWED: row("OUTAGE_STOWED", "ADVISORY", false, "Its owner has stowed it.", c => c.stowed),
  SLEEPING: row(
    "OUTAGE_SLEEPING",
    "ADVISORY",
    false,
    "It sleeps to save power, on its owner's schedule.",
    c => c.asleep,
  ),
  INHIBIT_RF: row(
    "OUTAGE_INHIBIT_RF",
    "ADVISORY",
    false,
    "Its owner has switched its radio off.",
    c => c.rfInhibited,
  ),
  CABLE_TEST: row("OUTAGE_UNKNOWN", "ADVISORY", false, "It is testing its cable.", c => c.cableTest),
  ACTUATOR_ACTIVITY: row(
    "OUTAGE_UNKNOWN",
    "ADVISORY",
    false,
    "Its motors are turning it.",
    c => c.motorsMoving,
  ),
  UNKNOWN: row(
    "OUTAGE_UNKNOWN",
    "CAUTION",
    false,
    "It is out of service and does not know why.",
    c => c.unknownFault,
  ),
  SKY_SEARCH: row(
    "OUTAGE_SKY_SEARCH",
    "CAUTION",
    false,
    "It listens for satellites to learn its attitude.",
    c => !c.attitudeFound,
  ),
  NO_SATS: row("OUTAGE_NO_SATS", "CAUTION", true, "No satellite that may serve it is in view.", noSats),
  NO_SCHEDULE: row(
    "OUTAGE_NO_SCHEDULE",
    "CAUTION",
    true,
    "The network has no time for it in this slot.",
    c => !c.linked,
  ),
  OBSTRUCTED: row(
    "OUTAGE_OBSTRUCTED",
    "CAUTION",
    true,
    "Something stands between it and its satellite.",
    c => c.obstructed,
  ),
  NO_DOWNLINK: row(
    "OUTAGE_NO_DOWNLINK",
    "CAUTION",
    true,
    "It does not hear its satellite.",
    c => c.signalLost,
  ),
  NO_PINGS: row(
    "OUTAGE_NO_PINGS",
    "CAUTION",
    true,
    "It hears its satellite, and no ping comes back.",
    c => c.pingsLost,
  ),
} as const satisfies { readonly [Cause in keyof EnumOf<"SpaceX.API.Device.DishOutage.Cause">]: OutageRow };

/** Why a terminal is out of service. */
export type OutageCause = keyof typeof outageCauses;

const order = Object.entries(outageCauses) as readonly (readonly [OutageCause, OutageRow])[];

/** @returns the first cause that applies; null: the terminal is connected */
export function causeOf(condition: Condition): OutageCause | null {
  for (const [cause, { when }] of order) if (when(condition)) return cause;
  return null;
}

/** {@link outageCauses} as a Markdown table, in the order in which they are tried. */
export function outageTable(): string {
  const lines = ["| cause | no. | radio | meaning |", "|---|--:|---|---|"];
  for (const [cause, { onAir, sentence }] of order) {
    lines.push(`| \`${cause}\` | ${outageCause[cause]} | ${onAir ? "on" : "silent"} | ${sentence} |`);
  }
  return `${lines.join("\n")}\n`;
}

function noSats(condition: Condition): boolean {
  return !condition.linked && condition.unserved !== null && emptySky.has(condition.unserved);
}

function row(
  event: OutageEvent,
  severity: "WARNING" | "CAUTION" | "ADVISORY",
  onAir: boolean,
  sentence: string,
  when: (condition: Condition) => boolean,
): OutageRow {
  return {
    event: eventReason[`EVENT_REASON_${event}`],
    severity: eventSeverity[`EVENT_SEVERITY_${severity}`],
    onAir,
    sentence,
    when,
  };
}
