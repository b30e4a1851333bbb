// SPDX-License-Identifier: MIT
import type { Reach } from "./lease.ts";

/** What admission says. `txOff` orders a transmitter silent within 100 ms of receipt (47 CFR 25.228(c)). */
export type Outcome = "allow" | "provisional" | "restricted" | "deny" | "txOff";

/** Disablement codes of the terminal API (`UtDisablementCode`) that admission uses. */
export const wireCodes = {
  UNKNOWN_STATE: 0,
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
  /**
   * What is left to a terminal that calls for help. No provision of the Radio Regulations prevents a station in
   * distress from using any means at its disposal (ITU RR 4.9), and 47 CFR 25.271(c) exempts transmissions for the
   * immediate safety of life.
   */
  readonly inEmergency: Reach | "nothing";
  /** What is the matter. */
  readonly sentence: string;
  /** What the holder may do. */
  readonly remedy: string;
}

function allow(sentence: string, remedy: string): ReasonRow {
  return {
    ...{ outcome: "allow", wireCode: wire("OKAY"), linked: true, reach: "all", inEmergency: "all" },
    ...{ sentence, remedy },
  };
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
    inEmergency: "accountAndEmergency",
    sentence,
    remedy,
  };
}

function deny(name: WireCodeName, sentence: string, remedy: string): ReasonRow {
  return {
    ...{ outcome: "deny", wireCode: wire(name), linked: false, reach: "nothing" },
    ...{ inEmergency: "accountAndEmergency", sentence, remedy },
  };
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
 * Deactivation and sanctions cut the link: they stand on a finding, an order or a person's judgement, and nothing
 * milder was enough. Every other thing that is wrong with a terminal or its account leaves the account site, where
 * it can be put right.
 *
 * No published code says "not on the allow-list", "too near a border" or "fall silent"; BLOCKED_AREA is this
 * project's choice. The same holds of ACCOUNT_DISABLED for what an officer or an authority holds against a terminal.
 */
export const reasons = {
  TX_OFF: {
    ...deny("BLOCKED_AREA", "An order tells the terminal to stop transmitting.", "wait for the order's end"),
    outcome: "txOff",
  },
  AUTH_FAILED: {
    ...deny(
      "NO_ACTIVE_ACCOUNT",
      "The device could not prove that it is this terminal.",
      "ask for a new device key",
    ),
    // A lease names a terminal: there is none to name.
    inEmergency: "nothing",
  },
  TERMINAL_RETIRED: deny(
    "NO_ACTIVE_ACCOUNT",
    "The terminal is out of service for good.",
    "use another terminal",
  ),
  TERMINAL_DEACTIVATED: deny(
    "ACCOUNT_DISABLED",
    "The terminal is cut off on a confirmed finding or a lawful order.",
    "read the notice and appeal against it",
  ),
  PARTY_SANCTIONED: deny(
    "ACCOUNT_DISABLED",
    "A person has confirmed that the holder of the terminal or of its account is under sanctions.",
    "appeal with what tells the party from the one on the list",
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
  EMERGENCY: restricted(
    "ACCOUNT_DISABLED",
    "The terminal calls for help; what otherwise denies it a link is set aside for that.",
    "call for help; everything else stays refused",
  ),
  CLONE_SUSPECT: restricted(
    "ACCOUNT_DISABLED",
    "Two devices use the identity of this terminal, and which one is genuine is not settled.",
    "have the device's key enrolled again; a person then clears the mark",
  ),
  IDENTITY_UNPROVED: restricted(
    "UNKNOWN_STATE",
    "The device has not yet answered the challenge that proves it is this terminal.",
    "wait until the terminal has answered; that takes one exchange",
  ),
  HOLDER_UNVERIFIED: restricted(
    "ACCOUNT_DISABLED",
    "Who holds the terminal or its account has not been verified.",
    "verify the holder's identity at the account site",
  ),
  ACCOUNT_CLOSED: restricted(
    "NO_ACTIVE_ACCOUNT",
    "The account that answers for the terminal is closed.",
    "open an account and register the terminal with it",
  ),
  TERMINAL_NOT_ACTIVE: restricted(
    "NO_ACTIVE_ACCOUNT",
    "The terminal has no active account and plan.",
    "register and activate the terminal at the account site",
  ),
  TERMINAL_SEIZED: restricted(
    "ACCOUNT_DISABLED",
    "An authority has taken the terminal.",
    "have the terminal released or transferred to its new holder",
  ),
  TERMINAL_LOST: restricted(
    "ACCOUNT_DISABLED",
    "The terminal is reported lost or stolen.",
    "report it found at the account site",
  ),
  TERMINAL_RESTRICTED: restricted(
    "ACCOUNT_DISABLED",
    "An order limits the terminal to the account site and emergency services.",
    "read the ground of the order at the account site and answer it",
  ),
  TERMINAL_SUSPENDED: restricted(
    "ACCOUNT_DISABLED",
    "An officer has suspended the terminal for a limited time.",
    "read the ground of the order at the account site and answer it; the suspension ends by itself",
  ),
  TERMINAL_PAUSED: restricted(
    "NO_ACTIVE_ACCOUNT",
    "The holder has paused service.",
    "take up service again at the account site",
  ),
  NOT_ON_ALLOWLIST: restricted(
    "BLOCKED_AREA",
    "Only terminals on an allow-list have service in this territory, and this one is not on it.",
    "apply for an entry on the list",
  ),
  LOCATION_INCONSISTENT: restricted(
    "UNKNOWN_LOCATION",
    "The network has measured that the terminal is not where it says it is.",
    "give the terminal a clear view of the sky and remove whatever disturbs its positioning",
  ),
  LOCATION_UNKNOWN: restricted(
    "UNKNOWN_LOCATION",
    "Where the terminal is has not been reported, or not for ten minutes.",
    "give the terminal a clear view of the sky so that it can report its location",
  ),
  GUARD_BAND: restricted(
    "BLOCKED_AREA",
    "The terminal is so near the edge of an area that it may be on the other side, where it has no service.",
    "move away from the edge",
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
    "The terminal has been outside its account's country for more days than its plan allows.",
    "return to the account's country or move the account to this one",
  ),
  SPEED_CAP: restricted(
    "MOVING_TOO_FAST_FOR_POLICY",
    "The terminal moves faster than its plan or the area allows.",
    "slow down; service returns after two measurements in a row at or below the limit",
  ),
  GUARD_BAND_PROVISIONAL: provisional(
    "The terminal is so near the edge of an area that it may be on the other side; service continues on short leases.",
    "move away from the edge",
  ),
  LOCATION_INSUFFICIENT: provisional(
    "The network's measurements do not suffice to confirm the location; service continues on short leases.",
    "give the terminal a clear view of the sky so that more satellites can be measured",
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

const reachNames = { all: "all", accountAndEmergency: "account site and emergency", nothing: "nothing" };

/** {@link reasons} as a Markdown table, for the documentation. */
export function reasonsTable(): string {
  const lines = [
    "| # | reason | outcome | wire code | linked | reach | calling for help | meaning |",
    "|--:|---|---|---|---|---|---|---|",
  ];
  for (const [index, code] of reasonOrder.entries()) {
    const row: ReasonRow = reasons[code];
    const cells = [
      String(index + 1),
      `\`${code}\``,
      row.outcome,
      `${row.wireCode.number} ${row.wireCode.name}`,
      row.linked ? "yes" : "no",
      reachNames[row.reach],
      reachNames[row.inEmergency],
      row.sentence,
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}
