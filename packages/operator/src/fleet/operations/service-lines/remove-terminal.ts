// SPDX-License-Identifier: MIT
import { done, operation, refusedBy } from "../../operation.ts";
import { ownTerminal } from "../user-terminals/own-terminal.ts";
import { lineMembers, ownLine } from "./own-line.ts";

export const removeTerminalFromLine = operation({
  operationId: "removeUserTerminalFromServiceLine",
  method: "DELETE",
  path: "/public/v2/service-lines/{serviceLineNumber}/user-terminals/{deviceId}",
  summary: "Takes a terminal off a service line; it stays with the account, without service",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "Edit" },
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const terminal = ownTerminal(call, call.path["deviceId"]!);
    if (!terminal.ok) return terminal;
    const removed = await call.carryOut("fleet.takeTerminalOffLine", {
      serviceLineId: line.value.id,
      terminalId: terminal.value.id,
    });
    return removed.ok ? done : refusedBy(removed.error, lineMembers);
  },
});
