// SPDX-License-Identifier: MIT
import type { MessageOf } from "../../schema/message.ts";
import type { DishCore } from "../core.ts";
import { nanoseconds } from "../gps-time.ts";
import { wireOutage } from "./outages.ts";

/**
 * `dish_get_history`: five rings of 900 samples, whole even where the terminal has just started, for clients fail on
 * empty ones. Copies: the answer stays what it is while the terminal goes on.
 */
export function dishHistory(
  core: DishCore,
  atMs: number,
): MessageOf<"SpaceX.API.Device.DishGetHistoryResponse"> {
  const { history } = core;
  return {
    current: BigInt(history.current),
    popPingDropRate: history.dropRate.slice(),
    popPingLatencyMs: history.latencyMs.slice(),
    downlinkThroughputBps: history.downBps.slice(),
    uplinkThroughputBps: history.upBps.slice(),
    powerIn: history.powerW.slice(),
    outages: core.log.outages(atMs).map(wireOutage),
    eventLog: eventLog(core, atMs),
  };
}

/** The event log counts in Unix time. */
function eventLog(core: DishCore, atMs: number): MessageOf<"SpaceX.API.Device.EventLog"> {
  return {
    events: core.log.events(atMs).map(event => ({
      severity: event.severity,
      reason: event.reason,
      startTimestampNs: nanoseconds(event.startMs),
      durationNs: nanoseconds(event.durationMs),
      deviceId: core.identity.id,
    })),
    startTimestampNs: nanoseconds(core.log.sinceMs),
    currentTimestampNs: nanoseconds(atMs),
  };
}
