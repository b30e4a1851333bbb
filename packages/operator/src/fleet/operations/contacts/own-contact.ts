// SPDX-License-Identifier: MIT
import type { Contact } from "@perigee/authority";
import type { FleetCall } from "../../operation.ts";

/** The contact of the caller's account that the path names, or `null`. */
export function ownContact({ fleet: { operator }, account, path }: FleetCall): Contact | null {
  const contact = operator.authority.book.get("contact", path["subjectId"]!.toLowerCase());
  return contact?.accountId === account.id ? contact : null;
}
