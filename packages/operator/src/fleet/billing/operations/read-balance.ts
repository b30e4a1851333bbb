// SPDX-License-Identifier: MIT
import { answered, operation } from "../../operation.ts";
import { accountBalance } from "../contract.ts";
import { balanceView } from "../views.ts";

export const readBalance = operation({
  operationId: "readBalance",
  method: "GET",
  path: "/public/v2/billing/balance",
  summary: "What the account owes, per currency; below zero: what it has paid ahead",
  tag: "billing",
  permission: { feature: "Financial", level: "View" },
  content: accountBalance,
  async handle({ fleet, account }) {
    return answered(balanceView(await fleet.desks.billing.bill(account.id)));
  },
});
