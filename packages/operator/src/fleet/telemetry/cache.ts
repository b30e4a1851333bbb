// SPDX-License-Identifier: MIT
import { slotStartMs } from "@perigee/network";
import { z } from "zod";
import { meanBps, type TelemetryRow } from "../../telemetry/row.ts";
import type { Addresses } from "./addresses.ts";
import { alertMembers } from "./alert-codes.ts";

type AlertMember = keyof typeof alertMembers;

const instant = z.iso.datetime();
const alertShape = Object.fromEntries(
  Object.keys(alertMembers).map(name => [name, z.boolean().nullable()]),
) as Record<AlertMember, z.ZodNullable<z.ZodBoolean>>;

export const terminalTelemetry = z.object({
  userTerminalId: z.string(),
  timestamp: instant,
  uptimeSeconds: z.number().nullable(),
  softwareVersion: z.string().nullable(),
  downlinkThroughputMbps: z.number(),
  uplinkThroughputMbps: z.number(),
  popPingDropRateAvg: z.number().nullable(),
  popPingLatencyMsAvg: z.number().nullable(),
  obstructionPercentTime: z.number().nullable(),
  signalQuality: z.number().nullable(),
  countryCode: z.string().nullable(),
  inTerritorialWaters: z.boolean().nullable(),
  h3CellId: z.string().nullable().meta({ description: "Hexadecimal, resolution 5" }),
  secondsUntilSoftwareUpdateRebootPossible: z.number().nullable(),
  ...alertShape,
  ipAllocations: z
    .object({
      userTerminalId: z.string(),
      timestamp: instant,
      ipv4: z.array(z.string()),
      ipv6Ue: z.array(z.string()),
      ipv6Cpe: z.array(z.string()),
    })
    .nullable(),
});

export const routerTelemetry = z.object({
  routerId: z.string(),
  /** Sandboxes are a feature of accounts that may have them; none here does. */
  alertSandboxDisabled: z.boolean().nullable(),
});

/** The newest row of a terminal. Of one that was not heard, no alert is known to be there or not. */
export function terminalTelemetryView(
  row: TelemetryRow,
  wireId: string,
  addresses: Addresses | null,
): z.infer<typeof terminalTelemetry> {
  const timestamp = new Date(slotStartMs(row.slot)).toISOString();
  const alert = (code: number): boolean | null => (row.reporting ? row.alerts.includes(code) : null);
  const alerts = Object.fromEntries(
    Object.entries(alertMembers).map(([name, code]) => [name, alert(code)]),
  ) as Record<AlertMember, boolean | null>;
  const userTerminalId = `ut${wireId}`;
  return {
    userTerminalId,
    timestamp,
    uptimeSeconds: row.uptimeS,
    softwareVersion: row.software,
    downlinkThroughputMbps: meanBps(row.downBytes) / 1e6,
    uplinkThroughputMbps: meanBps(row.upBytes) / 1e6,
    popPingDropRateAvg: row.pingDropRate,
    popPingLatencyMsAvg: row.pingLatencyMs,
    obstructionPercentTime: row.obstruction,
    signalQuality: row.signalQuality,
    countryCode: row.country,
    inTerritorialWaters: row.inTerritorialWaters,
    h3CellId: row.cell === null ? null : row.cell.toString(16),
    secondsUntilSoftwareUpdateRebootPossible: row.secondsUntilReboot,
    ...alerts,
    ipAllocations:
      addresses === null
        ? null
        : {
            userTerminalId,
            timestamp,
            ipv4: [...addresses.ipv4],
            ipv6Ue: [...addresses.ipv6Ue],
            ipv6Cpe: [...addresses.ipv6Cpe],
          },
  };
}

export const routerTelemetryView = (routerName: string): z.infer<typeof routerTelemetry> => ({
  routerId: routerName,
  alertSandboxDisabled: null,
});
