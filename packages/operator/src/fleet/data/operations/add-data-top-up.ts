// SPDX-License-Identifier: MIT
import { done, operation } from "../../operation.ts";
import { addDataBlockRequest } from "../contract.ts";
import { activeLine, wantedBlocks } from "../own-line.ts";

export const addDataTopUp = operation({
  operationId: "addDataTopUp",
  method: "POST",
  path: "/public/v2/service-lines/{serviceLineNumber}/data/top-up",
  summary: "Buys blocks of data once, for the running billing cycle",
  tag: "data",
  permission: { feature: "ServicePlan", level: "Edit" },
  body: addDataBlockRequest,
  async handle(call) {
    const found = await activeLine(call);
    if (!found.ok) return found;
    const { desk, line, terms, number } = found.value;
    const blocks = wantedBlocks(terms, [call.body], "productId");
    if (!blocks.ok) return blocks;
    const [bought] = blocks.value;
    const { productId, count } = call.body;
    await desk.record(
      call.account.id,
      { id: call.client.clientId, name: call.client.name },
      { kind: "topUp", lineId: line.lineId, blocks: bought! },
      `${count} × ${productId} are bought for service line ${number}.`,
    );
    return done;
  },
});
