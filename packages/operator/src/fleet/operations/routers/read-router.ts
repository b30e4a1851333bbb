// SPDX-License-Identifier: MIT
import { answered, operation } from "../../operation.ts";
import { wireIdentityOf } from "../../wire-ids.ts";
import { routerResponse, routerView } from "../user-terminals/terminal-view.ts";
import { ownRouter } from "./own-router.ts";

export const readRouter = operation({
  operationId: "readRouter",
  method: "GET",
  path: "/public/v2/routers/{routerId}",
  summary: "One router behind a terminal of the account",
  tag: "routers",
  permission: { feature: "DeviceManagement", level: "View" },
  content: routerResponse,
  handle(call) {
    const found = ownRouter(call);
    if (!found.ok) return found;
    const { router, terminal } = found.value;
    return answered(routerView(router, wireIdentityOf(terminal).userTerminalId));
  },
});
