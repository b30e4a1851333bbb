// SPDX-License-Identifier: MIT
import type { Address } from "@perigee/authority";
import type { Fleet } from "../../fleet.ts";

/** An address of an account by its id, or `null`. */
export function ownAddress({ operator }: Fleet, accountId: string, id: string): Address | null {
  const address = operator.authority.book.get("address", id.toLowerCase());
  return address?.accountId === accountId ? address : null;
}
