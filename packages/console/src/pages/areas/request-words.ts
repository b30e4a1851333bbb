// SPDX-License-Identifier: MIT
import type { RequestRow } from "./request-row.ts";

type State = RequestRow["state"];

/** Where a request stands. */
export const REQUEST_STATES: Record<State, string> = {
  received: "Received",
  authenticated: "Authenticated",
  reviewed: "Reviewed",
  needsDirective: "Needs a directive",
  granted: "Granted",
  partial: "Granted in part",
  refused: "Refused",
  executed: "Carried out",
  verified: "Verified",
  expired: "Expired",
  withdrawn: "Withdrawn",
};

export const REQUEST_TONES: Record<State, "ok" | "warn" | "bad" | "mute"> = {
  received: "warn",
  authenticated: "warn",
  reviewed: "warn",
  needsDirective: "warn",
  granted: "ok",
  partial: "ok",
  refused: "bad",
  executed: "ok",
  verified: "ok",
  expired: "mute",
  withdrawn: "mute",
};

/** The way that most requests take; where one left it is told beside it. */
export const REQUEST_WAY: readonly State[] = [
  "received",
  "authenticated",
  "reviewed",
  "granted",
  "executed",
  "verified",
  "expired",
];

/** What can be done next, by state; the operator's own table decides in the end. */
export const NEXT_STEPS: Record<State, readonly (readonly [command: string, verb: string])[]> = {
  received: [
    ["areaRequest.authenticate", "Authenticate"],
    ["areaRequest.disown", "Not from its sender"],
  ],
  authenticated: [["areaRequest.review", "Review"]],
  reviewed: [["areaRequest.decide", "Decide"]],
  needsDirective: [["areaRequest.decide", "Decide"]],
  granted: [["areaRequest.execute", "Carry out"]],
  partial: [["areaRequest.execute", "Carry out"]],
  refused: [],
  executed: [
    ["areaRequest.verify", "Verify"],
    ["areaRequest.renew", "Renew"],
  ],
  verified: [["areaRequest.renew", "Renew"]],
  expired: [],
  withdrawn: [],
};

/** States from which the sender may still take it back. */
const WITHDRAWABLE: ReadonlySet<State> = new Set([
  "received",
  "authenticated",
  "reviewed",
  "needsDirective",
  "granted",
  "partial",
]);
export const mayBeWithdrawn = (state: State): boolean => WITHDRAWABLE.has(state);

/** How far along its way a request is: a place in {@link REQUEST_WAY}; what ended early stands where it ended. */
export function progressOf({ state, authentication, impactNote, execution }: RequestRow): number {
  const at = REQUEST_WAY.indexOf(state === "partial" ? "granted" : state);
  if (at >= 0) return at;
  if (execution) return REQUEST_WAY.indexOf("executed");
  if (impactNote !== null) return REQUEST_WAY.indexOf("reviewed");
  return REQUEST_WAY.indexOf(authentication === null ? "received" : "authenticated");
}

const QUARTER_MS = 15 * 60_000;
const FOUR_HOURS_MS = 4 * 3_600_000;

/** By when an emergency must be answered or decided; `null` where nothing is due. */
export function dueOf({ emergency, state, receivedMs }: RequestRow): { what: string; atMs: number } | null {
  if (!emergency) return null;
  if (state === "received") return { what: "Acknowledge", atMs: receivedMs + QUARTER_MS };
  if (state === "authenticated" || state === "reviewed")
    return { what: "Decide", atMs: receivedMs + FOUR_HOURS_MS };
  return null;
}

/** What is asked for, in a line. */
export function scopeText({ scope }: Pick<RequestRow, "scope">): string {
  switch (scope.kind) {
    case "area":
      return `${scope.wants} in ${scope.areas.join(", ")}`;
    case "terminals":
      return `${scope.wants} ${scope.terminalIds.length} terminals`;
    case "data":
      return `${scope.wants}, about ${scope.subjects.length}`;
  }
}
