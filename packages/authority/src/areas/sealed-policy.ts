// SPDX-License-Identifier: MIT

/**
 * A part of the policy in force whose content is not published yet: its hash is. Revealed later, anybody can check that
 * it is what was in force.
 */
export interface SealedPolicy {
  readonly id: string;
  /** SHA-256 over the salt and the canonical content; hexadecimal. The salt keeps small contents from being guessed. */
  readonly commitment: string;
  /** When the commitment was made; UTC ms. */
  readonly sealedMs: number;
  /** By when it must be revealed or sealed again by decision. */
  readonly reviewMs: number;
  readonly reason: string;
  readonly revealedMs: number | null;
  /** Statements and rules; published exactly when `revealedMs` is set. */
  readonly content: unknown;
  readonly salt: string;
  /** When two persons put it in force; `null` while it is a draft. Absent: since `sealedMs`. */
  readonly inForceMs?: number | null;
  /** When it ceased to be part of the policy; absent or `null` while it is. */
  readonly endedMs?: number | null;
}

/** Whether its rules are part of the policy now. */
export function isEnforced({ inForceMs, endedMs }: SealedPolicy): boolean {
  return inForceMs !== null && (endedMs === undefined || endedMs === null);
}
