// SPDX-License-Identifier: MIT
import {
  type Admission,
  issueLeases,
  type Lease,
  type LeaseClaims,
  leaseChain,
  leaseClaims,
  type Policy,
  type PresignedRule,
  presignedRuleOf,
  standingBy,
} from "@perigee/authority";
import type { SigningKey } from "../storage/keys.ts";

/** A chain is signed anew after this time, so that little of it is used up when the authority is cut off. */
const CHAIN_EVERY_MS = 180_000;

/** A terminal that shall have a lease. */
export interface LeaseSubject {
  readonly admission: Admission;
  /** H3 resolution 5 cell in which the lease holds. */
  readonly cell: string;
  /** How far ahead leases are signed where it is; `null`: not at all. */
  readonly presigned: PresignedRule | null;
  /** What admission would answer later, on the records of now, if the terminal stayed where it is. */
  readonly admissionAt: (atMs: number) => Admission;
}

/** A chain that the data plane has, and what it was signed upon. */
interface Chain {
  readonly signedMs: number;
  readonly upon: string;
}

/**
 * Issues leases, and chains of leases signed beforehand where policy asks for them. A renewal stands by the chain as long
 * as nothing changed that it was signed upon; any other renewal ends it.
 */
export class LeaseDesk {
  readonly #key: SigningKey;
  readonly #longestMs: number;
  readonly #chains = new Map<string, Chain>();

  /** @param longestMs - No lease is longer, whatever policy allows. */
  constructor(key: SigningKey, longestMs: number) {
    this.#key = key;
    this.#longestMs = longestMs;
  }

  /** The leases of the terminals whose admission supports one, under one signature; a chain's follow upon its first. */
  issue(subjects: Iterable<LeaseSubject>, atMs: number): readonly Lease[] {
    const claims = Array.from(subjects, subject => this.#claims(subject)).flat();
    return issueLeases(
      claims.filter(({ expiresAtMs }) => expiresAtMs > atMs),
      this.#key,
      atMs,
    );
  }

  /** A terminal's records changed, or it has no lease any more: what was signed upon them is not stood by. */
  forget(terminalId: string): void {
    this.#chains.delete(terminalId);
  }

  #claims({ admission, cell, presigned, admissionAt }: LeaseSubject): readonly LeaseClaims[] {
    const { terminalId, atMs } = admission;
    const now = this.#limited(admission);
    const lease = leaseClaims(now, [cell]);
    if (lease === null || presigned === null || now.outcome === "provisional") {
      this.forget(terminalId);
      return lease === null ? [] : [lease];
    }
    const rule = { ...presigned, windowMs: Math.min(presigned.windowMs, this.#longestMs) };
    const { outcome, reach, inputs } = now;
    const upon = JSON.stringify([outcome, reach, inputs.policyVersion, cell, rule.aheadMs, rule.windowMs]);
    const chain = this.#chains.get(terminalId);
    const isFresh = chain !== undefined && atMs - chain.signedMs < Math.min(CHAIN_EVERY_MS, rule.aheadMs / 4);
    if (isFresh && chain.upon === upon) return [standingBy(lease, chain.signedMs)];
    this.#chains.set(terminalId, { signedMs: lease.issuedAtMs, upon });
    return leaseChain(now, admissionAt, [cell], rule);
  }

  #limited(admission: Admission): Admission {
    const { leaseMs } = admission;
    return leaseMs === null ? admission : { ...admission, leaseMs: Math.min(leaseMs, this.#longestMs) };
  }
}

/** How far ahead leases are signed for a terminal in a cell, by all special zones that it is in. */
export function presignedRuleAt(
  policy: Policy,
  territories: readonly string[],
  cell: string,
): PresignedRule | null {
  return presignedRuleOf([
    ...territories.flatMap(territory => policy.byTerritory.get(territory)?.specialZones ?? []),
    ...(policy.zonesByCell.get(cell) ?? []),
  ]);
}
