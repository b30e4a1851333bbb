// SPDX-License-Identifier: MIT
import { answered, operation, refusedBy } from "../../operation.ts";
import { addressRequest, addressResponse, addressView } from "./contract.ts";
import { personalOf } from "./personal.ts";

export const createAddress = operation({
  operationId: "createAddress",
  method: "POST",
  path: "/public/v2/addresses",
  summary: "Enters an address; the first step to service",
  tag: "addresses",
  permission: { feature: "AccountInformation", level: "Edit" },
  body: addressRequest,
  content: addressResponse,
  status: 201,
  async handle({ account, body, carryOut, fleet }) {
    const made = await carryOut("fleet.addAddress", {
      accountId: account.id,
      personal: personalOf(fleet, body),
    });
    if (!made.ok) return refusedBy(made.error);
    const id = made.value.changes.find(({ kind }) => kind === "address")!.id;
    return answered(addressView(fleet.operator.authority.book.get("address", id)!));
  },
});
