// SPDX-License-Identifier: MIT
// What the API says of telemetry.
import { z } from "zod";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });
const cell = z.string().meta({ description: "H3 index: resolution 5, or 3 for who may not see positions" });

export const telemetryRow = z.object({
  at: instant.meta({ description: "Start of the slot" }),
  slot: z.number().int(),
  account: z.string().nullable(),
  cell: cell.nullable(),
  country: z.string().nullable(),
  inTerritorialWaters: z.boolean().nullable(),
  satellite: z.number().int().nullable().meta({ description: "Catalogue number" }),
  gateway: z.string().nullable(),
  pop: z.string().nullable(),
  rttMs: z.number().nullable(),
  pingLatencyMs: z.number().nullable(),
  pingDropRate: z.number().nullable(),
  downBytes: z.number().int(),
  upBytes: z.number().int(),
  obstruction: z.number().nullable(),
  signalQuality: z.number().nullable(),
  uptimeS: z.number().int().nullable(),
  secondsUntilReboot: z.number().int().nullable(),
  software: z.string().nullable(),
  wireCode: z.number().int().nullable(),
  reason: z.string(),
  reporting: z.boolean(),
  alerts: z.array(z.number().int()).meta({ description: "Wire codes" }),
});

export const telemetryHistory = z.object({
  terminal: z.string(),
  from: instant,
  until: instant,
  downBytes: z.number().int(),
  upBytes: z.number().int(),
  rows: z.array(telemetryRow),
});

export const cellVisits = z.object({
  from: instant,
  until: instant,
  visits: z.array(
    z.object({
      terminal: z.string(),
      account: z.string().nullable(),
      cell,
      from: instant,
      until: instant,
      slots: z.number().int(),
    }),
  ),
});

export const telemetryStatus = z.object({
  lastSlot: z.number().int().nullable(),
  lastAt: instant.nullable(),
  retentionDays: z.number().int(),
  openRows: z.number().int().meta({ description: "Rows of days that are not in a file yet" }),
  files: z.array(
    z.object({
      day: z.string(),
      file: z.string().meta({ description: "Path in the folder of telemetry" }),
      rows: z.number().int(),
      bytes: z.number().int(),
      digest: z.string().meta({ description: "Hex SHA-256" }),
    }),
  ),
  damaged: z
    .array(z.string())
    .meta({ description: "Days of which a file was found damaged: answers about them lack rows" }),
});

export type TelemetryHistory = z.infer<typeof telemetryHistory>;
export type TelemetryRowView = z.infer<typeof telemetryRow>;
export type CellVisits = z.infer<typeof cellVisits>;
export type TelemetryStatusView = z.infer<typeof telemetryStatus>;
