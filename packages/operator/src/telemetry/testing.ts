// SPDX-License-Identifier: MIT
// Test support, not exported: rows that are all different, and a folder that goes away.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellAt } from "@perigee/earth";
import { slotFrom } from "./day-files.ts";
import type { TelemetryRow } from "./row.ts";

/** The first slot of 21 May 2026, UTC. */
export const FIRST_SLOT = slotFrom(Date.UTC(2026, 4, 21));

/** Some service cells in a line, ten kilometres and more apart. */
export const someCells: readonly bigint[] = Array.from({ length: 12 }, (_, k) =>
  BigInt(`0x${cellAt(47 + 0.3 * k, 8 + 0.4 * k)}`),
);

/** A terminal that says everything, unless told otherwise. */
export function rowOf(slot: number, terminal: string, said: Partial<TelemetryRow> = {}): TelemetryRow {
  return {
    slot,
    terminal,
    account: "account-1",
    cell: someCells[0]!,
    country: "CH",
    inTerritorialWaters: false,
    satellite: 44_713,
    gateway: "gw-1",
    pop: "pop-1",
    rttMs: 31.5,
    pingLatencyMs: 33.25,
    pingDropRate: 0.0625,
    downBytes: 1_000_000,
    upBytes: 250_000,
    obstruction: 0.0078125,
    signalQuality: 0.75,
    uptimeS: 86_400,
    secondsUntilReboot: 259_200,
    software: "2026.20.0",
    wireCode: 1,
    reason: "",
    reporting: true,
    alerts: [],
    ...said,
  };
}

/** What is left of a row of a terminal that says nothing. */
export const silent: Partial<TelemetryRow> = {
  cell: null,
  country: null,
  inTerritorialWaters: null,
  satellite: null,
  gateway: null,
  pop: null,
  rttMs: null,
  pingLatencyMs: null,
  pingDropRate: null,
  downBytes: 0,
  upBytes: 0,
  obstruction: null,
  signalQuality: null,
  uptimeS: null,
  secondsUntilReboot: null,
  software: null,
  wireCode: null,
  reason: "neverLocated",
  reporting: false,
};

/** A folder of its own, gone when it is disposed. */
export function folder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "perigee-telemetry-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
