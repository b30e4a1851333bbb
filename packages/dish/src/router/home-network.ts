// SPDX-License-Identifier: MIT
import { draw, hashText } from "./draw.ts";
import type { RouterClient, RouterHome } from "./inputs.ts";
import { FIRST_LEASE, hardwareAddress, type WifiConfig, wifiBand } from "./wifi-config.ts";
import { type ChannelWidth, signalAtDbm, type WifiRate, wifiRate } from "./wifi-rate.ts";

/** Hardware addresses below this index are the router's own. */
const FIRST_CLIENT_ADDRESS = 16;
/** Who uses the link changes this often. */
const SHARE_BLOCK_S = 15;
const MEAN_S = 15;
/** Devices find a network again after it comes up, one after the other. */
const SLOWEST_RETURN_S = 8;
const MINUTES_PER_WEEK = 10_080;
/** 1 January 1970 was a Thursday, the fourth day of a week that begins on Sunday. */
const EPOCH_WEEK_MINUTES = 4 * 1_440;

/** A device at home, and what the router knows of it. */
export interface Station {
  readonly client: RouterClient;
  /** From 1, in the order of the home. */
  readonly number: number;
  readonly macAddress: string;
  /** Last octet of its address. */
  readonly host: number;
  readonly distanceM: number;
  /** UTC milliseconds since which it is connected; null: it is not. */
  connectedMs: number | null;
  /** Kept off by its owner's schedule. */
  blocked: boolean;
  downBytes: number;
  upBytes: number;
  /** In the newest second. */
  downBps: number;
  upBps: number;
  /** Over about the last quarter of a minute: each second counts a fifteenth, older ones ever less. */
  meanDownBps: number;
  meanUpBps: number;
}

/** Which of a router's networks are in the air. */
export interface Radios {
  readonly "2.4GHz": boolean;
  readonly "5GHz": boolean;
  readonly ethernet: boolean;
}

/** All off: a router that starts, or is bypassed. */
export const silentRadios: Radios = { "2.4GHz": false, "5GHz": false, ethernet: false };

/** The radios that a configuration asks for. */
export function radiosOf(config: WifiConfig, isOnline: boolean): Radios {
  if (config.bypassMode === true) return silentRadios;
  const networks = (config.networks ?? []).filter(n => isOnline || n.disableWhenOffline !== true);
  const isOnAir = (band: number): boolean =>
    networks.some(n => (n.basicServiceSets ?? []).some(bss => bss.band === band && bss.disable !== true));
  return {
    "2.4GHz": config.disable2ghz !== true && isOnAir(wifiBand.RF_2GHZ),
    "5GHz": config.disable5ghz !== true && isOnAir(wifiBand.RF_5GHZ),
    ethernet: networks.length > 0,
  };
}

/** Width of the channel of a band. */
export function channelWidth(connection: RouterClient["connection"]): ChannelWidth {
  return connection === "5GHz" ? 80 : 20;
}

/** Who is at home, who of them is connected, and how the traffic of the link divides among them. */
export class HomeNetwork {
  readonly stations: readonly Station[];
  readonly #seed: number;
  #shareBlock = Number.NaN;
  readonly #shares: Float64Array;
  #connected = 0;

  /** @param routerId what the draws follow from */
  constructor(home: RouterHome, routerId: string) {
    this.#seed = hashText(`${routerId} home`);
    this.#shares = new Float64Array(home.clients.length);
    this.stations = home.clients.map((client, i) => ({
      client,
      number: i + 1,
      macAddress: hardwareAddress(this.#seed, FIRST_CLIENT_ADDRESS + i),
      host: FIRST_LEASE + i,
      // Between the next room and the far end of the garden.
      distanceM: 2 + 18 * draw(this.#seed, i, 1) ** 2,
      connectedMs: null,
      blocked: false,
      downBytes: 0,
      upBytes: 0,
      downBps: 0,
      upBps: 0,
      meanDownBps: 0,
      meanUpBps: 0,
    }));
  }

  /**
   * One second: who is connected, and who carries what.
   *
   * @param upSinceMs when the present radios came up
   * @param utcOffsetS of the schedules
   */
  second(
    atMs: number,
    radios: Radios,
    upSinceMs: number,
    config: WifiConfig,
    traffic: { readonly downBps: number; readonly upBps: number },
    utcOffsetS: number,
  ): void {
    let connected = 0;
    for (const station of this.stations) {
      station.blocked = isBlocked(station, config, atMs + utcOffsetS * 1000);
      const returnS = 1 + Math.floor(SLOWEST_RETURN_S * draw(this.#seed, station.number, 2));
      const isHere =
        radios[station.client.connection] &&
        !station.blocked &&
        atMs >= upSinceMs + returnS * 1000 &&
        (station.client.connection === "ethernet" || this.rateOf(station, atMs) !== null);
      if (isHere) station.connectedMs ??= atMs;
      else station.connectedMs = null;
      if (isHere) connected += 1;
    }
    const block = Math.floor(atMs / 1000 / SHARE_BLOCK_S);
    if (block !== this.#shareBlock || connected !== this.#connected) this.#share(block);
    this.#connected = connected;
    for (const station of this.stations) {
      const share = this.#shares[station.number - 1]!;
      station.downBps = traffic.downBps * share;
      station.upBps = traffic.upBps * share;
      station.downBytes += station.downBps / 8;
      station.upBytes += station.upBps / 8;
      station.meanDownBps += (station.downBps - station.meanDownBps) / MEAN_S;
      station.meanUpBps += (station.upBps - station.meanUpBps) / MEAN_S;
    }
  }

  /** Nobody is there any more, as when the power goes. */
  scatter(): void {
    for (const station of this.stations) {
      station.connectedMs = null;
      station.downBps = 0;
      station.upBps = 0;
      station.meanDownBps = 0;
      station.meanUpBps = 0;
    }
    this.#shareBlock = Number.NaN;
  }

  /** Signal of a wireless device at the router, dBm: people walk about, a little every minute. */
  signalDbm({ client, distanceM, number }: Station, atMs: number): number {
    if (client.connection === "ethernet") return 0;
    const wobbleDb = 6 * (draw(this.#seed, number, 1_000 + Math.floor(atMs / 60_000)) - 0.5);
    return signalAtDbm(distanceM, client.connection) + wobbleDb;
  }

  /** How a wireless device's frames go over the air; null: too weak, or on a cable. */
  rateOf(station: Station, atMs: number): WifiRate | null {
    if (station.client.connection === "ethernet") return null;
    return wifiRate(this.signalDbm(station, atMs), channelWidth(station.client.connection));
  }

  /** Devices that are connected over one kind of connection, or over any. */
  connected(connection?: RouterClient["connection"]): readonly Station[] {
    return this.stations.filter(
      s => s.connectedMs !== null && (connection === undefined || s.client.connection === connection),
    );
  }

  /** A few of the connected take most: the cubes of even draws, as parts of their sum. */
  #share(block: number): void {
    this.#shareBlock = block;
    let sum = 0;
    for (const { number, connectedMs } of this.stations) {
      const wish = connectedMs === null ? 0 : draw(this.#seed, number, block) ** 3;
      this.#shares[number - 1] = wish;
      sum += wish;
    }
    if (sum > 0) for (let i = 0; i < this.#shares.length; i++) this.#shares[i]! /= sum;
  }
}

/** Schedules count minutes of the local week; that it begins on Sunday is assumed. */
function isBlocked(station: Station, { clientConfigs }: WifiConfig, localMs: number): boolean {
  const schedules = clientConfigs?.find(
    c => c.clientId === station.number || c.macAddress === station.macAddress,
  )?.weeklyBlockSchedules;
  if (schedules === undefined) return false;
  const minute = (Math.floor(localMs / 60_000) + EPOCH_WEEK_MINUTES) % MINUTES_PER_WEEK;
  return schedules.some(({ blockRanges = [] }) =>
    blockRanges.some(({ startMinutes = 0, endMinutes = 0 }) => minute >= startMinutes && minute < endMinutes),
  );
}
