// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { addressResponse, addressView } from "./contract.ts";

export const listAddresses = operation({
  operationId: "listAddresses",
  method: "GET",
  path: "/public/v2/addresses",
  summary: "Addresses of the account, in the order in which they were entered",
  tag: "addresses",
  permission: { feature: "AccountInformation", level: "View" },
  query: pageQuery.extend({
    addressIds: z.array(z.string().max(64)).optional(),
    metadata: z.string().max(2_000).optional(),
  }),
  content: paged(addressResponse, "AddressResponse"),
  handle({ account, query: { addressIds, metadata, page }, fleet: { operator } }) {
    const wanted = addressIds === undefined ? null : new Set(addressIds.map(id => id.toLowerCase()));
    const addresses = operator.authority.book
      .about("address", account.id)
      .filter(
        address =>
          (wanted === null || wanted.has(address.id)) &&
          (metadata === undefined || address.metadata === metadata),
      );
    return answered(pageOf(addresses.map(addressView), page));
  },
});
