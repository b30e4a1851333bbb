// SPDX-License-Identifier: MIT
// A terminal without a port: known to the gate only. Something else carries its bytes and asks.
import type { LeaseClaims } from "@perigee/authority";
import type { Revocation, TransmitOrder } from "./contract.ts";
import { Gate } from "./gate.ts";
import type { Installed } from "./lease-book.ts";
import type { Refusal } from "./refusal.ts";
import type { Way } from "./terminal.ts";

/** What the authority can say about a terminal, with or without a port. */
export interface Subject {
  readonly leased: boolean;
  install(claims: LeaseClaims): Installed;
  /** Gives the number of connections reset. */
  revoke(revocation: Revocation): number;
  explain(reason: Revocation): void;
  transmit(order: TransmitOrder): boolean;
  permit(way: Way, nowMs: number, linked?: boolean): Refusal | null;
}

export class Enrolled implements Subject {
  readonly #gate = new Gate();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get leased(): boolean {
    return this.#gate.expiresAtMs(this.#now()) !== null;
  }

  install(claims: LeaseClaims): Installed {
    return this.#gate.install(claims);
  }

  revoke(revocation: Revocation): number {
    this.#gate.revoke(revocation, this.#now());
    return 0;
  }

  explain(reason: Revocation): void {
    this.#gate.explain(reason);
  }

  transmit(order: TransmitOrder): boolean {
    return this.#gate.transmit(order);
  }

  permit({ reserved, emergency }: Way, nowMs: number, linked = true): Refusal | null {
    return this.#gate.check(nowMs, reserved, linked, emergency);
  }
}
