// SPDX-License-Identifier: MIT
import { type Contact, contactRoles } from "@perigee/authority";
import { z } from "zod";

const roles = z.array(z.enum(contactRoles)).min(1).max(contactRoles.length);
const name = z.string().trim().min(1).max(100);
const phone = z.string().trim().min(3).max(40);
const locale = z.string().regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/, "a locale is like en-US");

export const createContactRequest = z
  .object({ firstName: name, lastName: name, roles, email: z.email().max(254), phoneNumber: phone, locale })
  .meta({ id: "CreateContactOnAccountRequest" });

export const updateContactRequest = z
  .object({ roles: roles.nullish(), phoneNumber: phone.nullish() })
  .meta({ id: "UpdateContactOnAccountRequest" });

export const createCustomerRequest = z
  .object({
    ...{ firstName: name, lastName: name, email: z.email().max(254), phone, locale },
    businessName: z.string().trim().max(200).nullish(),
  })
  .meta({ id: "CreateManagedCustomerRequest" });

export const contactResponse = z
  .object({ subjectId: z.string(), email: z.string(), roles: z.array(z.string()) })
  .meta({ id: "UserResponse" });

export const contactView = ({ id, email, roles: own }: Contact): z.input<typeof contactResponse> => ({
  ...{ subjectId: id, email, roles: [...own] },
});

/** Which members of the API's requests stand for those of the authority's commands about contacts. */
export const contactMembers = { contactId: "subjectId", "personal.email": "email" };
