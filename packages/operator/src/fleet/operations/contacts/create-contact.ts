// SPDX-License-Identifier: MIT
import { answered, operation, refusedBy } from "../../operation.ts";
import { contactMembers, contactResponse, contactView, createContactRequest } from "./contract.ts";

export const createContact = operation({
  operationId: "createContact",
  method: "POST",
  path: "/public/v2/contacts",
  summary: "Enters somebody who speaks for the account",
  tag: "contacts",
  permission: { feature: "AdminOnlyUserManagementViaAPI", level: "Edit" },
  body: createContactRequest,
  content: contactResponse,
  async handle({ account, body, carryOut, fleet: { operator } }) {
    const { roles, phoneNumber: phone, ...person } = body;
    const made = await carryOut("fleet.addContact", {
      accountId: account.id,
      roles: [...new Set(roles)],
      personal: { ...person, phone },
    });
    if (!made.ok) return refusedBy(made.error, contactMembers);
    const id = made.value.changes.find(({ kind }) => kind === "contact")!.id;
    return answered(contactView(operator.authority.book.get("contact", id)!));
  },
});
