// SPDX-License-Identifier: MIT
import { z } from "zod";
import { done, operation, refused } from "../../operation.ts";
import { activeLine } from "../own-line.ts";

export const consumeFromPool = operation({
  operationId: "consumeFromPool",
  method: "PATCH",
  path: "/public/v2/service-lines/{serviceLineNumber}/consume-from-pool",
  summary: "Says whether the line draws on its pool once its own data are used up",
  tag: "data",
  permission: { feature: "ServicePlan", level: "Edit" },
  query: z.object({ consumeFromPool: z.boolean().default(true) }),
  async handle(call) {
    const found = await activeLine(call);
    if (!found.ok) return found;
    const { desk, line, terms, number } = found.value;
    if (terms === undefined || terms.blocks.length === 0) {
      return refused("no_data_pool", ["serviceLineNumber"], "This line's product has no data pool.");
    }
    const fromPool = call.query.consumeFromPool;
    await desk.record(
      call.account.id,
      { id: call.client.clientId, name: call.client.name },
      { kind: "consume", lineId: line.lineId, fromPool },
      `Service line ${number} ${fromPool ? "draws" : "does not draw"} on its data pool.`,
    );
    return done;
  },
});
