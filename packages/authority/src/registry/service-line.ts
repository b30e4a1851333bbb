// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";

/** A subscription: one plan of one account, at an address or on the move, for at most one terminal at a time. */
export interface ServiceLine {
  readonly id: string;
  readonly accountId: string;
  readonly planId: string;
  /** What the customer calls it. */
  readonly nickname: string;
  readonly serviceAddress: Position | null;
  /** Whether it has a service address; stays known once the address itself was erased. */
  readonly hasAddress: boolean;
  readonly terminalId: string | null;
  /** `paused` by the customer; `ended` for good. */
  readonly state: "active" | "paused" | "ended";
  /** Who pays, where that is not the account's holder. */
  readonly sponsorshipId: string | null;
  readonly sinceMs: number;
  /** With which the ledger's commitment to name and address was made; see `personal-data.ts`. */
  readonly salt?: string;
}
