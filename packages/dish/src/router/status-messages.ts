// SPDX-License-Identifier: MIT
import { enumOf } from "../schema/directory.ts";
import type { MessageOf } from "../schema/message.ts";
import { nanoseconds } from "../terminal/gps-time.ts";
import { addressOf, clientMessages, leaseLeftS } from "./client-messages.ts";
import type { RouterCore } from "./core.ts";
import { bandStatus } from "./interfaces.ts";
import { type WifiConfig, withoutPasswords } from "./wifi-config.ts";

/** Pings over the cable lost beyond this share raise an alert: this project's choice. */
const BAD_CABLE = 0.05;
const updateState = enumOf("SpaceX.API.Device.WifiSoftwareUpdateState");
const hardwareIndex = enumOf("SpaceX.API.Device.HardwareIndex");

/** `HardwareIndex` of the versions that are spoken of by name. */
const indexOfHardware: Readonly<Record<string, number>> = {
  v1: hardwareIndex.ROUTER_GEN_1,
  v2: hardwareIndex.ROUTER_GEN_2,
  v3: hardwareIndex.ROUTER_GEN_3,
  v4: hardwareIndex.ROUTER_GEN_4,
};

const bootOf = (core: RouterCore): MessageOf<"SpaceX.API.Device.BootInfo"> => ({
  countByReason: core.bootsByReason,
  lastReason: core.lastBootReason,
  lastCount: core.bootsByReason.get(core.lastBootReason) ?? 0,
  evenSideSoftwareVersion: core.identity.softwareVersion,
  oddSideSoftwareVersion: core.identity.softwareVersion,
});

/** Who the router is. */
export function deviceInfo(core: RouterCore): MessageOf<"SpaceX.API.Device.DeviceInfo"> {
  const { identity } = core;
  return {
    id: identity.id,
    hardwareVersion: identity.hardwareVersion,
    hardwareIndex: indexOfHardware[identity.hardwareVersion] ?? hardwareIndex.UNKNOWN_HARDWARE_INDEX,
    softwareVersion: identity.softwareVersion,
    manufacturedVersion: identity.manufacturedVersion,
    countryCode: core.config.countryCode,
    utcOffsetS: identity.utcOffsetS,
    softwarePartitionsEqual: true,
    bootcount: core.boots,
    boot: bootOf(core),
  };
}

/** The configuration as it goes out: with the boots, without passwords. */
export function shownConfig(core: RouterCore): WifiConfig {
  return { ...withoutPasswords(core.config), bootCount: core.boots, boot: bootOf(core) };
}

/** `wifi_get_status`: everything at once. */
export function wifiStatus(
  core: RouterCore,
  atMs: number,
): MessageOf<"SpaceX.API.Device.WifiGetStatusResponse"> {
  const { uplink, internet, config, home, seed } = core;
  const lastDrop = internet.over(1).dropRate;
  const popDrop = uplink.cable ? uplink.popDropRate : 1;
  return {
    deviceInfo: deviceInfo(core),
    deviceState: { uptimeS: BigInt(core.uptimeS(atMs)) },
    ipv4WanAddress: core.wanIpv4,
    ipv6WanAddresses: core.wanIpv6 === "" ? [] : [core.wanIpv6],
    noWanLink: !uplink.cable,
    pingDropRate: lastDrop,
    pingDropRate5m: core.internetLoss.recent,
    pingLatencyMs: internet.over(1).latencyMs ?? 0,
    dishPingDropRate: uplink.cable ? 0 : 1,
    dishPingDropRate5m: core.dishLoss.recent,
    dishPingLatencyMs: core.dishLatencyMs ?? 0,
    popPingDropRate: popDrop,
    popPingDropRate5m: core.popLoss.recent,
    popPingLatencyMs: core.popLatencyMs ?? 0,
    popIpv6PingDropRate: popDrop,
    popIpv6PingDropRate5m: core.popLoss.recent,
    popIpv6PingLatencyMs: core.popLatencyMs ?? 0,
    rf2ghzStatus: core.radios["2.4GHz"] ? bandStatus(home, "2.4GHz", seed, atMs) : {},
    rf5ghzStatus: core.radios["5GHz"] ? bandStatus(home, "5GHz", seed, atMs) : {},
    alerts: {
      installPending: config.setupComplete !== true,
      highCablePingDropRate: core.dishLoss.recent > BAD_CABLE,
      offlineNetworksDisabled: core.offlineNetworks,
    },
    isAviation: config.isAviation,
    config: shownConfig(core),
    clients: clientMessages(home, config, atMs, config.macLan ?? ""),
    dhcpServers: dhcpServers(core, atMs),
    dishId: core.identity.dishId,
    dishDisablementCode: uplink.disablementCode,
    utcNs: nanoseconds(atMs),
    softwareUpdateStats: {
      state: updateState.NO_UPDATE_REQUIRED,
      runningVersion: core.identity.softwareVersion,
    },
    secsSinceLastPublicIpv4Change: core.wanIpv4 === "" ? 0 : (atMs - core.wanAddressSinceMs) / 1000,
  };
}

/** The address pools of the networks: clients are in the first one. */
function dhcpServers(core: RouterCore, atMs: number): readonly MessageOf<"SpaceX.API.Device.DhcpServer">[] {
  const { networks = [], bypassMode } = core.config;
  if (bypassMode === true) return [];
  return networks
    .filter(network => network.dhcpDisabled !== true)
    .map((network, i) => ({
      domain: network.domain,
      subnet: network.ipv4,
      leases: (i === 0 ? core.home.connected() : []).map(station => {
        const connectedS = Math.floor((atMs - (station.connectedMs ?? atMs)) / 1000);
        const leftS = leaseLeftS(connectedS, network.dhcpv4LeaseDurationS ?? 0);
        return {
          ipAddress: addressOf(station, core.config),
          macAddress: station.macAddress,
          hostname: station.client.name,
          expiresTime: new Date(atMs + leftS * 1000).toISOString(),
          active: true,
          clientId: station.number,
        };
      }),
    }));
}

/**
 * `wifi_get_history`. Beyond the point of presence nothing is lost in this world, and both versions of IP take one path:
 * what a quarter of a minute lost on the way to one site, it lost on the way to all. Copies: the answer stays what it
 * is while the router goes on.
 */
export function wifiHistory(
  core: RouterCore,
  atMs: number,
): MessageOf<"SpaceX.API.Device.WifiGetHistoryResponse"> {
  const { internet, internetLoss, popLoss } = core;
  const beyond = internetLoss.dropRate.slice();
  const toPop = popLoss.dropRate.slice();
  return {
    current: BigInt(internet.seconds),
    pingDropRate: internet.dropRate.slice(),
    pingLatencyMs: internet.latencyMs.slice(),
    currentIndex15s: BigInt(internetLoss.quarters),
    popIpv4PingDropRateLast15s: toPop,
    popIpv6PingDropRateLast15s: toPop,
    googleIpv4PingDropRateLast15s: beyond,
    googleIpv6PingDropRateLast15s: beyond,
    cloudflareIpv4PingDropRateLast15s: beyond,
    cloudflareIpv6PingDropRateLast15s: beyond,
    eventLog: core.log.message(core.sinceMs, atMs),
  };
}

/** `get_diagnostics` of a router. */
export function wifiDiagnostics(core: RouterCore): MessageOf<"SpaceX.API.Device.WifiGetDiagnosticsResponse"> {
  const { identity, home, config } = core;
  return {
    id: identity.id,
    hardwareVersion: identity.hardwareVersion,
    softwareVersion: identity.softwareVersion,
    networks: (config.networks ?? []).map((network, i) => ({
      domain: network.domain,
      ipv4: network.ipv4,
      clientsEthernet: i === 0 ? home.connected("ethernet").length : 0,
      clients2ghz: i === 0 ? home.connected("2.4GHz").length : 0,
      clients5ghz: i === 0 ? home.connected("5GHz").length : 0,
    })),
  };
}

/** `wifi_get_ping_metrics`: how the internet fared over a second, five minutes, an hour and a day. */
export function pingMetrics({ internet }: RouterCore): MessageOf<"SpaceX.API.Device.PingMetrics"> {
  const now = internet.over(1);
  const minutes = internet.over(300);
  const hour = internet.over(3_600);
  const day = internet.over(86_400);
  // An outage that never was is as long ago as the router can tell.
  const since = (length: 1 | 2 | 5 | 15 | 60 | 300): number =>
    internet.secondsSinceOutage(length) ?? internet.seconds;
  return {
    latencyMeanMs: now.latencyMs ?? 0,
    latencyStddevMs: internet.deviationMs(300),
    latencyMeanMs5m: minutes.latencyMs ?? 0,
    latencyMeanMs1h: hour.latencyMs ?? 0,
    latencyMeanMs1d: day.latencyMs ?? 0,
    dropRate: now.dropRate,
    dropRate5m: minutes.dropRate,
    dropRate1h: hour.dropRate,
    dropRate1d: day.dropRate,
    secondsSinceLastSuccess: internet.secondsSinceSuccess,
    secondsSinceLast1sOutage: since(1),
    secondsSinceLast2sOutage: since(2),
    secondsSinceLast5sOutage: since(5),
    secondsSinceLast15sOutage: since(15),
    secondsSinceLast60sOutage: since(60),
    secondsSinceLast300sOutage: since(300),
    happyHours1s1d: internet.happyHours(1),
    happyHours2s1d: internet.happyHours(2),
    happyHours5s1d: internet.happyHours(5),
  };
}
