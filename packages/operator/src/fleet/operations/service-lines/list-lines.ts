// SPDX-License-Identifier: MIT
import { z } from "zod";
import { poolIdOf } from "../../billing/pool-id.ts";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { lineNumberOf } from "../../wire-ids.ts";
import { lineResponse } from "./contract.ts";
import { lineView } from "./line-view.ts";

export const listLines = operation({
  operationId: "listServiceLines",
  method: "GET",
  path: "/public/v2/service-lines",
  summary: "Service lines of the account, ended ones among them",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "View" },
  query: pageQuery.extend({
    addressReferenceId: z.string().max(64).optional(),
    searchString: z.string().max(200).optional(),
    dataPoolId: z.string().max(64).optional(),
    orderByCreatedDateDescending: z.boolean().default(true),
  }),
  content: paged(lineResponse, "ServiceLineResponse"),
  async handle({ account, fleet, query }) {
    const { addressReferenceId, dataPoolId } = query;
    const desk = fleet.desks.billing;
    const searched = query.searchString?.toLowerCase();
    const lines = fleet.operator.authority.book
      .about("serviceLine", account.id)
      .filter(
        line =>
          line.accountId === account.id &&
          (addressReferenceId === undefined || line.addressId === addressReferenceId.toLowerCase()) &&
          (dataPoolId === undefined || poolIdOf(account.id, desk.prices.productOf(line)) === dataPoolId) &&
          (searched === undefined ||
            `${line.nickname}\n${lineNumberOf(line.id)}`.toLowerCase().includes(searched)),
      );
    const page = pageOf(query.orderByCreatedDateDescending ? lines.toReversed() : lines, query.page);
    const story = await desk.story(account.id);
    return answered({ ...page, results: page.results.map(line => lineView(desk, story, line)) });
  },
});
