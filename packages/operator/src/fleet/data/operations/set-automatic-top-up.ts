// SPDX-License-Identifier: MIT
import { z } from "zod";
import { poolIdOf } from "../../billing/pool-id.ts";
import { done, notFound, operation, refused } from "../../operation.ts";
import { pooledProducts } from "../views.ts";

export const setAutomaticTopUp = operation({
  operationId: "setAutomaticTopUp",
  method: "POST",
  path: "/public/v2/data-pools/{dataPoolId}/set-automatic-top-up",
  summary: "Says whether a pool buys data by the block once it is empty",
  tag: "data",
  permission: { feature: "ServicePlan", level: "Edit" },
  query: z.object({ enabled: z.boolean().default(true) }),
  async handle({ fleet, account, client, path, query }) {
    const desk = fleet.desks.billing;
    const poolId = path["dataPoolId"]!;
    const products = pooledProducts(desk, await desk.story(account.id));
    const productId = products.find(id => poolIdOf(account.id, id) === poolId);
    if (productId === undefined) return notFound("dataPoolId", poolId);
    const topUp = desk.prices.terms(productId)?.topUp ?? null;
    if (query.enabled && topUp === null) {
      return refused(
        "top_up_not_available",
        ["dataPoolId"],
        "This pool's product has no data to top up with.",
      );
    }
    await desk.record(
      account.id,
      { id: client.clientId, name: client.name },
      { kind: "autoTopUp", poolId, terms: query.enabled ? topUp : null },
      `Data pool ${poolId} ${query.enabled ? "tops itself up" : "does not top itself up"}.`,
    );
    return done;
  },
});
