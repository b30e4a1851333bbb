// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";

export type { Position };

import { type AuthorityError, fail, type Result, succeed } from "./result.ts";

/** A person or organisation. Donor, holder and user of a terminal are three parties, even when they are one. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: "person" | "organisation";
}

/** A customer's account; many terminals may belong to it. */
export interface Account {
  readonly id: string;
  /** Id of the {@link Party} that answers for the account. */
  readonly holder: string;
  /** Country of the account, by the codes of the boundary view; not where its terminals are. */
  readonly country: string;
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

export interface Terminal {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly planId: string | null;
  readonly serviceAddress: Position | null;
  readonly state: TerminalState;
  /** When it entered `state`; UTC ms. */
  readonly stateSinceMs: number;
  /** Present exactly in state `suspended`. */
  readonly suspension: Suspension | null;
}

/** The states of a terminal, one sentence each. */
export const terminalStates = {
  manufactured: "It exists and belongs to no account.",
  registered: "It is bound to an account and a plan and has not been switched on.",
  active: "It is in service.",
  suspended: "An officer has interrupted its service for a limited time.",
  retired: "It is out of service for good.",
} as const;

export type TerminalState = keyof typeof terminalStates;

/** What can happen to a terminal, with what each event brings along. */
export type TerminalEvent =
  | {
      readonly type: "register";
      readonly accountId: string;
      readonly planId: string;
      readonly serviceAddress: Position | null;
    }
  | { readonly type: "activate" }
  | { readonly type: "suspend"; readonly suspension: Suspension }
  | { readonly type: "restore" }
  | { readonly type: "expireSuspension" }
  | { readonly type: "retire" };

export interface TerminalTransition {
  readonly to: TerminalState;
  /** Action name of the decision that records it. */
  readonly decision: "register" | "activate" | "suspend" | "restore" | "expire" | "retire";
  readonly sentence: string;
}

/**
 * State × event → state and decision. What is not in the table is illegal. A suspended terminal cannot be
 * retired: the suspension is closed first, so that no order is left without an end.
 */
export const terminalTransitions: {
  readonly [S in TerminalState]: { readonly [E in TerminalEvent["type"]]?: TerminalTransition };
} = {
  manufactured: {
    register: {
      to: "registered",
      decision: "register",
      sentence: "The terminal is bound to an account and a plan.",
    },
    retire: {
      to: "retired",
      decision: "retire",
      sentence: "The terminal leaves before it was ever registered.",
    },
  },
  registered: {
    activate: { to: "active", decision: "activate", sentence: "The terminal enters service." },
    retire: { to: "retired", decision: "retire", sentence: "The terminal leaves before it was in service." },
  },
  active: {
    suspend: {
      to: "suspended",
      decision: "suspend",
      sentence: "An officer interrupts service for a limited time.",
    },
    retire: { to: "retired", decision: "retire", sentence: "The terminal leaves service for good." },
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
  },
  retired: {},
};

/** A terminal fresh from the factory. */
export function manufactureTerminal(id: string, name: string, atMs: number): Terminal {
  return {
    id,
    name,
    accountId: null,
    planId: null,
    serviceAddress: null,
    state: "manufactured",
    stateSinceMs: atMs,
    suspension: null,
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
  const binding =
    event.type === "register"
      ? { accountId: event.accountId, planId: event.planId, serviceAddress: event.serviceAddress }
      : {};
  return succeed({
    transition,
    terminal: {
      ...terminal,
      ...binding,
      state: transition.to,
      stateSinceMs: atMs,
      suspension: event.type === "suspend" ? event.suspension : null,
    },
  });
}
