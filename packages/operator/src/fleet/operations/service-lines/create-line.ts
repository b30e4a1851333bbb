// SPDX-License-Identifier: MIT
import { answered, operation, refusedBy } from "../../operation.ts";
import { createLineRequest, lineResponse } from "./contract.ts";
import { lineView } from "./line-view.ts";
import { lineMembers } from "./own-line.ts";
import { checkRecurring, setRecurring, soldProduct } from "./recurring.ts";

export const createLine = operation({
  operationId: "createServiceLine",
  method: "POST",
  path: "/public/v2/service-lines",
  summary:
    "Opens a service line at an address of the account; it is paid for from now on, with a terminal or without",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "Edit" },
  body: createLineRequest,
  content: lineResponse,
  status: 201,
  async handle(call) {
    const { addressReferenceId, productReferenceId, dataBlockProducts } = call.body;
    const product = soldProduct(call, productReferenceId);
    if (!product.ok) return product;
    const recurring = checkRecurring(call, productReferenceId, dataBlockProducts ?? {});
    if (!recurring.ok) return recurring;
    const made = await call.carryOut("fleet.openLine", {
      accountId: call.account.id,
      addressId: addressReferenceId.toLowerCase(),
      planId: product.value.planId,
      productId: productReferenceId,
    });
    if (!made.ok) return refusedBy(made.error, lineMembers);
    const lineId = made.value.changes.find(({ kind }) => kind === "serviceLine")!.id;
    await setRecurring(call, lineId, recurring.value, true);
    const desk = call.fleet.desks.billing;
    const line = call.fleet.operator.authority.book.get("serviceLine", lineId)!;
    return answered(lineView(desk, await desk.story(call.account.id), line));
  },
});
