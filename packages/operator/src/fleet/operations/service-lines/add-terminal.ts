// SPDX-License-Identifier: MIT
import { done, operation, refusedBy } from "../../operation.ts";
import { deviceIdRequest, ownTerminal } from "../user-terminals/own-terminal.ts";
import { lineMembers, ownLine } from "./own-line.ts";

export const addTerminalToLine = operation({
  operationId: "addUserTerminalToServiceLine",
  method: "POST",
  path: "/public/v2/service-lines/{serviceLineNumber}/user-terminals",
  summary: "Puts a terminal of the account on a service line, and so in service",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "Edit" },
  body: deviceIdRequest,
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const terminal = ownTerminal(call, call.body.deviceId);
    if (!terminal.ok) return terminal;
    const added = await call.carryOut("fleet.addTerminalToLine", {
      serviceLineId: line.value.id,
      terminalId: terminal.value.id,
    });
    return added.ok ? done : refusedBy(added.error, lineMembers);
  },
});
