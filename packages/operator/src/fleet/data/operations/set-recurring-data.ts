// SPDX-License-Identifier: MIT
import { poolIdOf } from "../../billing/pool-id.ts";
import { done, notFound, operation } from "../../operation.ts";
import { recurringDataBlocksRequest } from "../contract.ts";
import { activeLine, wantedBlocks } from "../own-line.ts";

export const setRecurringData = operation({
  operationId: "setRecurringData",
  method: "PUT",
  path: "/public/v2/service-lines/{serviceLineNumber}/data/recurring",
  summary:
    "Says which blocks of data are bought at the start of every billing cycle, for the line or for its pool",
  tag: "data",
  permission: { feature: "ServicePlan", level: "Edit" },
  body: recurringDataBlocksRequest,
  async handle(call) {
    const found = await activeLine(call);
    if (!found.ok) return found;
    const { desk, line, phase, terms, number } = found.value;
    const { recurringDataBlocks, dataPoolId, applyToCurrentMonth } = call.body;
    const poolId = dataPoolId ?? null;
    if (poolId !== null && poolId !== poolIdOf(call.account.id, phase.productId)) {
      return notFound("dataPoolId", poolId);
    }
    const blocks = wantedBlocks(terms, recurringDataBlocks, "recurringDataBlocks");
    if (!blocks.ok) return blocks;
    const what = recurringDataBlocks.map(({ productId, count }) => `${count} × ${productId}`).join(", ");
    await desk.record(
      call.account.id,
      { id: call.client.clientId, name: call.client.name },
      {
        kind: "recurring",
        lineId: line.lineId,
        blocks: blocks.value,
        poolId,
        now: applyToCurrentMonth ?? false,
      },
      `Service line ${number} buys ${what || "no blocks"} every billing cycle.`,
    );
    return done;
  },
});
