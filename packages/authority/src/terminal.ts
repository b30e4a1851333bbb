// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";

export type { Position };

import { type AuthorityError, fail, type Result, succeed } from "./result.ts";

/** A person or organisation. Donor, holder and user of a terminal are three parties, even when they are one. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: "person" | "organisation";
  /** ISO 3166-1 alpha-2 of residence or seat. */
  readonly country: string;
  /** Other names and spellings it is known by. */
  readonly aliases: readonly string[];
  readonly verification: {
    readonly state: "unverified" | "verified" | "failed";
    readonly method: string | null;
    readonly by: string | null;
    readonly atMs: number;
  };
  /** Sanctioned only by a person's confirmed judgement of a screening, never by a score. */
  readonly standing: "clear" | "sanctioned";
  /** ISO 8601 date of a person, where it is known. */
  readonly birthDate?: string;
  /** Numbers that name it beyond doubt: a passport, a register of companies. */
  readonly identifiers?: readonly PartyIdentifier[];
  /** With which the ledger's commitment to the personal data was made; erasing it makes the commitment mute. */
  readonly salt?: string;
  /** When its personal data were erased; UTC ms. */
  readonly erasedMs?: number;
}

/** A number by which a register knows a party. */
export interface PartyIdentifier {
  /** Which register, e.g. `passport`, `companyRegister`. */
  readonly kind: string;
  readonly value: string;
}

/** A customer's account; many terminals may belong to it. */
export interface Account {
  readonly id: string;
  /** Id of the {@link Party} that answers for the account. */
  readonly holder: string;
  /** Country of the account, by the codes of the boundary view; not where its terminals are. */
  readonly country: string;
  readonly state: "open" | "closed";
  /** Account that manages this one; `null` for one that stands by itself. */
  readonly managedBy: string | null;
}

/** Where a plan works: around one address, in the account's country, or abroad for a number of days. */
export type Roaming = "none" | "sameCountry" | "global";

export interface Plan {
  readonly id: string;
  readonly title: string;
  readonly downMbps: number;
  readonly upMbps: number;
  /** Whether it works beyond the territorial sea (12 nmi). Coastal waters are part of every plan. */
  readonly ocean: boolean;
  readonly roaming: Roaming;
  /** Days per calendar year (UTC) that a `global` plan works outside the account's country. */
  readonly roamDays: number;
  readonly maxSpeedKmh: number;
  /** Radius around the service address in km; a number exactly when `roaming` is `none`. */
  readonly serviceAddressRadiusKm: number | null;
}

/** A suspension in force: it ends at `untilMs` whether or not anybody records the end. */
export interface Suspension {
  readonly orderId: string;
  readonly officer: string;
  readonly ground: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** An officer's or a rule's limit on a terminal that keeps its link: account site and emergency only. */
export interface Restriction {
  readonly orderId: string;
  readonly ground: string;
  readonly fromMs: number;
  /** When somebody must look again; it does not end by itself. */
  readonly reviewMs: number;
}

/** A terminal that was cut off on a confirmed finding or a lawful order; it can be reinstated. */
export interface Deactivation {
  readonly orderId: string;
  readonly ground: string;
  readonly basis: { readonly kind: "finding" | "lawfulOrder"; readonly id: string };
  /** The state to which a reinstatement leads: in service, if it was in service in any way. */
  readonly returnsTo: "sold" | "registered" | "verified" | "active";
  readonly fromMs: number;
  readonly reviewMs: number;
}

/** Marks that stand beside the state. */
export type TerminalFlag = "lost" | "seized" | "cloneSuspect";

export interface Terminal {
  readonly id: string;
  readonly name: string;
  /** What is printed on the box, e.g. KIT00000042; `null` where nobody entered it. */
  readonly kitNumber: string | null;
  readonly serial: string | null;
  readonly model: string | null;
  /** Ed25519, SPKI DER, base64: the device proves itself with it; `null` until it was enrolled. */
  readonly publicKey: string | null;
  /** Parties: who gave it, whose it is, who uses it. Three things, even when they are one. */
  readonly donor: string | null;
  readonly holder: string | null;
  readonly user: string | null;
  readonly serviceLineId: string | null;
  /** The next three are those of the service line, held here because every admission needs them. */
  readonly accountId: string | null;
  readonly planId: string | null;
  readonly serviceAddress: Position | null;
  readonly state: TerminalState;
  /** When it entered `state`; UTC ms. */
  readonly stateSinceMs: number;
  /** Present exactly in state `suspended`. */
  readonly suspension: Suspension | null;
  /** Present exactly in state `restricted`. */
  readonly restriction: Restriction | null;
  /** Present exactly in state `deactivated`. */
  readonly deactivation: Deactivation | null;
  /** Since when each mark stands; UTC ms. */
  readonly flags: { readonly [F in TerminalFlag]?: number };
}

/** The states of a terminal, one sentence each. */
export const terminalStates = {
  manufactured: "It exists and belongs to nobody's account.",
  sold: "It has a holder and belongs to no account.",
  registered: "It is bound to an account and its holder is not verified yet.",
  verified: "It is bound to an account of a verified holder and has not been switched on.",
  active: "It is in service.",
  paused: "Its holder has paused service.",
  restricted: "An order limits it to the account site and emergency services.",
  suspended: "An officer has interrupted its service for a limited time.",
  deactivated: "It is cut off on a confirmed finding or a lawful order.",
  retired: "It is out of service for good.",
} as const;

export type TerminalState = keyof typeof terminalStates;

/** What can happen to a terminal, with what each event brings along. */
export type TerminalEvent =
  | { readonly type: "sell"; readonly holder: string }
  | {
      readonly type: "register";
      readonly accountId: string;
      /** `null`: it has no service line yet. */
      readonly planId: string | null;
      readonly serviceAddress: Position | null;
      readonly serviceLineId: string | null;
    }
  | { readonly type: "verify" }
  | { readonly type: "activate" }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "restrict"; readonly restriction: Restriction }
  | { readonly type: "liftRestriction" }
  | { readonly type: "suspend"; readonly suspension: Suspension }
  | { readonly type: "restore" }
  | { readonly type: "expireSuspension" }
  | { readonly type: "deactivate"; readonly deactivation: Deactivation }
  | { readonly type: "reinstate" }
  | { readonly type: "release" }
  | { readonly type: "transfer"; readonly holder: string }
  | { readonly type: "retire" };

export interface TerminalTransition {
  readonly to: TerminalState;
  /** Action name of the decision that records it. */
  readonly decision: string;
  readonly sentence: string;
}

const suspended: TerminalTransition = {
  to: "suspended",
  decision: "suspend",
  sentence: "An officer interrupts service for a limited time.",
};
const deactivated: TerminalTransition = {
  to: "deactivated",
  decision: "deactivate",
  sentence: "The terminal is cut off on a confirmed finding or a lawful order.",
};
const released: TerminalTransition = {
  to: "sold",
  decision: "release",
  sentence: "The terminal leaves its account and stays its holder's.",
};
const transferred: TerminalTransition = {
  to: "sold",
  decision: "transfer",
  sentence: "The terminal goes to another holder, who registers it anew; its history stays.",
};
const retired: TerminalTransition = {
  to: "retired",
  decision: "retire",
  sentence: "The terminal leaves service for good.",
};

/**
 * State × event → state and decision. What is not in the table is illegal. A suspended, restricted or deactivated
 * terminal cannot be transferred or retired: what stands against it is closed first, so that no order is left without an
 * end and changing hands undoes none.
 */
export const terminalTransitions: {
  readonly [S in TerminalState]: { readonly [E in TerminalEvent["type"]]?: TerminalTransition };
} = {
  manufactured: {
    sell: { to: "sold", decision: "sell", sentence: "The terminal gets its first holder." },
    register: {
      to: "registered",
      decision: "register",
      sentence: "The terminal is bound to an account and a plan.",
    },
    retire: retired,
  },
  sold: {
    register: {
      to: "registered",
      decision: "register",
      sentence: "The terminal is bound to an account and a plan.",
    },
    transfer: transferred,
    deactivate: deactivated,
    retire: retired,
  },
  registered: {
    verify: { to: "verified", decision: "verify", sentence: "Its holder is verified." },
    release: released,
    transfer: transferred,
    deactivate: deactivated,
    retire: retired,
  },
  verified: {
    activate: { to: "active", decision: "activate", sentence: "The terminal enters service." },
    release: released,
    transfer: transferred,
    deactivate: deactivated,
    retire: retired,
  },
  active: {
    pause: { to: "paused", decision: "pause", sentence: "The holder pauses service." },
    restrict: { to: "restricted", decision: "restrict", sentence: "An order limits the terminal." },
    suspend: suspended,
    deactivate: deactivated,
    release: released,
    transfer: transferred,
    retire: retired,
  },
  paused: {
    resume: { to: "active", decision: "resume", sentence: "The holder takes up service again." },
    deactivate: deactivated,
    release: released,
    transfer: transferred,
    retire: retired,
  },
  // A suspension would take nothing that the restriction leaves: both reach the account site only.
  restricted: {
    liftRestriction: { to: "active", decision: "lift", sentence: "The limit is lifted." },
    deactivate: deactivated,
  },
  suspended: {
    restore: {
      to: "active",
      decision: "restore",
      sentence: "An officer ends the suspension before its term.",
    },
    expireSuspension: {
      to: "active",
      decision: "expire",
      sentence: "The suspension reaches the end of its term.",
    },
    deactivate: deactivated,
  },
  deactivated: {
    reinstate: {
      to: "active",
      decision: "reinstate",
      sentence: "The deactivation is reversed; the terminal is what it was before.",
    },
  },
  retired: {},
};

/** A terminal fresh from the factory. */
export function manufactureTerminal(id: string, name: string, atMs: number): Terminal {
  return {
    id,
    name,
    kitNumber: null,
    serial: null,
    model: null,
    publicKey: null,
    donor: null,
    holder: null,
    user: null,
    serviceLineId: null,
    accountId: null,
    planId: null,
    serviceAddress: null,
    state: "manufactured",
    stateSinceMs: atMs,
    suspension: null,
    restriction: null,
    deactivation: null,
    flags: {},
  };
}

/** The terminal after an event, and the row of the table that led there. */
export interface TerminalChange {
  readonly terminal: Terminal;
  readonly transition: TerminalTransition;
}

/**
 * Applies one event to a terminal; the given terminal is left as it is.
 *
 * @returns `illegalTerminalTransition` when {@link terminalTransitions} has no such row.
 */
export function applyTerminalEvent(
  terminal: Terminal,
  event: TerminalEvent,
  atMs: number,
): Result<TerminalChange, AuthorityError<"illegalTerminalTransition">> {
  const transition = terminalTransitions[terminal.state][event.type];
  if (transition === undefined) {
    return fail(
      "illegalTerminalTransition",
      "event",
      `Terminal ${terminal.id} is ${terminal.state}; that state has no transition "${event.type}".`,
    );
  }
  const to =
    event.type === "reinstate" && terminal.deactivation !== null
      ? terminal.deactivation.returnsTo
      : transition.to;
  return succeed({
    transition,
    terminal: {
      ...terminal,
      ...bindingAfter(event),
      state: to,
      stateSinceMs: atMs,
      suspension: event.type === "suspend" ? event.suspension : null,
      restriction: event.type === "restrict" ? event.restriction : null,
      deactivation: event.type === "deactivate" ? event.deactivation : null,
    },
  });
}

/** What an event changes of whose the terminal is and which account answers for it. */
function bindingAfter(event: TerminalEvent): Partial<Terminal> {
  switch (event.type) {
    case "register": {
      const { accountId, planId, serviceAddress, serviceLineId } = event;
      return { accountId, planId, serviceAddress, serviceLineId };
    }
    case "sell":
      return { holder: event.holder };
    case "release":
      return { accountId: null, planId: null, serviceAddress: null, serviceLineId: null };
    case "transfer":
      return {
        holder: event.holder,
        user: null,
        accountId: null,
        planId: null,
        serviceAddress: null,
        serviceLineId: null,
      };
    default:
      return {};
  }
}
