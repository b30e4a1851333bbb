// SPDX-License-Identifier: MIT
import { done, operation, refusedBy } from "../../operation.ts";
import { nicknameRequest } from "./contract.ts";
import { lineMembers, ownLine } from "./own-line.ts";

export const updateNickname = operation({
  operationId: "updateServiceLineNickname",
  method: "PUT",
  path: "/public/v2/service-lines/{serviceLineNumber}/nickname",
  summary: "Gives a service line another name",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "Edit" },
  body: nicknameRequest,
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const { nickname } = call.body;
    const renamed = await call.carryOut("fleet.renameLine", {
      serviceLineId: line.value.id,
      personal: { nickname },
    });
    return renamed.ok ? done : refusedBy(renamed.error, { ...lineMembers, personal: "nickname" });
  },
});
