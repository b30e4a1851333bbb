// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";

/** A place at which an account has service, as people write it and as a position. Personal, all but its ids. */
export interface Address {
  /** A UUID. */
  readonly id: string;
  readonly accountId: string;
  /** Street and house, as they stand on an envelope; empty once erased. */
  readonly lines: readonly string[];
  readonly locality: string | null;
  readonly administrativeArea: string | null;
  /** ISO 3166-2 without the country, where the operator knows it. */
  readonly administrativeAreaCode: string | null;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2 of where `position` is; `null` at sea. */
  readonly regionCode: string | null;
  readonly postalCode: string | null;
  /** What the customer keeps with it. */
  readonly metadata: string | null;
  /** In one line. */
  readonly formatted: string;
  /** `null` once erased. */
  readonly position: Position | null;
  /** UTC ms. */
  readonly sinceMs: number;
  /** With which the ledger's commitment to it was made; see `personal-data.ts`. */
  readonly salt?: string;
}
