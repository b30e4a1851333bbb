// SPDX-License-Identifier: MIT
import type { ServiceLine } from "@perigee/authority";
import { nextBillDayMs } from "../../bill-day.ts";
import { done, type FleetCall, operation, refusedBy } from "../../operation.ts";
import type { Product } from "../../products.ts";
import { updateProductRequest } from "./contract.ts";
import { lineMembers, ownLine } from "./own-line.ts";
import { checkRecurring, setRecurring, soldProduct } from "./recurring.ts";

export const updateProduct = operation({
  operationId: "updateServiceLineProduct",
  method: "PUT",
  path: "/public/v2/service-lines/{serviceLineNumber}/product",
  summary:
    "Gives a service line another product, now or with the next billing cycle; takes up an ended line again",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "Edit" },
  body: updateProductRequest,
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const { productReferenceId, delayUpdate } = call.body;
    const product = soldProduct(call, productReferenceId);
    if (!product.ok) return product;
    const recurring = checkRecurring(call, productReferenceId, call.body);
    if (!recurring.ok) return recurring;
    const waits = line.value.state !== "ended" && (delayUpdate ?? costsLess(call, product.value, line.value));
    const changed = await call.carryOut("fleet.changeProduct", {
      serviceLineId: line.value.id,
      planId: product.value.planId,
      productId: productReferenceId,
      fromMs: waits ? await nextBillDayMs(call) : null,
    });
    if (!changed.ok) return refusedBy(changed.error, lineMembers);
    await setRecurring(call, line.value.id, recurring.value, !waits);
    return done;
  },
});

/** Whether a product is a downgrade: cheaper than the line's own, in the same currency. */
function costsLess({ fleet }: FleetCall, { price, currency }: Product, line: ServiceLine): boolean {
  const id = fleet.desks.billing.prices.productOf(line);
  const own = fleet.products.find(product => product.id === id);
  return own !== undefined && own.currency === currency && price < own.price;
}
