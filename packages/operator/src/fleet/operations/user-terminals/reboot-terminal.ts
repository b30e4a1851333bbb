// SPDX-License-Identifier: MIT
import { done, operation, refused } from "../../operation.ts";
import { ownTerminal } from "./own-terminal.ts";

export const rebootTerminal = operation({
  operationId: "rebootUserTerminal",
  method: "POST",
  path: "/public/v2/user-terminals/{deviceId}/reboot",
  summary: "Restarts a terminal of the account",
  tag: "user-terminals",
  permission: { feature: "DeviceCommand", level: "Edit" },
  async handle(call) {
    const deviceId = call.path["deviceId"]!;
    const terminal = ownTerminal(call, deviceId);
    if (!terminal.ok) return terminal;
    const heard = (await call.fleet.ports.devices?.rebootTerminal(terminal.value.id)) ?? false;
    return heard
      ? done
      : refused("device_offline", ["deviceId"], `Terminal ${deviceId} does not hear the operator.`);
  },
});
