// SPDX-License-Identifier: MIT
// What the authority is given, and what it gives back.
import type { Actor, ScreeningLists } from "@perigee/authority";
import type { BoundaryView } from "@perigee/earth";
import type * as contract from "../contract.ts";
import type { Database } from "../storage/database.ts";
import type { LoggedDecision } from "../storage/decisions.ts";
import type { SigningKey } from "../storage/keys.ts";

/** A report of a terminal's position; it comes from the terminal and is believed as far as policy says. */
export interface Report {
  readonly terminalId: string;
  readonly atMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
}

export interface AuthorityOptions {
  readonly db: Database;
  readonly ledgerKey: SigningKey;
  readonly authorityKey: SigningKey;
  readonly boundaryView: BoundaryView;
  /** The name under which the operator itself speaks in statements and moves of areas. */
  readonly operatorName: string;
  readonly screeningLists: ScreeningLists;
  /** No lease is longer, whatever policy allows. */
  readonly longestLeaseMs: number;
  readonly onDecision: (decision: LoggedDecision) => void;
  /** Random bytes as hexadecimal, for personal data in requests; a simulated run brings its own. */
  readonly salt?: () => string;
}

/** An order and the person who gives it. */
export interface SignedOrder extends contract.OrderRequest {
  readonly actor: Actor;
}

/** An order after it took effect. */
export interface OrderEffect {
  readonly order: contract.Order;
  /** Terminals that were asked about again. */
  readonly terminals: readonly string[];
}

/** A command as somebody asks for it. */
export interface Asked {
  readonly name: string;
  readonly request: unknown;
  readonly actor: Actor;
  /** Why, where it needs two other persons' approval and becomes a proposal. */
  readonly reason?: string;
}
