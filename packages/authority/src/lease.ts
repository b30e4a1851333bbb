// SPDX-License-Identifier: MIT

/** What a terminal under a lease may reach. */
export type Reach = "all" | "accountAndEmergency";

/** What a lease says; its canonical JSON is the Merkle leaf that the batch signature covers. */
export interface LeaseClaims {
  readonly terminalId: string;
  /** H3 resolution 5 cells in which the lease holds. */
  readonly cells: readonly string[];
  readonly reach: Reach;
  readonly policyVersion: string;
  readonly issuedAtMs: number;
  /** The lease is dead at this instant, whatever else happens. */
  readonly expiresAtMs: number;
}

/** One Ed25519 signature over the Merkle root of all leases issued together. */
export interface LeaseBatch {
  /** Root of the RFC 9162 tree over the batch's leases; hex. */
  readonly root: string;
  readonly size: number;
  readonly issuedAtMs: number;
  /** Hex SHA-256 of the authority's public key (SPKI DER). */
  readonly keyId: string;
  /** Over the canonical JSON of {root, size, issuedAtMs, keyId}; base64. */
  readonly signature: string;
}

/** A lease as it travels: its claims, its place in the batch and the proof that it belongs there. */
export interface Lease {
  readonly claims: LeaseClaims;
  readonly index: number;
  /** Inclusion proof, leaf to root; hex. */
  readonly proof: readonly string[];
  readonly batch: LeaseBatch;
}
