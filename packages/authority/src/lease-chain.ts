// SPDX-License-Identifier: MIT
import type { Admission } from "./admission.ts";
import { Misread, readInteger, readObject, type Spot } from "./json-reader.ts";
import { type LeaseClaims, leaseClaims, longestLeaseMs, longestPresignedMs, shortLeaseMs } from "./lease.ts";
import type { LocationHistory } from "./location-history.ts";

/** How far ahead leases are signed in a zone that must survive a cut-off authority. Policy data of the zone. */
export interface PresignedRule {
  /** The last lease of a chain ends at most this long after the chain was signed; ms. */
  readonly aheadMs: number;
  /** Life of each lease of the chain; ms. */
  readonly windowMs: number;
}

/** Most leases of one chain: six hours of one minute each. */
export const maxPresignedWindows = 360;

/** Reads the member `presigned` of a special zone in a policy document: `{ aheadMs, windowMs? }`. */
export function readPresignedRule(spot: Spot): PresignedRule {
  const m = readObject(spot, ["aheadMs"], ["windowMs"]);
  const aheadMs = readInteger(m.aheadMs, longestLeaseMs, longestPresignedMs);
  const windowMs = readInteger(m.windowMs, shortLeaseMs, longestLeaseMs, longestLeaseMs);
  if (aheadMs > windowMs * maxPresignedWindows) {
    throw new Misread(
      m.windowMs.place,
      `A chain has at most ${maxPresignedWindows} leases; make each longer.`,
    );
  }
  return { aheadMs, windowMs };
}

/**
 * What holds where several special zones overlap: leases are signed beforehand only if every zone asks for it, and then
 * no further ahead and no longer each than the strictest of them. `null`: none are.
 */
export function presignedRuleOf(
  zones: readonly { readonly presigned?: PresignedRule }[],
): PresignedRule | null {
  const rules = zones.flatMap(({ presigned }) => presigned ?? []);
  if (rules.length === 0 || rules.length < zones.length) return null;
  return {
    aheadMs: Math.min(...rules.map(rule => rule.aheadMs)),
    windowMs: Math.min(...rules.map(rule => rule.windowMs)),
  };
}

/**
 * A terminal's chain: what {@link leaseClaims} says now, and leases signed now for the time after it, one following
 * upon the other without a gap or an overlap. Each is what admission would answer at its beginning as far as can be
 * known today, so that a rule that ends or begins meanwhile ends the chain or narrows it. A chain is never resumed
 * after a lease that admission would not support, and nothing lengthens it but the signing of another.
 *
 * @param now the admission of the instant of signing; without a lease of its own it begins no chain
 * @param admissionAt the admission at a later instant, on the records of now and the terminal where it is now
 *   ({@link stayingPut})
 * @param cells see {@link leaseClaims}
 */
export function leaseChain(
  now: Admission,
  admissionAt: (atMs: number) => Admission,
  cells: readonly string[],
  rule: PresignedRule,
): readonly LeaseClaims[] {
  const first = leaseClaims(now, cells);
  if (first === null) return [];
  // Who is served on trust for a slot is not served on trust for hours.
  if (now.outcome === "provisional") return [first];
  const chain = [first];
  const endMs = now.atMs + Math.min(rule.aheadMs, longestPresignedMs);
  let fromMs = first.expiresAtMs;
  while (fromMs < endMs && chain.length <= maxPresignedWindows) {
    const then = admissionAt(fromMs);
    const claims = then.outcome === "provisional" ? null : leaseClaims(then, cells);
    if (claims === null) break;
    const untilMs = Math.min(fromMs + Math.min(rule.windowMs, longestLeaseMs), then.nextChangeMs, endMs);
    if (untilMs <= fromMs) break;
    chain.push({ ...claims, issuedAtMs: now.atMs, notBeforeMs: fromMs, expiresAtMs: untilMs });
    fromMs = untilMs;
  }
  return chain;
}

/** The history as it would be if the terminal were seen at an instant to be where it was last seen. */
export function stayingPut(location: LocationHistory, atMs: number): LocationHistory {
  return location.last === null ? location : { ...location, last: { ...location.last, atMs } };
}

/** The claims of a renewal that leaves the chain in force which was signed at `signedAtMs`. */
export function standingBy(claims: LeaseClaims, signedAtMs: number): LeaseClaims {
  return { ...claims, standsByMs: signedAtMs };
}
