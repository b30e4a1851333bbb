// SPDX-License-Identifier: MIT
import type { RouterCore } from "./core.ts";
import type { Band } from "./interfaces.ts";

/** Least, greatest and mean of some numbers; null: there are none. */
export interface Spread {
  readonly min: number;
  readonly max: number;
  readonly avg: number;
}

/** What a router reports of the devices on one wireless band. */
export interface BandTelemetry {
  readonly clients: number;
  /** From the devices and to them, Mbit/s over the air. */
  readonly rxRateMbps: Spread | null;
  readonly txRateMbps: Spread | null;
  readonly signalDbm: Spread | null;
}

/** What a router reports to its operator: the columns of router rows in the operator's telemetry. */
export interface RouterTelemetry {
  readonly atMs: number;
  readonly routerId: string;
  readonly dishId: string;
  readonly uptimeS: number;
  readonly softwareVersion: string;
  readonly hardwareVersion: string;
  readonly isBypassed: boolean;
  /** Over the last quarter of a minute; latencies are null where nothing came back. */
  readonly internetPingDropRate: number;
  readonly internetPingLatencyMs: number | null;
  readonly popPingDropRate: number;
  readonly popPingLatencyMs: number | null;
  readonly dishPingDropRate: number;
  readonly dishPingLatencyMs: number | null;
  readonly clients: number;
  readonly clientsEthernet: number;
  readonly "2.4GHz": BandTelemetry;
  readonly "5GHz": BandTelemetry;
  /** Since the router started. */
  readonly wanRxBytes: number;
  readonly wanTxBytes: number;
}

/** Reports a router as of an instant that it was advanced to. */
export function routerTelemetry(core: RouterCore, atMs: number): RouterTelemetry {
  const { internet, internetLoss, popLoss, dishLoss, home, identity } = core;
  const recent = internet.over(15);
  const newest = (record: typeof popLoss): number =>
    record.quarters === 0 ? record.recent : record.dropRate[(record.quarters - 1) % record.dropRate.length]!;
  return {
    atMs,
    routerId: identity.id,
    dishId: identity.dishId,
    uptimeS: core.uptimeS(atMs),
    softwareVersion: identity.softwareVersion,
    hardwareVersion: identity.hardwareVersion,
    isBypassed: core.config.bypassMode === true,
    internetPingDropRate: newest(internetLoss),
    internetPingLatencyMs: recent.latencyMs,
    popPingDropRate: newest(popLoss),
    popPingLatencyMs: core.popLatencyMs,
    dishPingDropRate: newest(dishLoss),
    dishPingLatencyMs: core.dishLatencyMs,
    clients: home.connected().length,
    clientsEthernet: home.connected("ethernet").length,
    "2.4GHz": bandTelemetry(core, "2.4GHz", atMs),
    "5GHz": bandTelemetry(core, "5GHz", atMs),
    wanRxBytes: core.wanRxBytes,
    wanTxBytes: core.wanTxBytes,
  };
}

function bandTelemetry({ home }: RouterCore, band: Band, atMs: number): BandTelemetry {
  const stations = home.connected(band);
  const rates = spread(stations.map(station => home.rateOf(station, atMs)?.rateMbps ?? 0));
  return {
    clients: stations.length,
    rxRateMbps: rates,
    txRateMbps: rates,
    signalDbm: spread(stations.map(station => home.signalDbm(station, atMs))),
  };
}

function spread(numbers: readonly number[]): Spread | null {
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, number) => total + number, 0);
  return { min: Math.min(...numbers), max: Math.max(...numbers), avg: sum / numbers.length };
}
