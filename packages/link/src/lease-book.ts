// SPDX-License-Identifier: MIT
// The leases of one terminal: the one at hand, and those that were signed beforehand for the time after it. What holds
// at an instant does not depend on the order in which leases and revocations came, nor on how often.
import type { LeaseClaims } from "@perigee/authority";

export type Installed = "installed" | "stale" | "revoked" | "tooMany";

/** Leases of one chain: six hours of one minute each, and some. */
const WINDOWS_MAX = 400;
const NEVER = Number.NEGATIVE_INFINITY;

export class LeaseBook {
  #lease: LeaseClaims | null = null;
  /** Of one signing, in the order of their beginnings, not overlapping. */
  #chain: LeaseClaims[] = [];
  /** When the leases of `#chain` were signed. */
  #chainMs = NEVER;
  /** Chains signed before this are dead: a lease came that does not stand by them. */
  #standingMs = NEVER;
  /** Issue time of the newest lease seen: an older one that comes late changes nothing, be it wider or longer. */
  #newestMs = NEVER;
  #revokedMs = NEVER;

  /** The newest instant at which the authority is known to have issued anything. */
  get newestMs(): number {
    return Math.max(this.#newestMs, this.#chainMs);
  }

  /** Nothing is held, not even what has run out. */
  get isEmpty(): boolean {
    return this.#lease === null && this.#chain.length === 0;
  }

  install(claims: LeaseClaims): Installed {
    if (claims.issuedAtMs <= this.#revokedMs) return "revoked";
    return claims.notBeforeMs === undefined ? this.#renew(claims) : this.#foresee(claims);
  }

  /** Ends what was issued up to an instant. Gives `false` if something issued later is held. */
  revoke(atMs: number): boolean {
    this.#revokedMs = Math.max(this.#revokedMs, atMs);
    if (this.#lease !== null && this.#lease.issuedAtMs <= this.#revokedMs) this.#lease = null;
    if (this.#chainMs <= this.#revokedMs) this.#chain = [];
    return this.isEmpty;
  }

  /** What is live at an instant, or `null`. */
  at(nowMs: number): LeaseClaims | null {
    if (this.#lease !== null && nowMs < this.#lease.expiresAtMs) return this.#lease;
    while (this.#chain.length > 0 && nowMs >= this.#chain[0]!.expiresAtMs) this.#chain.shift();
    const next = this.#chain[0];
    return next !== undefined && nowMs >= (next.notBeforeMs ?? next.issuedAtMs) ? next : null;
  }

  #renew(claims: LeaseClaims): Installed {
    const { issuedAtMs, standsByMs } = claims;
    // What a lease has ended stays so, also if it is itself overtaken, and whatever a newer one says.
    this.#standingMs = Math.max(this.#standingMs, Math.min(standsByMs ?? issuedAtMs, issuedAtMs));
    if (this.#chainMs < this.#standingMs) this.#chain = [];
    if (issuedAtMs <= this.#newestMs) return "stale";
    this.#lease = claims;
    this.#newestMs = issuedAtMs;
    return "installed";
  }

  #foresee(claims: LeaseClaims): Installed {
    const { issuedAtMs, notBeforeMs = issuedAtMs, expiresAtMs } = claims;
    if (issuedAtMs < Math.max(this.#standingMs, this.#chainMs)) return "stale";
    const chain = issuedAtMs === this.#chainMs ? this.#chain : [];
    const overlaps = chain.some(
      other => notBeforeMs < other.expiresAtMs && (other.notBeforeMs ?? issuedAtMs) < expiresAtMs,
    );
    if (overlaps) return "stale";
    if (chain.length >= WINDOWS_MAX) return "tooMany";
    const after = chain.findIndex(other => (other.notBeforeMs ?? issuedAtMs) > notBeforeMs);
    this.#chain = after < 0 ? [...chain, claims] : chain.toSpliced(after, 0, claims);
    this.#chainMs = issuedAtMs;
    return "installed";
  }
}
