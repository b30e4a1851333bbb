// SPDX-License-Identifier: MIT
import type { ServiceLine } from "@perigee/authority";
import { type FleetAnswer, type FleetCall, notFound } from "../../operation.ts";

/** The line of the caller's account that the path names, whatever its state. */
export function ownLine({
  fleet: { ids, operator },
  account,
  path,
}: FleetCall):
  | { readonly ok: true; readonly value: ServiceLine }
  | (FleetAnswer<never> & { readonly ok: false }) {
  const number = path["serviceLineNumber"]!;
  const id = ids.lineOf(account.id, number);
  const line = id === null ? undefined : operator.authority.book.get("serviceLine", id);
  return line === undefined ? notFound("serviceLineNumber", number) : { ok: true, value: line };
}

/** Which members of the API's requests stand for those of the authority's commands about lines. */
export const lineMembers = {
  serviceLineId: "serviceLineNumber",
  addressId: "addressReferenceId",
  planId: "productReferenceId",
  productId: "productReferenceId",
  terminalId: "deviceId",
};
