// SPDX-License-Identifier: MIT
import { recentAlerts } from "./alerts.ts";
import { secondsUntilUpdate } from "./answers/software-update.ts";
import type { DishCore, Silence } from "./core.ts";
import { signalQuality } from "./signal.ts";

/** Seconds that a row of the operator's telemetry covers. */
const ROW_S = 15;

/** What a terminal reports to its operator each slot; means are over the last 15 s. */
export interface DishTelemetry {
  readonly atMs: number;
  readonly onAir: boolean;
  readonly silence: Silence | null;
  readonly downBps: number;
  readonly upBps: number;
  /** Carried since the terminal was made here, bytes; never falls, not at restarts either. */
  readonly downBytes: number;
  readonly upBytes: number;
  /** 0 to 1. */
  readonly pingDropRate: number;
  /** Null: no ping came back. */
  readonly pingLatencyMs: number | null;
  /** Share of the time in which its satellite was obstructed, 0 to 1. */
  readonly obstructionTimeShare: number;
  readonly uptimeS: number;
  /** 0 to 1 over 0 to 10 dB. */
  readonly signalQuality: number;
  readonly secondsUntilSwupdateRebootPossible: number;
  readonly softwareVersion: string;
  /** `UtDisablementCode`. */
  readonly wireCode: number;
  /** Whether it goes without satellite navigation and knows its place from the network only. */
  readonly gpsInhibited: boolean;
  /** Codes of the alerts that were active at least once in the last 15 s, ascending. */
  readonly alerts: readonly number[];
}

export function telemetryOf(core: DishCore, atMs: number): DishTelemetry {
  const recent = core.history.recent(ROW_S);
  const { onAir, why } = core.radio;
  return {
    atMs,
    onAir,
    silence: why,
    downBps: recent.downBps,
    upBps: recent.upBps,
    downBytes: Math.floor(core.downBytes),
    upBytes: Math.floor(core.upBytes),
    pingDropRate: recent.dropRate,
    pingLatencyMs: recent.latencyMs,
    obstructionTimeShare: core.map.timeShare,
    uptimeS: core.uptimeS(atMs),
    signalQuality: signalQuality(core.snrDb),
    secondsUntilSwupdateRebootPossible: secondsUntilUpdate(core, atMs),
    softwareVersion: core.softwareVersion,
    wireCode: core.schedule.at(atMs)?.admission?.wireCode ?? 0,
    gpsInhibited: core.orders.gpsInhibited,
    alerts: recentAlerts(core, atMs),
  };
}
