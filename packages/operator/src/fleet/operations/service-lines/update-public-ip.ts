// SPDX-License-Identifier: MIT
import { done, operation, refusedBy } from "../../operation.ts";
import { publicIpRequest } from "./contract.ts";
import { lineMembers, ownLine } from "./own-line.ts";

export const updatePublicIp = operation({
  operationId: "setServiceLinePublicIp",
  method: "PUT",
  path: "/public/v2/service-lines/{serviceLineNumber}/public-ip",
  summary: "Says whether the Internet reaches the terminal on a service line",
  tag: "service-lines",
  permission: { feature: "DeviceCommand", level: "Edit" },
  body: publicIpRequest,
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const { publicIp } = call.body;
    const set = await call.carryOut("fleet.setPublicIp", { serviceLineId: line.value.id, publicIp });
    return set.ok ? done : refusedBy(set.error, lineMembers);
  },
});
