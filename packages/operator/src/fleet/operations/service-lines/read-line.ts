// SPDX-License-Identifier: MIT
import { answered, operation } from "../../operation.ts";
import { lineResponse } from "./contract.ts";
import { lineView } from "./line-view.ts";
import { ownLine } from "./own-line.ts";

export const readLine = operation({
  operationId: "readServiceLine",
  method: "GET",
  path: "/public/v2/service-lines/{serviceLineNumber}",
  summary: "One service line of the account",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "View" },
  content: lineResponse,
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const desk = call.fleet.desks.billing;
    return answered(lineView(desk, await desk.story(call.account.id), line.value));
  },
});
