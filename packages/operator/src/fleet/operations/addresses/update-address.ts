// SPDX-License-Identifier: MIT
import { answered, notFound, operation, refusedBy } from "../../operation.ts";
import { addressRequest, addressResponse, addressView } from "./contract.ts";
import { ownAddress } from "./own-address.ts";
import { personalOf } from "./personal.ts";

export const updateAddress = operation({
  operationId: "updateAddress",
  method: "PUT",
  path: "/public/v2/addresses/{addressReferenceId}",
  summary: "Changes an address, and where every service line at it has service",
  tag: "addresses",
  permission: { feature: "AccountInformation", level: "Edit" },
  body: addressRequest,
  content: addressResponse,
  async handle({ account, body, carryOut, fleet, path }) {
    const id = path["addressReferenceId"]!;
    const address = ownAddress(fleet, account.id, id);
    if (address === null) return notFound("addressReferenceId", id);
    const changed = await carryOut("fleet.changeAddress", {
      addressId: address.id,
      personal: personalOf(fleet, body),
    });
    if (!changed.ok) return refusedBy(changed.error, { addressId: "addressReferenceId" });
    return answered(addressView(ownAddress(fleet, account.id, id)!));
  },
});
