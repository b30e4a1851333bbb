// SPDX-License-Identifier: MIT
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { invoiceSummary } from "../contract.ts";
import { summaryView } from "../views.ts";

export const listInvoices = operation({
  operationId: "listInvoices",
  method: "GET",
  path: "/public/v2/billing/invoices",
  summary: "Invoices of the account, the latest first",
  tag: "billing",
  permission: { feature: "Financial", level: "View" },
  query: pageQuery,
  content: paged(invoiceSummary, "InvoiceSummaryResponse"),
  async handle({ fleet, account, query }) {
    const { invoices } = await fleet.desks.billing.bill(account.id);
    const { results, ...page } = pageOf(invoices.toReversed(), query.page);
    return answered({ ...page, results: results.map(summaryView) });
  },
});
