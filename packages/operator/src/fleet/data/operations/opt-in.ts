// SPDX-License-Identifier: MIT
import { answered, operation, refused } from "../../operation.ts";
import { optInResponse } from "../contract.ts";
import { optInState, optInView } from "../opt-in.ts";
import { activeLine } from "../own-line.ts";

export const optIn = operation({
  operationId: "optInToData",
  method: "POST",
  path: "/public/v2/service-lines/{serviceLineNumber}/data/opt-in",
  summary: "Lets the line buy priority data by the block once it has none left",
  tag: "data",
  permission: { feature: "ServicePlan", level: "Edit" },
  content: optInResponse,
  async handle(call) {
    const found = await activeLine(call);
    if (!found.ok) return found;
    const { desk, line, story, terms, number } = found.value;
    if (terms?.topUp == null) {
      const sentence = "This line's product has no data that are bought as they are used.";
      return refused("opt_in_not_available", ["serviceLineNumber"], sentence);
    }
    const before = optInState(story, line.lineId, desk.time.nowMs());
    if (before?.optedIn === true) return answered(optInView(before));
    if (before?.coolsDown === true) {
      const sentence = "The line opted out less than 24 hours ago and cannot opt in again yet.";
      return refused("opt_in_cool_down", ["serviceLineNumber"], sentence);
    }
    await desk.record(
      call.account.id,
      { id: call.client.clientId, name: call.client.name },
      { kind: "optIn", lineId: line.lineId, terms: terms.topUp },
      `Service line ${number} opts in to data at ${terms.topUp.productId} by the block.`,
    );
    const after = await desk.story(call.account.id);
    return answered(optInView(optInState(after, line.lineId, desk.time.nowMs())!));
  },
});
