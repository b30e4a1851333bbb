// SPDX-License-Identifier: MIT
import { done, notFound, operation, refusedBy } from "../../operation.ts";
import { contactMembers } from "./contract.ts";
import { ownContact } from "./own-contact.ts";

export const removeContact = operation({
  operationId: "removeContact",
  method: "DELETE",
  path: "/public/v2/contacts/{subjectId}",
  summary: "Somebody speaks for the account no more",
  tag: "contacts",
  permission: { feature: "AdminOnlyUserManagementViaAPI", level: "Edit" },
  async handle(call) {
    const contact = ownContact(call);
    if (contact === null) return notFound("subjectId", call.path["subjectId"]!);
    const removed = await call.carryOut("fleet.removeContact", { contactId: contact.id });
    return removed.ok ? done : refusedBy(removed.error, contactMembers);
  },
});
