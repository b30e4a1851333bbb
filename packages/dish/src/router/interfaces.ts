// SPDX-License-Identifier: MIT
import { enumOf } from "../schema/directory.ts";
import type { MessageOf } from "../schema/message.ts";
import { ETHERNET_MBPS } from "./client-messages.ts";
import { draw } from "./draw.ts";
import { channelWidth, type HomeNetwork, type Radios } from "./home-network.ts";
import { interfaceNames, type WifiConfig, wifiBand } from "./wifi-config.ts";

type NetworkInterface = MessageOf<"SpaceX.API.Device.NetworkInterface">;
type Counters = MessageOf<"SpaceX.API.Device.NetworkInterface.RxStats">;
type BandStatus = MessageOf<"SpaceX.API.Device.WifiBandStatus">;

const duplex = enumOf("SpaceX.API.Device.EthernetNetworkInterface.Duplex");
const wirelessBand = enumOf("SpaceX.API.Device.WirelessBand");
const ethernet = {
  linkDetected: true,
  speedMbps: ETHERNET_MBPS,
  autonegotiationOn: true,
  duplex: duplex.FULL,
};

/** Mean size of what passes a home's router, full packets one way and acknowledgements the other: assumed. */
const PACKET_BYTES = 900;

/** Wireless bands of a router. */
export const bands = ["2.4GHz", "5GHz"] as const;
/** One of them. */
export type Band = (typeof bands)[number];

const counted = (bytes: number): Counters => ({
  bytes: BigInt(Math.floor(bytes)),
  packets: BigInt(Math.ceil(bytes / PACKET_BYTES)),
});

/** Bytes through the devices of one kind of connection, from them and to them. */
function bytesOf(home: HomeNetwork, connection: Band | "ethernet"): { rx: number; tx: number } {
  let rx = 0;
  let tx = 0;
  for (const { client, upBytes, downBytes } of home.stations) {
    if (client.connection !== connection) continue;
    rx += upBytes;
    tx += downBytes;
  }
  return { rx, tx };
}

/** What a router's WAN side counts and has. */
export interface WanSide {
  /** Whether there is a link on the cable. */
  readonly up: boolean;
  readonly ipv4: string;
  readonly ipv6: readonly string[];
  readonly rxBytes: number;
  readonly txBytes: number;
}

/** The router's interfaces, as `get_network_interfaces` lists them. */
export function networkInterfaces(
  home: HomeNetwork,
  config: WifiConfig,
  radios: Radios,
  wan: WanSide,
): readonly NetworkInterface[] {
  const { networks = [], macWan, macLan } = config;
  const wired = bytesOf(home, "ethernet");
  const wireless = bands.map((band): NetworkInterface => {
    const { rx, tx } = bytesOf(home, band);
    const channel = channelOf(config, band);
    return {
      name: interfaceNames[band],
      up: radios[band],
      macAddress: bssidOf(config, band),
      rxStats: counted(rx),
      txStats: counted(tx),
      wifi: {
        channel,
        links: [
          {
            band: band === "2.4GHz" ? wirelessBand.RF_2GHZ : wirelessBand.RF_5GHZ,
            channel,
            bandwidth: channelWidth(band),
          },
        ],
      },
    };
  });
  const lan = { rx: 0, tx: 0 };
  for (const connection of [...bands, "ethernet"] as const) {
    const { rx, tx } = bytesOf(home, connection);
    lan.rx += rx;
    lan.tx += tx;
  }
  return [
    {
      name: interfaceNames.wan,
      up: wan.up,
      macAddress: macWan,
      ipv4Addresses: wan.ipv4 === "" ? [] : [wan.ipv4],
      ipv6Addresses: wan.ipv6,
      rxStats: counted(wan.rxBytes),
      txStats: counted(wan.txBytes),
      ethernet: wan.up ? ethernet : { autonegotiationOn: true },
    },
    {
      name: interfaceNames.lan,
      up: radios.ethernet,
      macAddress: macLan,
      rxStats: counted(wired.rx),
      txStats: counted(wired.tx),
      ethernet: home.connected("ethernet").length > 0 ? ethernet : { autonegotiationOn: true },
    },
    ...wireless,
    {
      name: interfaceNames.bridge,
      up: config.bypassMode !== true,
      macAddress: macLan,
      ipv4Addresses: networks.map(network => network.ipv4 ?? ""),
      rxStats: counted(lan.rx),
      txStats: counted(lan.tx),
      bridge: { memberNames: [interfaceNames.lan, ...bands.map(band => interfaceNames[band])] },
    },
  ];
}

/** How full a band is: the router's own frames, and those of neighbours, which are drawn for each quarter of an hour. */
export function bandStatus(home: HomeNetwork, band: Band, seed: number, atMs: number): BandStatus {
  let heard = 0;
  let sent = 0;
  for (const station of home.connected(band)) {
    const rate = home.rateOf(station, atMs);
    if (rate === null) continue;
    heard += station.upBps / 1e6 / rate.rateMbps;
    sent += station.downBps / 1e6 / rate.rateMbps;
  }
  const crowd = band === "2.4GHz" ? 0.35 : 0.12;
  const neighbours = crowd * draw(seed, Math.floor(atMs / 900_000), band === "2.4GHz" ? 24 : 50);
  const busy = heard + sent + neighbours;
  // An air that is asked for more than all of its time is full.
  const fit = busy > 1 ? 1 / busy : 1;
  return {
    chanBusyTimeFraction: busy * fit,
    rxAirTimeFraction: heard * fit,
    txAirTimeFraction: sent * fit,
    obssAirTimeFraction: neighbours * fit,
  };
}

/** The radios that are on, as `get_radio_stats` lists them. */
export function radioStats(
  home: HomeNetwork,
  radios: Radios,
  seed: number,
  atMs: number,
): readonly MessageOf<"SpaceX.API.Device.RadioStats">[] {
  return bands
    .filter(band => radios[band])
    .map(band => {
      const { rx, tx } = bytesOf(home, band);
      const { txAirTimeFraction = 0 } = bandStatus(home, band, seed, atMs);
      const heard = home.connected(band).map(station => home.signalDbm(station, atMs));
      const loudest = heard.length === 0 ? Number.NaN : Math.max(...heard);
      // An idle radio is some way above the room, a busy one warmer by up to 25 degrees: assumed.
      const temperatureC = 42 + 25 * txAirTimeFraction;
      return {
        band: band === "2.4GHz" ? wifiBand.RF_2GHZ : wifiBand.RF_5GHZ,
        rxStats: counted(rx),
        txStats: counted(tx),
        thermalStatus: { temp: Math.round(temperatureC), temp2: temperatureC, dutyCycle: 100 },
        antennaStatus: Number.isNaN(loudest)
          ? {}
          : { rssi1: loudest, rssi2: loudest - 3 * draw(seed, 7, bands.indexOf(band)) },
      };
    });
}

function channelOf(config: WifiConfig, band: Band): number {
  return (band === "2.4GHz" ? config.channel2ghz : config.channel5ghz) ?? 0;
}

function bssidOf({ networks = [] }: WifiConfig, band: Band): string | undefined {
  const number = band === "2.4GHz" ? wifiBand.RF_2GHZ : wifiBand.RF_5GHZ;
  return networks.flatMap(n => n.basicServiceSets ?? []).find(bss => bss.band === number)?.bssid;
}
