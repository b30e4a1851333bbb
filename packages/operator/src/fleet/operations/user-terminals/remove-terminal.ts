// SPDX-License-Identifier: MIT
import { done, operation, refusedBy } from "../../operation.ts";
import { lineMembers } from "../service-lines/own-line.ts";
import { ownTerminal } from "./own-terminal.ts";

export const removeTerminal = operation({
  operationId: "removeUserTerminal",
  method: "DELETE",
  path: "/public/v2/user-terminals/{deviceId}",
  summary: "Takes a terminal that is on no service line out of the account",
  tag: "user-terminals",
  permission: { feature: "DeviceManagement", level: "Edit" },
  async handle(call) {
    const terminal = ownTerminal(call, call.path["deviceId"]!);
    if (!terminal.ok) return terminal;
    const removed = await call.carryOut("fleet.removeTerminal", { terminalId: terminal.value.id });
    return removed.ok ? done : refusedBy(removed.error, lineMembers);
  },
});
