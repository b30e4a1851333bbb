// SPDX-License-Identifier: MIT
import type { Account, Book } from "@perigee/authority";
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { PAGE_SIZE } from "../../paging.ts";
import { accountNumberOf } from "../../wire-ids.ts";
import { ancestorOf } from "./ancestor.ts";

const accountResponse = z
  .object({ accountNumber: z.string(), regionCode: z.string(), accountName: z.string() })
  .meta({ id: "AccountQueryResponseV2" });

const accountsResponse = z
  .object({
    limit: z.number().int(),
    nextKey: z.string().nullable().meta({ description: "The cursor of the next page; null: there is none" }),
    results: z.array(accountResponse),
  })
  .meta({ id: "AccountQueryResponseV2KeyPaginatedString" });

export const listAccounts = operation({
  operationId: "listManagedAccounts",
  method: "GET",
  path: "/public/v2/managed/accounts",
  summary: "Accounts under one's own",
  tag: "managed",
  permission: { feature: "ManagedAccountInformation", level: "View" },
  query: z.object({
    ancestorAccountNumber: z.string().max(64).optional(),
    searchString: z.string().max(200).optional(),
    accountNumbers: z.array(z.string().max(64)).optional(),
    maxDepth: z.number().int().min(1).max(100).optional(),
    cursor: z.string().max(64).optional(),
  }),
  content: accountsResponse,
  handle(call) {
    const { ancestorAccountNumber, searchString, accountNumbers, maxDepth, cursor } = call.query;
    const root = ancestorOf(call, ancestorAccountNumber);
    if (!root.ok) return root;
    const { book } = call.fleet.operator.authority;
    const wanted = accountNumbers === undefined ? null : new Set(accountNumbers);
    const searched = searchString?.toLowerCase();
    const found = managedBy(book, root.value, maxDepth ?? Number.POSITIVE_INFINITY)
      .map(({ id, country, holder }) => ({
        accountNumber: accountNumberOf(id),
        regionCode: country,
        accountName: book.get("party", holder)?.name ?? "",
      }))
      .filter(
        each =>
          (wanted === null || wanted.has(each.accountNumber)) &&
          (searched === undefined ||
            `${each.accountNumber}\n${each.accountName}`.toLowerCase().includes(searched)),
      )
      // By number, so that a cursor still points to its place after accounts have come and gone.
      .toSorted((a, b) => (a.accountNumber < b.accountNumber ? -1 : 1));
    const rest = cursor === undefined ? found : found.filter(each => each.accountNumber > cursor);
    const results = rest.slice(0, PAGE_SIZE);
    const nextKey = rest.length > PAGE_SIZE ? results.at(-1)!.accountNumber : null;
    return answered({ limit: PAGE_SIZE, nextKey, results });
  },
});

/** Accounts under one, down to a depth; its own children are at depth 1. */
function managedBy(book: Book, rootId: string, maxDepth: number): Account[] {
  const found: Account[] = [];
  let level = [rootId];
  for (let depth = 1; depth <= maxDepth && level.length > 0; depth++) {
    const below = level.flatMap(id => book.about("account", id).filter(each => each.managedBy === id));
    found.push(...below);
    level = below.map(({ id }) => id);
  }
  return found;
}
