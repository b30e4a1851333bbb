// SPDX-License-Identifier: MIT
import type { Account, Book } from "@perigee/authority";
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { accountNumberOf } from "../../wire-ids.ts";

const accountResponse = z
  .object({
    accountNumber: z.string(),
    regionCode: z.string(),
    accountName: z.string().nullable(),
    activeSuspensions: z.array(z.string()),
  })
  .meta({ id: "AccountResponseV2" });

export const readAccount = operation({
  operationId: "readAccount",
  method: "GET",
  path: "/public/v2/account",
  summary: "The account that the token is for",
  tag: "account",
  permission: { feature: "AccountInformation", level: "View" },
  content: accountResponse,
  handle({ account, fleet: { operator } }) {
    const { book } = operator.authority;
    return answered({
      accountNumber: accountNumberOf(account.id),
      regionCode: account.country,
      accountName: book.get("party", account.holder)?.name ?? null,
      activeSuspensions: suspensionsOf(book, account),
    });
  },
});

/** What keeps every terminal of an account from full service. */
function suspensionsOf(book: Book, { state, holder }: Account): string[] {
  const party = book.get("party", holder);
  return [
    ...(state === "closed" ? ["account_closed"] : []),
    ...(party?.standing === "sanctioned" ? ["party_sanctioned"] : []),
    ...(party?.verification.state === "verified" ? [] : ["holder_unverified"]),
  ];
}
