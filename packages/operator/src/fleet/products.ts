// SPDX-License-Identifier: MIT
import type { Plan } from "@perigee/authority";
import { z } from "zod";

const productId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/, "a product's id is 2 to 64 letters, digits, . _ -");
const price = z.number().min(0).max(1_000_000);

/** A block of data that can be bought beside a plan. */
export const dataProduct = z.strictObject({
  id: productId,
  price,
  amountGb: z.number().positive().max(1_000_000),
});

/** What is sold: a plan of the policy at a price. */
export const product = z.strictObject({
  /** `productReferenceId` on the wire. */
  id: productId,
  planId: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  /** Of a whole billing cycle, without tax, in units of the currency. */
  price,
  currency: z.string().regex(/^[A-Z]{3}$/, "a currency is three capitals (ISO 4217)"),
  isSla: z.boolean().default(false),
  /** Priority data that the price includes, GB of a cycle; `null`: none, everything is standard data. */
  includedGb: z.number().positive().max(1_000_000).nullable().default(null),
  /** What opting in buys when the included data are used up. */
  topUp: dataProduct.nullable().default(null),
  /** What can be added to every cycle. */
  blocks: z.array(dataProduct).max(50).default([]),
});

export type Product = z.infer<typeof product>;
export type DataProduct = z.infer<typeof dataProduct>;

/**
 * What is for sale: the scenario's products, or each plan under its own id at no price in no currency (ISO 4217 `XXX`)
 * where the scenario names none.
 */
export function productsOf(named: readonly Product[], plans: Iterable<Plan>): readonly Product[] {
  if (named.length > 0) return named;
  return Array.from(plans, plan => ({
    id: plan.id,
    planId: plan.id,
    name: plan.title,
    price: 0,
    currency: "XXX",
    isSla: false,
    includedGb: null,
    topUp: null,
    blocks: [],
  }));
}
