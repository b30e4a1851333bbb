// SPDX-License-Identifier: MIT
import type { Terminal } from "@perigee/authority";
import { z } from "zod";
import type { Fleet } from "../../fleet.ts";
import type { FleetRouter } from "../../ports.ts";
import { lineNumberOf, routerNameOf, wireIdentityOf } from "../../wire-ids.ts";

export const routerResponse = z
  .object({
    routerId: z.string(),
    nickname: z.string().nullable(),
    userTerminalId: z.string(),
    configId: z.string().nullable(),
    hardwareVersion: z.string().nullable(),
    lastBonded: z.iso.datetime().nullable(),
  })
  .meta({ id: "RouterResponseV2" });

const l2VpnCircuit = z
  .object({
    circuitId: z.string().nullable(),
    circuitIds: z.array(z.string()),
    customerVlans: z.array(z.number().int()),
    serviceVlan: z.number().int().nullable(),
    customerVlanRemap: z.number().int().nullable(),
  })
  .meta({ id: "L2VpnCircuitDefinition" });

export const terminalResponse = z
  .object({
    userTerminalId: z.string(),
    nickname: z.string().nullable(),
    kitSerialNumber: z.string(),
    dishSerialNumber: z.string(),
    serviceLineNumber: z.string().nullable(),
    l2VpnCircuits: z.array(l2VpnCircuit),
    routers: z.array(routerResponse),
  })
  .meta({ id: "UserTerminalResponseV2" });

/** A terminal as the wire has it. Circuits are a feature that no account has here. */
export function terminalView(fleet: Fleet, terminal: Terminal): z.input<typeof terminalResponse> {
  const { userTerminalId, kitNumber, dishSerial } = wireIdentityOf(terminal);
  return {
    userTerminalId,
    nickname: terminal.name === "" ? null : terminal.name,
    kitSerialNumber: kitNumber,
    dishSerialNumber: dishSerial,
    serviceLineNumber: terminal.serviceLineId === null ? null : lineNumberOf(terminal.serviceLineId),
    l2VpnCircuits: [],
    routers: (fleet.ports.devices?.routersOf(terminal.id) ?? []).map(router =>
      routerView(router, userTerminalId),
    ),
  };
}

/** A router as the wire has it. Configurations are a feature that no account has here. */
export function routerView(
  { id, hardwareVersion, lastBondedMs }: FleetRouter,
  userTerminalId: string,
): z.input<typeof routerResponse> {
  return {
    routerId: routerNameOf(id),
    nickname: null,
    userTerminalId,
    configId: null,
    hardwareVersion,
    lastBonded: lastBondedMs === null ? null : new Date(lastBondedMs).toISOString(),
  };
}
