// SPDX-License-Identifier: MIT
import { answered, notFound, operation } from "../../operation.ts";
import { addressResponse, addressView } from "./contract.ts";
import { ownAddress } from "./own-address.ts";

export const readAddress = operation({
  operationId: "readAddress",
  method: "GET",
  path: "/public/v2/addresses/{addressReferenceId}",
  summary: "One address of the account",
  tag: "addresses",
  permission: { feature: "AccountInformation", level: "View" },
  content: addressResponse,
  handle({ fleet, account, path }) {
    const id = path["addressReferenceId"]!;
    const address = ownAddress(fleet, account.id, id);
    return address === null ? notFound("addressReferenceId", id) : answered(addressView(address));
  },
});
