// SPDX-License-Identifier: MIT
import type { Plan } from "@perigee/authority";
import type { DataProduct, Product } from "../products.ts";
import { inMinor } from "./money.ts";
import type { DataTerms, Terms } from "./terms.ts";

/** Where data of a plan may be used, in the words of the wire. */
export type DataProductType = "Ocean" | "Land" | "Aviation";

/** Plans for faster movement than any vessel's or car's are for aircraft. */
const AIRCRAFT_KMH = 400;

/** What is sold, as bills read it. */
export class PriceList {
  readonly #terms = new Map<string, Terms>();
  readonly #productByPlan = new Map<string, string>();
  readonly #planOf = new Map<string, Plan | undefined>();

  /** @param planOf - A plan of the policy in force; the list is made once, at the start. */
  constructor(products: readonly Product[], planOf: (planId: string) => Plan | undefined) {
    for (const product of products) {
      const { id, planId, name, currency, price } = product;
      const plan = planOf(planId);
      this.#planOf.set(id, plan);
      if (!this.#productByPlan.has(planId)) this.#productByPlan.set(planId, id);
      this.#terms.set(id, {
        productId: id,
        name,
        priceMinor: inMinor(price, currency),
        currency,
        mobile: plan !== undefined && plan.roaming !== "none",
        priorityGB: product.includedGb ?? 0,
        topUp: product.topUp === null ? null : dataTermsOf(product.topUp, currency),
        blocks: product.blocks.map(block => dataTermsOf(block, currency)),
      });
    }
  }

  /**
   * The product that a line has: what its record says, or else what its plan is sold as. A plan that is not sold stands
   * for itself, at no price.
   */
  productOf({
    planId,
    productId,
  }: {
    readonly planId: string;
    readonly productId?: string | undefined;
  }): string {
    return productId ?? this.#productByPlan.get(planId) ?? planId;
  }

  /** Terms of a product, or `undefined` where it is not sold. */
  readonly terms = (productId: string): Terms | undefined => this.#terms.get(productId);

  /** Where data of a product may be used: what its plan allows. */
  typeOf(productId: string): DataProductType {
    const plan = this.#planOf.get(productId);
    if (plan === undefined) return "Land";
    if (plan.maxSpeedKmh >= AIRCRAFT_KMH) return "Aviation";
    return plan.ocean ? "Ocean" : "Land";
  }
}

const dataTermsOf = ({ id, price, amountGb }: DataProduct, currency: string): DataTerms => ({
  productId: id,
  priceMinor: inMinor(price, currency),
  currency,
  dataGB: amountGb,
});
