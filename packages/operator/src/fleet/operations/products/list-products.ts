// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import type { DataProduct, Product } from "../../products.ts";

const dataProductResponse = z
  .object({
    productId: z.string().nullable(),
    price: z.number(),
    isoCurrencyCode: z.string().nullable(),
    dataAmount: z.number(),
    dataUnit: z.string().nullable(),
  })
  .meta({ id: "DataProductResponse" });

const productResponse = z
  .object({
    productReferenceId: z.string(),
    name: z.string(),
    price: z.number(),
    isoCurrencyCode: z.string(),
    isSla: z.boolean(),
    maxNumberOfUserTerminals: z.number().int().nullable(),
    dataProducts: z.object({
      topUpProduct: dataProductResponse.nullable(),
      dataBlockProducts: z.array(dataProductResponse),
    }),
  })
  .meta({ id: "SubscriptionProductResponse" });

export const listProducts = operation({
  operationId: "listProducts",
  method: "GET",
  path: "/public/v2/products",
  summary: "What can be bought: plans of the policy in force at their prices, and data beside them",
  tag: "products",
  permission: { feature: "ServicePlan", level: "View" },
  query: pageQuery,
  content: paged(productResponse, "SubscriptionProductResponse"),
  handle({ fleet, query: { page } }) {
    const { planById } = fleet.operator.authority.policy;
    const sold = fleet.products.filter(({ planId }) => planById.has(planId));
    return answered(pageOf(sold.map(productView), page));
  },
});

function productView(product: Product): z.input<typeof productResponse> {
  const { id, name, price, currency, isSla, topUp, blocks } = product;
  return {
    productReferenceId: id,
    name,
    price,
    isoCurrencyCode: currency,
    isSla,
    // A service line carries one terminal here, whatever its product.
    maxNumberOfUserTerminals: 1,
    dataProducts: {
      topUpProduct: topUp === null ? null : dataView(topUp, currency),
      dataBlockProducts: blocks.map(block => dataView(block, currency)),
    },
  };
}

const dataView = ({ id, price, amountGb }: DataProduct, currency: string) => ({
  ...{ productId: id, price, isoCurrencyCode: currency, dataAmount: amountGb, dataUnit: "GB" },
});
