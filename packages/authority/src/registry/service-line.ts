// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";

/** What was put off until the next bill day: another plan and product, or the end. */
export interface PendingChange {
  /** UTC ms. */
  readonly atMs: number;
  /** `null`: the line ends. */
  readonly to: { readonly planId: string; readonly productId: string } | null;
}

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
  /** `paused` by the customer; `ended`: it has no terminal, and service only once its holder buys it anew. */
  readonly state: "active" | "paused" | "ended";
  /** Who pays, where that is not the account's holder. */
  readonly sponsorshipId: string | null;
  readonly sinceMs: number;
  /** The {@link Address} that `serviceAddress` is the place of; absent: it was told by itself. */
  readonly addressId?: string;
  /** What was bought, by its id in the operator's price list; absent: whatever sells the plan. */
  readonly productId?: string;
  /** Whether its terminal has an address that the Internet reaches. */
  readonly publicIp?: boolean;
  /** What happens to it by itself, and when: {@link PendingChange}. */
  readonly pending?: PendingChange;
  /** When it ended, in state `ended`; UTC ms. */
  readonly endedMs?: number;
  /** With which the ledger's commitment to name and address was made; see `personal-data.ts`. */
  readonly salt?: string;
}
