// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation, refused, refusedBy } from "../../operation.ts";
import { accountNumberOf } from "../../wire-ids.ts";
import { contactMembers, createCustomerRequest } from "../contacts/contract.ts";

const customerResponse = z
  .object({
    accountNumber: z.string().nullable(),
    serviceAccountClientId: z.string().nullable(),
    serviceAccountSecret: z.string().nullable().meta({ description: "Shown here and never again" }),
  })
  .meta({ id: "CreateManagedCustomerResponse" });

export const createCustomer = operation({
  operationId: "createManagedCustomer",
  method: "POST",
  path: "/public/v2/managed/customers",
  summary: "Enters a customer, with an account under one's own and a service account for it",
  tag: "managed",
  permission: { feature: "ManagedAccountCreation", level: "Edit" },
  body: createCustomerRequest,
  content: customerResponse,
  async handle({ account, body, carryOut, client, fleet, nowMs }) {
    const { businessName, ...person } = body;
    const made = await carryOut("fleet.openManagedAccount", {
      accountId: account.id,
      kind: businessName ? "organisation" : "person",
      personal: { ...person, businessName: businessName || null },
    });
    if (!made.ok) return refusedBy(made.error, contactMembers);
    const accountId = made.value.changes.find(({ kind }) => kind === "account")!.id;
    // The customer's program may what its maker may: nobody gives away more than they have.
    const added = await fleet.clients.add(
      { accountId, name: "Made with the account", permissions: client.permissions },
      { id: client.clientId, name: client.clientId },
      nowMs,
    );
    if (!added.ok) return refused(added.error.code.toLowerCase(), [], added.error.message);
    return answered({
      accountNumber: accountNumberOf(accountId),
      serviceAccountClientId: added.value.client.clientId,
      serviceAccountSecret: added.value.secret,
    });
  },
});
