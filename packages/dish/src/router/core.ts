// SPDX-License-Identifier: MIT
import { bootReason } from "../schema/constants.ts";
import { RESTART_S } from "../terminal/boot.ts";
import { HISTORY_SAMPLES } from "../terminal/history.ts";
import { draw, hashText } from "./draw.ts";
import { EventLog } from "./event-log.ts";
import { HomeNetwork, type Radios, radiosOf, silentRadios } from "./home-network.ts";
import type { RouterHome, RouterIdentity, RouterPorts, Uplink } from "./inputs.ts";
import { LossRecord } from "./loss-record.ts";
import { PingRecord } from "./ping-record.ts";
import { initialConfig, type WifiConfig } from "./wifi-config.ts";

/** From power-on until a router carries anything, seconds: this project's choice. */
export const READY_S = 40;
/** Quarters of a minute in `get_history`: an hour of them, this project's choice. */
const HISTORY_QUARTERS = 240;
/** A network that is to be off without the internet goes off after this, seconds: this project's choice. */
const OFFLINE_S = 60;
/** Pings lost for so long are worth an entry in the log, seconds: this project's choice. */
const NOTABLE_S = 15;

/** Why a router started. */
export type RouterStart = "power" | "command" | "factoryReset";

const bootReasonOf = {
  power: bootReason.POWER_CYCLE,
  command: bootReason.COMMAND,
  factoryReset: bootReason.COMMAND,
} as const satisfies Record<RouterStart, number>;

/** What of a configuration the radios have to be set to anew for. */
const radioMembers = [
  "bypassMode",
  "channel2ghz",
  "channel5ghz",
  "channel5ghzHigh",
  "countryCode",
  "htBandwidth2ghz",
  "htBandwidth5ghz",
  "networks",
  "outdoorMode",
  "txPowerLevel2ghz",
  "txPowerLevel5ghz",
  "vhtBandwidth",
  "wirelessMode2ghz",
  "wirelessMode5ghz",
] as const satisfies readonly (keyof WifiConfig)[];

const nothingYet: Uplink = {
  powered: true,
  cable: false,
  popDropRate: 1,
  popLatencyMs: null,
  reach: "nothing",
  downBps: 0,
  upBps: 0,
  disablementCode: 0,
  pop: null,
};

/**
 * A router's state and its life second by second. It has no clock: everything happens up to the instant that is passed
 * in, and instants never go back. Second `s` is lived through once it is over.
 */
export class RouterCore {
  readonly identity: RouterIdentity;
  readonly seed: number;
  readonly log = new EventLog();
  /** When its memory begins, UTC milliseconds. */
  readonly sinceMs: number;
  readonly bootsByReason = new Map<number, number>();
  home: HomeNetwork;
  config: WifiConfig;
  boots: number;
  lastBootReason = 0;
  factoryResets = 0;
  /** When it was last set back to what it left the factory with, UTC milliseconds; 0: never. */
  factoryResetMs = 0;
  /** When it was switched on; later than now while it restarts; null: it has no power. */
  startedMs: number | null = null;
  radios: Radios = silentRadios;
  radiosSinceMs: number;
  /** The second that was last lived through. */
  uplink: Uplink = nothingYet;
  internet = new PingRecord();
  internetLoss = new LossRecord(HISTORY_QUARTERS);
  popLoss = new LossRecord(HISTORY_QUARTERS);
  dishLoss = new LossRecord();
  /** Of the newest second; null: nothing came back. */
  dishLatencyMs: number | null = null;
  popLatencyMs: number | null = null;
  wanRxBytes = 0;
  wanTxBytes = 0;
  /** The address it has on the WAN side; empty: none. */
  wanIpv4 = "";
  wanIpv6 = "";
  wanAddressSinceMs: number;
  /** Networks that are off because there is no internet. */
  offlineNetworks = false;

  readonly #home: RouterHome;
  readonly #ports: RouterPorts;
  #nextS: number;
  #popLostS = 0;

  constructor(
    identity: RouterIdentity,
    home: RouterHome,
    ports: RouterPorts,
    startedMs: number,
    nowMs: number,
  ) {
    this.identity = identity;
    this.seed = hashText(identity.id);
    this.#home = home;
    this.#ports = ports;
    this.home = new HomeNetwork(home, identity.id);
    this.config = initialConfig(identity, home, this.seed);
    this.boots = identity.bootCount;
    this.sinceMs = startedMs;
    this.radiosSinceMs = nowMs;
    this.wanAddressSinceMs = nowMs;
    this.#nextS = Math.ceil(nowMs / 1000);
    this.#start("power", startedMs);
  }

  /** Whether it answers on the LAN. */
  answers(atMs: number): boolean {
    return this.startedMs !== null && atMs >= this.startedMs;
  }

  /** Whether it passes on what comes from the dish and from home. */
  carries(atMs: number): boolean {
    return this.startedMs !== null && atMs >= this.startedMs + READY_S * 1000;
  }

  uptimeS(atMs: number): number {
    return Math.max(0, Math.floor((atMs - (this.startedMs ?? atMs)) / 1000));
  }

  /** Lives up to an instant. After a long silence at most a quarter of an hour is sampled. */
  advance(atMs: number): void {
    const untilS = Math.floor(atMs / 1000);
    const skipped = untilS - this.#nextS - HISTORY_SAMPLES;
    if (skipped > 0) {
      this.#nextS += skipped;
      if (this.startedMs !== null) this.#skip(skipped);
    }
    for (; this.#nextS < untilS; this.#nextS++) this.#second((this.#nextS + 1) * 1000);
  }

  /** Starts again: silent for a while, and what it counted since the last start is gone. */
  restart(reason: Exclude<RouterStart, "power">, atMs: number): void {
    if (reason === "factoryReset") {
      this.config = { ...initialConfig(this.identity, this.#home, this.seed), setupComplete: false };
      this.factoryResets += 1;
      this.factoryResetMs = atMs;
    }
    this.#start(reason, atMs + RESTART_S * 1000);
    this.log.happened(reason === "factoryReset" ? "factoryReset" : "reboot", atMs);
  }

  /** Takes a configuration. Radios that it changes come up again within a second, and devices after them. */
  configure(config: WifiConfig, atMs: number): void {
    const isRadio = radioMembers.some(member => config[member] !== this.config[member]);
    this.config = config;
    this.log.happened("configUpdate", atMs);
    if (!isRadio) return;
    this.radios = silentRadios;
    this.radiosSinceMs = atMs;
    this.home.scatter();
  }

  #start(reason: RouterStart, atMs: number): void {
    this.startedMs = atMs;
    this.boots += 1;
    this.lastBootReason = bootReasonOf[reason];
    this.bootsByReason.set(this.lastBootReason, (this.bootsByReason.get(this.lastBootReason) ?? 0) + 1);
    this.internet = new PingRecord();
    this.internetLoss = new LossRecord(HISTORY_QUARTERS);
    this.popLoss = new LossRecord(HISTORY_QUARTERS);
    this.dishLoss = new LossRecord();
    this.wanRxBytes = 0;
    this.wanTxBytes = 0;
    this.home = new HomeNetwork(this.#home, this.identity.id);
    this.#silence(atMs);
  }

  #silence(atMs: number): void {
    this.radios = silentRadios;
    this.radiosSinceMs = atMs;
    this.home.scatter();
    this.uplink = nothingYet;
    this.dishLatencyMs = null;
    this.popLatencyMs = null;
    this.wanIpv4 = "";
    this.wanIpv6 = "";
  }

  #skip(seconds: number): void {
    this.internet.skip(seconds);
    for (const record of [this.internetLoss, this.popLoss, this.dishLoss]) record.skip(seconds);
  }

  /** The second that ends at an instant. */
  #second(atMs: number): void {
    const uplink = this.#ports.uplink(atMs);
    if (!uplink.powered) {
      if (this.startedMs !== null) this.#silence(atMs);
      this.startedMs = null;
      return;
    }
    if (this.startedMs === null) {
      this.#start("power", atMs);
      this.log.happened("powerCycle", atMs);
    }
    if (!this.carries(atMs)) return;
    this.uplink = uplink;
    this.#ping(uplink, atMs);
    this.#address(uplink, atMs);
    const isOnline = this.internet.seconds < OFFLINE_S || this.internet.secondsSinceSuccess < OFFLINE_S;
    const radios = radiosOf(this.config, isOnline);
    const { networks = [], bypassMode } = this.config;
    this.offlineNetworks =
      !isOnline && bypassMode !== true && networks.some(n => n.disableWhenOffline === true);
    if (
      radios["2.4GHz"] !== this.radios["2.4GHz"] ||
      radios["5GHz"] !== this.radios["5GHz"] ||
      radios.ethernet !== this.radios.ethernet
    ) {
      this.radios = radios;
      this.radiosSinceMs = atMs;
    }
    this.wanRxBytes += uplink.downBps / 8;
    this.wanTxBytes += uplink.upBps / 8;
    this.home.second(atMs, this.radios, this.radiosSinceMs, this.config, uplink, this.identity.utcOffsetS);
  }

  #ping({ cable, popDropRate, popLatencyMs, reach }: Uplink, atMs: number): void {
    const second = Math.floor(atMs / 1000);
    // Over a cable of some metres and two small computers: half a millisecond and a little, assumed.
    this.dishLatencyMs = cable ? 0.4 + 0.5 * draw(this.seed, second, 1) : null;
    this.popLatencyMs =
      popLatencyMs === null || this.dishLatencyMs === null ? null : popLatencyMs + this.dishLatencyMs;
    const popDrop = cable ? popDropRate : 1;
    // From the point of presence to a large site near it: a few milliseconds, assumed.
    const beyondMs = 1.5 + 2 * draw(this.seed, second, 2);
    const isOpen = reach === "all";
    this.internet.push(
      isOpen ? popDrop : 1,
      isOpen && this.popLatencyMs !== null ? this.popLatencyMs + beyondMs : null,
    );
    this.internetLoss.push(isOpen ? popDrop : 1);
    this.popLoss.push(popDrop);
    this.dishLoss.push(cable ? 0 : 1);
    this.#popLostS = this.popLatencyMs === null ? this.#popLostS + 1 : 0;
    this.log.goesOn("dishPingDrop", !cable, atMs);
    this.log.goesOn("popPingDrop", cable && this.#popLostS >= NOTABLE_S, atMs);
  }

  /**
   * Its addresses: one of the shared space of operators (RFC 6598) for each point of presence, and a prefix of those for
   * documentation (RFC 3849), as all of this is made up. They stay while the cable does, until another point of presence
   * gives others.
   */
  #address({ cable, pop }: Uplink, atMs: number): void {
    if (!cable) {
      this.wanIpv4 = "";
      this.wanIpv6 = "";
      return;
    }
    if (pop === null) return;
    const bits = hashText(`${this.identity.dishId} ${pop}`);
    const ipv4 = `100.${64 + (bits >>> 26)}.${(bits >>> 18) & 0xff}.${1 + (((bits >>> 10) & 0xff) % 254)}`;
    if (ipv4 === this.wanIpv4) return;
    if (this.wanIpv4 !== "") this.log.happened("addressChange", atMs);
    this.wanIpv4 = ipv4;
    this.wanIpv6 = `2001:db8:${(bits >>> 16).toString(16)}:${(bits & 0xffff).toString(16)}::1`;
    this.wanAddressSinceMs = atMs;
  }
}
