// SPDX-License-Identifier: MIT
import { done, operation, refused } from "../../operation.ts";
import { ownRouter } from "./own-router.ts";

export const rebootRouter = operation({
  operationId: "rebootRouter",
  method: "POST",
  path: "/public/v2/routers/{routerId}/reboot",
  summary: "Restarts a router behind a terminal of the account",
  tag: "routers",
  permission: { feature: "DeviceCommand", level: "Edit" },
  async handle(call) {
    const found = ownRouter(call);
    if (!found.ok) return found;
    const { router, terminal } = found.value;
    const heard = (await call.fleet.ports.devices?.rebootRouter(terminal.id, router.id)) ?? false;
    const name = call.path["routerId"]!;
    return heard
      ? done
      : refused("device_offline", ["routerId"], `Router ${name} does not hear the operator.`);
  },
});
