// SPDX-License-Identifier: MIT
import { z } from "zod";
import { poolIdOf } from "../../billing/pool-id.ts";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { dataPool, ids } from "../contract.ts";
import { pooledProducts, poolView } from "../views.ts";

export const listDataPools = operation({
  operationId: "listDataPools",
  method: "GET",
  path: "/public/v2/data-pools",
  summary: "Data pools of the account: one for the lines of each product that data can be added to",
  tag: "data",
  permission: { feature: "ServicePlan", level: "View" },
  query: z.object({
    productReferenceId: z.string().max(64).optional(),
    dataPoolIds: ids.optional(),
    ...pageQuery.shape,
  }),
  content: paged(dataPool, "DataPoolResponseV2"),
  async handle({ fleet, account, query }) {
    const desk = fleet.desks.billing;
    const story = await desk.story(account.id);
    const cycle = desk.cycle(story);
    if (cycle === null) return answered(pageOf([], query.page));
    const { productReferenceId, dataPoolIds } = query;
    const products = pooledProducts(desk, story).filter(
      productId =>
        (productReferenceId === undefined || productId === productReferenceId) &&
        (dataPoolIds === undefined || dataPoolIds.includes(poolIdOf(account.id, productId))),
    );
    const use = await desk.use(story, cycle);
    const { results, ...page } = pageOf(products, query.page);
    return answered({ ...page, results: results.map(id => poolView(desk, story, id, use)) });
  },
});
