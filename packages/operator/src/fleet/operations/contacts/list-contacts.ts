// SPDX-License-Identifier: MIT
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { contactResponse, contactView } from "./contract.ts";

export const listContacts = operation({
  operationId: "listContacts",
  method: "GET",
  path: "/public/v2/contacts",
  summary: "Who speaks for the account",
  tag: "contacts",
  permission: { feature: "UserManagement", level: "Edit" },
  query: pageQuery,
  content: paged(contactResponse, "UserResponse"),
  handle: ({ account, fleet: { operator }, query: { page } }) =>
    answered(pageOf(operator.authority.book.about("contact", account.id).map(contactView), page)),
});
