// SPDX-License-Identifier: MIT
import { z } from "zod";
import { answered, operation } from "../../operation.ts";
import { routerIdIn, routerNameOf, wireIdentityOf } from "../../wire-ids.ts";
import { routerTelemetry, routerTelemetryView, terminalTelemetry, terminalTelemetryView } from "../cache.ts";

const names = z.array(z.string().max(100)).max(10_000).nullish();

const queryRequest = z.object({
  includeUserTerminals: z.boolean().nullish(),
  userTerminalIds: names,
  includeRouters: z.boolean().nullish(),
  routerIds: names,
});

export const queryTelemetry = operation({
  operationId: "queryTelemetry",
  method: "POST",
  path: "/public/v2/telemetry/query",
  summary: "The newest telemetry of the account's devices; of those that are named, or of all",
  tag: "telemetry",
  permission: { feature: "DeviceTelemetry", level: "View" },
  body: queryRequest,
  content: z.object({
    userTerminals: z.record(z.string(), terminalTelemetry),
    routers: z.record(z.string(), routerTelemetry),
  }),
  handle({ fleet, account, body }) {
    const desk = fleet.desks.telemetry;
    const own = fleet.operator.authority.book
      .about("terminal", account.id)
      .filter(terminal => terminal.accountId === account.id);
    const userTerminals: Record<string, z.infer<typeof terminalTelemetry>> = {};
    if (body.includeUserTerminals ?? true) {
      const asked = body.userTerminalIds?.length
        ? new Set(body.userTerminalIds.map(id => fleet.ids.terminalOf(id)))
        : null;
      for (const terminal of own) {
        if (asked !== null && !asked.has(terminal.id)) continue;
        const row = desk.source?.newest(terminal.id) ?? null;
        // What was heard while it was another account's is that account's.
        if (row === null || row.account !== account.id) continue;
        const wireId = wireIdentityOf(terminal).userTerminalId;
        const addresses = row.reporting && row.pop !== null ? desk.addresses(terminal.id, row.pop) : null;
        userTerminals[`ut${wireId}`] = terminalTelemetryView(row, wireId, addresses);
      }
    }
    const routers: Record<string, z.infer<typeof routerTelemetry>> = {};
    if (body.includeRouters ?? true) {
      const asked = body.routerIds?.length ? new Set(body.routerIds.map(routerIdIn)) : null;
      for (const { id } of own) {
        for (const row of desk.routers.newest(id)) {
          if (asked !== null && !asked.has(row.routerId)) continue;
          routers[routerNameOf(row.routerId)] = routerTelemetryView(routerNameOf(row.routerId));
        }
      }
    }
    return answered({ userTerminals, routers });
  },
});
