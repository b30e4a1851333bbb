// SPDX-License-Identifier: MIT
import { z } from "zod";
import { gated } from "./gated.ts";

const circuitId = z.string().min(1).max(100);
const vlan = z.number().int().min(0).max(4_094);

export const l2vpnOperations = [
  gated({
    operationId: "listL2VpnCircuits",
    method: "GET",
    path: "/public/v2/user-terminals/l2vpn",
    summary: "Private circuits between terminals and a point of presence",
    tag: "user-terminals",
    feature: "DeviceCommand",
    level: "View",
    content: z.array(
      z.object({
        circuitId: z.string().nullable(),
        circuitIds: z.array(z.string()),
        popName: z.string().nullable(),
      }),
    ),
  }),
  gated({
    operationId: "setL2VpnCircuits",
    method: "PUT",
    path: "/public/v2/user-terminals/{deviceId}/l2vpn",
    summary: "Gives a terminal private circuits",
    tag: "user-terminals",
    feature: "DeviceConfigurationAssignment",
    level: "Edit",
    body: z
      .array(
        z.object({
          circuitId: circuitId.nullish(),
          circuitIds: z.array(circuitId).max(100),
          customerVlans: z.array(vlan).max(4_095),
          serviceVlan: vlan.nullish(),
          customerVlanRemap: vlan.nullish(),
        }),
      )
      .max(100),
  }),
];
