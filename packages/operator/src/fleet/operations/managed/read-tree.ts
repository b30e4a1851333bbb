// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { accountNumberOf, accountsUnder } from "../../wire-ids.ts";
import { ancestorOf } from "./ancestor.ts";

const treeNode = z
  .object({
    accountNumber: z.string(),
    accountName: z.string(),
    managerAccountNumber: z.string().nullable(),
    children: z.array(z.string()),
  })
  .meta({ id: "ManagedAccountTreeNodeResponseV2" });

const treeResponse = z
  .object({ rootAccountNumber: z.string(), tree: z.record(z.string(), treeNode) })
  .meta({ id: "ManagedAccountTreeResponseV2" });

export const readTree = operation({
  operationId: "readManagedAccountTree",
  method: "GET",
  path: "/public/v2/managed/accounts/tree",
  summary: "The account and all accounts under it, as a tree",
  tag: "managed",
  permission: { feature: "ManagedAccountInformation", level: "View" },
  query: z.object({ ancestorAccountNumber: z.string().max(64).optional() }),
  content: treeResponse,
  handle(call) {
    const root = ancestorOf(call, call.query.ancestorAccountNumber);
    if (!root.ok) return root;
    const { book } = call.fleet.operator.authority;
    const tree: z.input<typeof treeResponse>["tree"] = {};
    for (const id of accountsUnder(book, root.value)) {
      const { holder, managedBy } = book.get("account", id)!;
      tree[accountNumberOf(id)] = {
        accountNumber: accountNumberOf(id),
        accountName: book.get("party", holder)?.name ?? "",
        // Who stands above the caller is not the caller's to see.
        managerAccountNumber:
          id === call.account.id || managedBy === null ? null : accountNumberOf(managedBy),
        children: book
          .about("account", id)
          .filter(each => each.managedBy === id)
          .map(each => accountNumberOf(each.id)),
      };
    }
    return answered({ rootAccountNumber: accountNumberOf(root.value), tree });
  },
});
