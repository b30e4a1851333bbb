// SPDX-License-Identifier: MIT
import { answered, operation, refused } from "../../operation.ts";
import { optInResponse } from "../contract.ts";
import { optInState, optInView } from "../opt-in.ts";
import { ownLine } from "../own-line.ts";

export const optOut = operation({
  operationId: "optOutOfData",
  method: "POST",
  path: "/public/v2/service-lines/{serviceLineNumber}/data/opt-out",
  summary: "Ends that the line buys data by itself; what was bought stays until the cycle's end",
  tag: "data",
  permission: { feature: "ServicePlan", level: "Edit" },
  content: optInResponse,
  async handle(call) {
    const found = await ownLine(call);
    if (!found.ok) return found;
    const { desk, line, story, number } = found.value;
    const before = optInState(story, line.lineId, desk.time.nowMs());
    if (before === null) {
      return refused("not_opted_in", ["serviceLineNumber"], `Service line ${number} never opted in.`);
    }
    if (!before.optedIn) return answered(optInView(before));
    await desk.record(
      call.account.id,
      { id: call.client.clientId, name: call.client.name },
      { kind: "optOut", lineId: line.lineId },
      `Service line ${number} opts out of data by the block.`,
    );
    const after = await desk.story(call.account.id);
    return answered(optInView(optInState(after, line.lineId, desk.time.nowMs())!));
  },
});
