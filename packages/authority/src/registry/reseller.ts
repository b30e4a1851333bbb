// SPDX-License-Identifier: MIT

/**
 * A statement about who may sell in a place: that a party is authorised there, or the dated negative, that it or
 * nobody at all is.
 */
export interface ResellerStatement {
  readonly id: string;
  /** `null` speaks of everybody: "no reseller is authorised here". */
  readonly party: string | null;
  readonly authorised: boolean;
  /** Territory id, or a country's code. */
  readonly territory: string;
  /** A town or district inside it that the statement is limited to, as its asserter names it. */
  readonly locality: string | null;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly asserter: string;
  readonly source: string;
}
