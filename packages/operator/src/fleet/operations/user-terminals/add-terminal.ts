// SPDX-License-Identifier: MIT
import { done, notFound, operation, refusedBy } from "../../operation.ts";
import { lineMembers } from "../service-lines/own-line.ts";
import { deviceIdRequest } from "./own-terminal.ts";

export const addTerminal = operation({
  operationId: "addUserTerminal",
  method: "POST",
  path: "/public/v2/user-terminals",
  summary: "Adds a terminal to the account; it has no service before it is on a service line",
  tag: "user-terminals",
  permission: { feature: "DeviceManagement", level: "Edit" },
  body: deviceIdRequest,
  async handle({ account, body: { deviceId }, carryOut, fleet }) {
    const terminalId = fleet.ids.terminalOf(deviceId);
    if (terminalId === null) return notFound("deviceId", deviceId);
    const added = await carryOut("fleet.addTerminal", { accountId: account.id, terminalId });
    return added.ok ? done : refusedBy(added.error, lineMembers);
  },
});
