// SPDX-License-Identifier: MIT

/** A quantity of data that can be bought for a cycle; amounts are in the currency's smallest unit. */
export interface DataTerms {
  readonly productId: string;
  readonly priceMinor: number;
  readonly currency: string;
  /** Decimal gigabytes of one block. */
  readonly dataGB: number;
}

/** What a service line's product costs and includes. */
export interface Terms {
  readonly productId: string;
  readonly name: string;
  /** Per billing cycle, in advance. */
  readonly priceMinor: number;
  readonly currency: string;
  /** Whether the line's plan works away from an address. */
  readonly mobile: boolean;
  /** Priority data of a cycle that the price includes, in decimal gigabytes; all else is standard data, unlimited. */
  readonly priorityGB: number;
  /** What is bought when a line that opted in, or a pool that tops itself up, runs out. */
  readonly topUp: DataTerms | null;
  /** What can be bought beforehand. */
  readonly blocks: readonly DataTerms[];
}

/** Terms by product. A product that is on record and in no price list has none, and is not charged for. */
export type TermsOf = (productId: string) => Terms | undefined;

/** A data product of some terms, by its id. */
export const dataTerms = (terms: Terms | undefined, productId: string): DataTerms | undefined =>
  terms?.blocks.find(block => block.productId === productId) ??
  (terms?.topUp?.productId === productId ? terms.topUp : undefined);
