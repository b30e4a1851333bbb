// SPDX-License-Identifier: MIT
import { answered, notFound, operation, refusedBy } from "../../operation.ts";
import { contactMembers, contactResponse, contactView, updateContactRequest } from "./contract.ts";
import { ownContact } from "./own-contact.ts";

export const updateContact = operation({
  operationId: "updateContact",
  method: "PUT",
  path: "/public/v2/contacts/{subjectId}",
  summary: "Changes what a contact may do, or its telephone number",
  tag: "contacts",
  permission: { feature: "AdminOnlyUserManagementViaAPI", level: "Edit" },
  body: updateContactRequest,
  content: contactResponse,
  async handle(call) {
    const contact = ownContact(call);
    if (contact === null) return notFound("subjectId", call.path["subjectId"]!);
    const { roles, phoneNumber } = call.body;
    const changed = await call.carryOut("fleet.changeContact", {
      contactId: contact.id,
      roles: roles == null ? null : [...new Set(roles)],
      personal: { phone: phoneNumber ?? null },
    });
    return changed.ok ? answered(contactView(ownContact(call)!)) : refusedBy(changed.error, contactMembers);
  },
});
