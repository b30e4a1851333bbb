// SPDX-License-Identifier: MIT
// The gate: no payload byte and no connection passes without a live lease that reaches the destination, a transmitter
// that is not ordered off, and a link. Asked when bytes enter a delay line and again when they leave it.
import type { LeaseClaims, Reach } from "@perigee/authority";
import type { Reason, Revocation, TransmitOrder } from "./contract.ts";
import { type Installed, LeaseBook } from "./lease-book.ts";
import { noLink, type Refusal } from "./refusal.ts";

const NEVER = Number.NEGATIVE_INFINITY;

export class Gate {
  readonly #leases = new LeaseBook();
  #reason: Reason | null = null;
  /** When the reason was given by the authority's clock: an older one that comes late says nothing. */
  #reasonMs = NEVER;
  #order: TransmitOrder | null = null;

  /** Takes verified claims. They hold only if issued after every revocation and after every lease seen before. */
  install(claims: LeaseClaims): Installed {
    const installed = this.#leases.install(claims);
    if (installed === "installed" && claims.reach === "all" && claims.notBeforeMs === undefined) {
      this.#reason = null;
      this.#reasonMs = Math.max(this.#reasonMs, claims.issuedAtMs);
    }
    return installed;
  }

  /**
   * From now on there is no lease, unless one is issued after the revocation. A revocation that does not say when it
   * was decided ends every lease seen so far, whichever clock they were dated by.
   */
  revoke(revocation: Revocation, nowMs: number): void {
    const atMs = revocation.atMs ?? Math.max(nowMs, this.#leases.newestMs);
    // A revocation that comes after the newer lease which lifted it says nothing about that lease.
    if (this.#leases.revoke(atMs)) this.explain({ ...revocation, atMs });
  }

  explain({ code, message, atMs = this.#reasonMs }: Revocation): void {
    if (atMs < this.#reasonMs) return;
    this.#reason = { code, message };
    this.#reasonMs = atMs;
  }

  /**
   * Obeys an order to be silent, or to speak again. Only the newest order counts, however often and in whatever order
   * they come; no lease and no lapse of time gives back a transmitter that was ordered off.
   *
   * @returns `false` when it had an order as new already
   */
  transmit(order: TransmitOrder): boolean {
    if (this.#order !== null && order.sequence <= this.#order.sequence) return false;
    this.#order = order;
    return true;
  }

  /** The order to be silent that is in force. */
  get txOff(): TransmitOrder | null {
    return this.#order?.transmit === "off" ? this.#order : null;
  }

  /** When what is live now dies; `null` without a live lease. */
  expiresAtMs(nowMs: number): number | null {
    return this.#leases.at(nowMs)?.expiresAtMs ?? null;
  }

  reach(nowMs: number): Reach | "nothing" {
    return this.#leases.at(nowMs)?.reach ?? "nothing";
  }

  /**
   * May a byte for this destination pass now? The transmitter before permission, permission before link: a silenced
   * terminal is not told about its lease, nor one without permission about the link.
   */
  check(nowMs: number, reserved: boolean, linked: boolean, emergency = false): Refusal | null {
    const silence = this.txOff;
    if (silence !== null && !(emergency && silence.sparesEmergency)) {
      return { kind: "txOff", code: silence.code, message: silence.message };
    }
    const claims = this.#leases.at(nowMs);
    if (claims === null) {
      const code = this.#leases.isEmpty ? "NO_LEASE" : "LEASE_EXPIRED";
      const message = this.#leases.isEmpty
        ? "The terminal has no lease."
        : "The terminal's lease has expired and was not renewed.";
      return { kind: "permission", ...(this.#reason ?? { code, message }) };
    }
    if (claims.reach !== "all" && !reserved) {
      const code = "DESTINATION_OUT_OF_REACH";
      const message = "The terminal may reach only its account site and emergency services.";
      return { kind: "permission", ...(this.#reason ?? { code, message }) };
    }
    return linked ? null : noLink;
  }
}
