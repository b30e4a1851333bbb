// SPDX-License-Identifier: MIT
import { enumOf } from "../schema/directory.ts";
import type { MessageOf } from "../schema/message.ts";
import { channelWidth, type HomeNetwork, type Station } from "./home-network.ts";
import { interfaceNames, type WifiConfig } from "./wifi-config.ts";
import { GUARD_NS, STREAMS } from "./wifi-rate.ts";

type WifiClient = MessageOf<"SpaceX.API.Device.WifiClient">;

const clientInterface = enumOf("SpaceX.API.Device.WifiClient.Interface");
const clientRole = enumOf("SpaceX.API.Device.WifiClient.Role");

const interfaceOf = {
  ethernet: clientInterface.ETH,
  "2.4GHz": clientInterface.RF_2GHZ,
  "5GHz": clientInterface.RF_5GHZ,
} as const;

/** Speed of a port of the router, Mbit/s. */
export const ETHERNET_MBPS = 1_000;

/** A device with this much is in use, bit/s. */
const ACTIVE_BPS = 10_000;

/**
 * The connected devices, as `wifi_get_clients` lists them. `rx` is what the router hears from a device, `tx` what it
 * sends to it.
 */
export function clientMessages(
  home: HomeNetwork,
  config: WifiConfig,
  atMs: number,
  upstreamMac: string,
): readonly WifiClient[] {
  return home.stations
    .filter(station => station.connectedMs !== null || station.blocked)
    .map(station => clientMessage(home, station, config, atMs, upstreamMac));
}

function clientMessage(
  home: HomeNetwork,
  station: Station,
  config: WifiConfig,
  atMs: number,
  upstreamMac: string,
): WifiClient {
  const { client, number, macAddress, connectedMs } = station;
  const network = config.networks?.[0];
  const isWireless = client.connection !== "ethernet";
  const rate = home.rateOf(station, atMs);
  const rateMbps = isWireless ? Math.round(rate?.rateMbps ?? 0) : ETHERNET_MBPS;
  const width = channelWidth(client.connection);
  const air = isWireless ? { mcs: rate?.mcs ?? 0, nss: STREAMS, bandwidth: width, guardNs: GUARD_NS } : {};
  const onAir = (bps: number): number => (rate === null ? 0 : bps / 1e6 / rate.rateMbps);
  const connectedS = connectedMs === null ? 0 : Math.floor((atMs - connectedMs) / 1000);
  return {
    name: client.name,
    givenName: givenNameOf(station, config),
    domain: network?.domain,
    macAddress,
    ipAddress: addressOf(station, config),
    clientId: number,
    role: clientRole.CLIENT,
    iface: interfaceOf[client.connection],
    ifaceName: isWireless ? interfaceNames[client.connection as "2.4GHz" | "5GHz"] : interfaceNames.lan,
    upstreamMacAddress: upstreamMac,
    blocked: station.blocked,
    active: station.meanDownBps + station.meanUpBps > ACTIVE_BPS,
    associatedTimeS: connectedS,
    ...(connectedMs === null ? {} : lease(connectedS, network?.dhcpv4LeaseDurationS)),
    ...(isWireless
      ? {
          signalStrength: home.signalDbm(station, atMs),
          snr: rate?.snrDb ?? 0,
          channelWidth: width,
          modeStr: "802.11ax",
        }
      : {}),
    rxStatsValid: connectedMs !== null,
    txStatsValid: connectedMs !== null,
    rxStats: {
      bytes: BigInt(Math.floor(station.upBytes)),
      rateMbps,
      throughputMbpsLast15sAvg: station.meanUpBps / 1e6,
      airtimeFractionLast1s: onAir(station.upBps),
      ...air,
    },
    txStats: {
      bytes: BigInt(Math.floor(station.downBytes)),
      successBytes: BigInt(Math.floor(station.downBytes)),
      rateMbps,
      throughputMbpsLast15sAvg: station.meanDownBps / 1e6,
      airtimeFractionLast1s: onAir(station.downBps),
      ...air,
    },
    uploadMb: Math.floor(station.upBytes / 1e6),
    downloadMb: Math.floor(station.downBytes / 1e6),
  };
}

/** Addresses of a network by its own: `192.168.1.` of `192.168.1.1/24`. */
export function addressOf(station: Station, config: WifiConfig): string {
  const network = config.networks?.[0]?.ipv4 ?? "";
  return `${network.slice(0, network.lastIndexOf(".") + 1)}${station.host}`;
}

/** What its owner calls a device; empty: nothing. */
export function givenNameOf(station: Station, config: WifiConfig): string {
  const known = config.clientConfigs?.find(
    c => c.clientId === station.number || c.macAddress === station.macAddress,
  );
  return (
    known?.givenName ?? config.clientNames?.find(n => n.macAddress === station.macAddress)?.givenName ?? ""
  );
}

/** Seconds until a lease ends: renewed when half of it is over (RFC 2131, 4.4.5). */
export function leaseLeftS(connectedS: number, durationS: number): number {
  return durationS - (connectedS % Math.max(1, durationS / 2));
}

function lease(connectedS: number, durationS = 0): WifiClient {
  return {
    dhcpLeaseFound: true,
    dhcpLeaseActive: true,
    dhcpLeaseRenewed: connectedS >= durationS / 2,
    secondsUntilDhcpLeaseExpires: leaseLeftS(connectedS, durationS),
  };
}
