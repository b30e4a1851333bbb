// SPDX-License-Identifier: MIT
// The gate: no payload byte and no connection passes without a live lease that reaches the destination, and a link.
// Asked when bytes enter a delay line and again when they leave it.
import type { LeaseClaims, Reach } from "@perigee/authority";
import type { Reason, Revocation } from "./contract.ts";
import { noLink, type Refusal } from "./refusal.ts";

export type Installed = "installed" | "stale" | "revoked";

const NEVER = Number.NEGATIVE_INFINITY;

export class Gate {
  #claims: LeaseClaims | null = null;
  /** Issue time of the newest lease seen: an older one that comes late changes nothing, be it wider or longer. */
  #newestMs = NEVER;
  #revokedMs = NEVER;
  #reason: Reason | null = null;

  /** Takes verified claims. They hold only if issued after every revocation and after every lease seen before. */
  install(claims: LeaseClaims): Installed {
    if (claims.issuedAtMs <= this.#revokedMs) return "revoked";
    if (claims.issuedAtMs <= this.#newestMs) return "stale";
    this.#claims = claims;
    this.#newestMs = claims.issuedAtMs;
    if (claims.reach === "all") this.#reason = null;
    return "installed";
  }

  /**
   * From now on there is no lease, unless one is issued after the revocation. A revocation that does not say when it
   * was decided ends every lease seen so far, whichever clock they were dated by.
   */
  revoke(revocation: Revocation, nowMs: number): void {
    const atMs = revocation.atMs ?? Math.max(nowMs, this.#newestMs);
    this.#revokedMs = Math.max(this.#revokedMs, atMs);
    // A revocation that comes after the newer lease which lifted it says nothing about that lease.
    if (this.#claims !== null && this.#claims.issuedAtMs > this.#revokedMs) return;
    this.#claims = null;
    this.#reason = { code: revocation.code, message: revocation.message };
  }

  explain(reason: Reason): void {
    this.#reason = { code: reason.code, message: reason.message };
  }

  /** When the lease that is live now dies; `null` without one. */
  expiresAtMs(nowMs: number): number | null {
    return this.#live(nowMs)?.expiresAtMs ?? null;
  }

  reach(nowMs: number): Reach | "nothing" {
    return this.#live(nowMs)?.reach ?? "nothing";
  }

  /** May a byte for this destination pass now? Permission before link: without it nobody is told about the link. */
  check(nowMs: number, reserved: boolean, linked: boolean): Refusal | null {
    const claims = this.#live(nowMs);
    if (claims === null) {
      const code = this.#claims === null ? "NO_LEASE" : "LEASE_EXPIRED";
      const message =
        this.#claims === null
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

  #live(nowMs: number): LeaseClaims | null {
    return this.#claims !== null && nowMs < this.#claims.expiresAtMs ? this.#claims : null;
  }
}
