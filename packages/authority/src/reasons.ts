// SPDX-License-Identifier: MIT
import type { Reach } from "./lease.ts";

/** What admission says. `txOff` orders a transmitter silent; no rule of this room's first slice reaches it. */
export type Outcome = "allow" | "provisional" | "restricted" | "deny" | "txOff";

/** Disablement codes of the terminal API (`UtDisablementCode`) that admission uses. */
export const wireCodes = {
  OKAY: 1,
  NO_ACTIVE_ACCOUNT: 2,
  TOO_FAR_FROM_SERVICE_ADDRESS: 3,
  IN_OCEAN: 4,
  BLOCKED_COUNTRY: 6,
  CELL_IS_DISABLED: 8,
  ROAM_RESTRICTED: 10,
  UNKNOWN_LOCATION: 11,
  ACCOUNT_DISABLED: 12,
  MOVING_TOO_FAST_FOR_POLICY: 14,
  BLOCKED_AREA: 16,
} as const;

export type WireCodeName = keyof typeof wireCodes;

/** A disablement code as number and name. */
export interface WireCode {
  readonly number: number;
  readonly name: WireCodeName;
}

/** Everything that follows from a reason. */
export interface ReasonRow {
  readonly outcome: Outcome;
  readonly wireCode: WireCode;
  /** Whether the terminal keeps its radio link. */
  readonly linked: boolean;
  readonly reach: Reach | "nothing";
  /** What is the matter. */
  readonly sentence: string;
  /** What the holder may do. */
  readonly remedy: string;
}

function allow(sentence: string, remedy: string): ReasonRow {
  return { outcome: "allow", wireCode: wire("OKAY"), linked: true, reach: "all", sentence, remedy };
}

function provisional(sentence: string, remedy: string): ReasonRow {
  return { ...allow(sentence, remedy), outcome: "provisional" };
}

function restricted(name: WireCodeName, sentence: string, remedy: string): ReasonRow {
  return {
    outcome: "restricted",
    wireCode: wire(name),
    linked: true,
    reach: "accountAndEmergency",
    sentence,
    remedy,
  };
}

function deny(name: WireCodeName, sentence: string, remedy: string): ReasonRow {
  return { outcome: "deny", wireCode: wire(name), linked: false, reach: "nothing", sentence, remedy };
}

function wire(name: WireCodeName): WireCode {
  return { number: wireCodes[name], name };
}

/**
 * Every reason, in the order in which they are tried: the first that applies is the answer.
 *
 * All denials come before all restrictions. A restricted terminal keeps its link and therefore transmits; were a
 * closed account or a suspension looked at first, a terminal would gain a link in an unlicensed territory by
 * being suspended. For the same reason the area rules are tried, on the last known place however old, before the
 * location is called unknown: falling silent must not help.
 *
 * No published code says "not on the allow-list"; BLOCKED_AREA is this project's choice.
 */
export const reasons = {
  TERMINAL_RETIRED: deny(
    "NO_ACTIVE_ACCOUNT",
    "The terminal is out of service for good.",
    "use another terminal",
  ),
  AREA_NOT_LICENSED: deny(
    "BLOCKED_COUNTRY",
    "Terminals are not authorised to transmit in this territory.",
    "take the terminal to a territory where it is licensed",
  ),
  AREA_NOT_ACTIVE: deny(
    "CELL_IS_DISABLED",
    "The operator does not provide service in this territory.",
    "take the terminal to a territory where service is active",
  ),
  LEGAL_REGIME: deny(
    "BLOCKED_AREA",
    "A law forbids the operator to provide service in this territory.",
    "take the terminal to a territory that the law does not cover",
  ),
  TERMINAL_NOT_ACTIVE: restricted(
    "NO_ACTIVE_ACCOUNT",
    "The terminal has no active account and plan.",
    "register and activate the terminal at the account site",
  ),
  TERMINAL_SUSPENDED: restricted(
    "ACCOUNT_DISABLED",
    "An officer has suspended the terminal for a limited time.",
    "read the ground of the order at the account site and answer it; the suspension ends by itself",
  ),
  NOT_ON_ALLOWLIST: restricted(
    "BLOCKED_AREA",
    "Only terminals on an allow-list have service in this territory, and this one is not on it.",
    "apply for an entry on the list",
  ),
  LOCATION_UNKNOWN: restricted(
    "UNKNOWN_LOCATION",
    "Where the terminal is has not been reported, or not for ten minutes.",
    "give the terminal a clear view of the sky so that it can report its location",
  ),
  PLAN_OCEAN: restricted(
    "IN_OCEAN",
    "The terminal is on the high seas and its plan ends at the territorial sea.",
    "change to a plan that includes the ocean, or return to coastal waters",
  ),
  PLAN_ADDRESS: restricted(
    "TOO_FAR_FROM_SERVICE_ADDRESS",
    "The terminal is too far from the service address of its plan.",
    "return to the service address, change the address or change to a plan that roams",
  ),
  PLAN_COUNTRY: restricted(
    "ROAM_RESTRICTED",
    "The terminal is outside its account's country and its plan works only inside.",
    "return to the account's country or change to a plan that roams abroad",
  ),
  ROAM_EXPIRED: restricted(
    "ROAM_RESTRICTED",
    "The terminal has been outside its account's country for more days this year than its plan allows.",
    "return to the account's country or move the account to this one",
  ),
  SPEED_CAP: restricted(
    "MOVING_TOO_FAST_FOR_POLICY",
    "The terminal moves faster than its plan or the area allows.",
    "slow down; service returns with the next measurement at or below the limit",
  ),
  LOCATION_STALE: provisional(
    "The last location report is more than a minute old; service continues on short leases.",
    "give the terminal a clear view of the sky so that it can report its location",
  ),
  ALLOW: allow("Every rule that applies here permits service.", "use the service"),
} as const satisfies { readonly [code: string]: ReasonRow };

/** A stable reason code. */
export type ReasonCode = keyof typeof reasons;

/** The reason codes in the order in which admission tries them. */
export const reasonOrder = Object.keys(reasons) as readonly ReasonCode[];

/** {@link reasons} as a Markdown table, for the documentation. */
export function reasonsTable(): string {
  const lines = [
    "| # | reason | outcome | wire code | linked | reach | meaning |",
    "|--:|---|---|---|---|---|---|",
  ];
  for (const [index, code] of reasonOrder.entries()) {
    const row = reasons[code];
    const cells = [
      String(index + 1),
      `\`${code}\``,
      row.outcome,
      `${row.wireCode.number} ${row.wireCode.name}`,
      row.linked ? "yes" : "no",
      { all: "all", accountAndEmergency: "account site and emergency", nothing: "nothing" }[row.reach],
      row.sentence,
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}
