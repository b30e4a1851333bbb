// SPDX-License-Identifier: MIT
import { z } from "zod";
import { cycleAt } from "../../billing/cycle.ts";
import { poolIdOf } from "../../billing/pool-id.ts";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { dataPoolUsage, ids } from "../contract.ts";
import { pooledProducts, poolUsageView } from "../views.ts";

export const readPoolUsage = operation({
  operationId: "readDataPoolUsage",
  method: "GET",
  path: "/public/v2/data-pools/usage",
  summary: "Which lines used which blocks of the account's pools, in the billing cycle of an instant",
  tag: "data",
  permission: { feature: "ServicePlan", level: "View" },
  query: z.object({
    dataPoolIds: ids.optional(),
    asOfTimestamp: z.iso.datetime({ offset: true }).optional(),
    ...pageQuery.shape,
    limit: z.number().int().min(1).max(250).default(50),
  }),
  content: paged(dataPoolUsage, "DataPoolUsageResponseV2"),
  async handle({ fleet, account, query }) {
    const desk = fleet.desks.billing;
    const story = await desk.story(account.id);
    const { asOfTimestamp, dataPoolIds, page, limit } = query;
    if (story.billingDay === null) return answered(pageOf([], page, limit));
    const atMs = asOfTimestamp === undefined ? desk.time.nowMs() : Date.parse(asOfTimestamp);
    const use = await desk.use(story, cycleAt(story.billingDay, Math.min(atMs, desk.time.nowMs())));
    const ids = pooledProducts(desk, story)
      .map(productId => poolIdOf(account.id, productId))
      .filter(id => dataPoolIds === undefined || dataPoolIds.includes(id));
    const { results, ...rest } = pageOf(ids, page, limit);
    return answered({ ...rest, results: results.map(id => poolUsageView(id, use)) });
  },
});
