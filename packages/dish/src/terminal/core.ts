// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import { alertsAt } from "./alerts.ts";
import { bootSteps, NetworkEntry, RESTART_S, type StartReason, startReasons } from "./boot.ts";
import { asleep, type DishSettings, factorySettings } from "./dish-config.ts";
import { loggedEvents } from "./events.ts";
import { type DishHardware, soundHardware, thermalLimits } from "./hardware.ts";
import { HISTORY_SAMPLES, History } from "./history.ts";
import type { DishIdentity, DishPorts, DishSlot } from "./inputs.ts";
import { ObstructionMap } from "./obstruction-map.ts";
import { type Condition, causeOf, type OutageCause, outageCauses } from "./outage-causes.ts";
import { OutageLog } from "./outage-log.ts";
import type { ActiveScene, DishOrders } from "./overrides.ts";
import { powerW } from "./power.ts";
import { linkOf, Schedule } from "./schedule.ts";
import { NOISE_FLOOR_DB, snrDb, WEAK_SNR_DB } from "./signal.ts";
import { carriedBps, PINGS_PER_SECOND } from "./traffic.ts";

/** Why a radio is silent: the outage's cause, or that nobody is there to speak. */
export type Silence = OutageCause | "unplugged" | "restarting";

export interface Radio {
  readonly onAir: boolean;
  /** Null where it is on the air. */
  readonly why: Silence | null;
}

/** How long motors need to stow a terminal, milliseconds: this project's choice. */
const STOWING_MS = 20_000;
/** The beginning of a silence, seconds: whatever the terminal knows of slots is over by its end. */
const SILENCE_BEGINS_S = 60;

/**
 * A terminal's state and its life second by second. It has no clock: everything happens up to the instant that is
 * passed in, and instants never go back.
 *
 * Second `s` is sampled once it is over, under what was known of it then.
 */
export class DishCore {
  readonly identity: DishIdentity;
  readonly history = new History();
  readonly map = new ObstructionMap();
  readonly schedule = new Schedule();
  log: OutageLog;
  /** As its owner set them, without a scene. */
  ownSettings: DishSettings;
  ownOrders: DishOrders = { stowed: false, rfInhibited: false, gpsInhibited: false };
  settings: DishSettings;
  orders: DishOrders = this.ownOrders;
  hardware: DishHardware;
  scene: ActiveScene | null = null;
  softwareVersion: string;
  /** When its system started; later than now while it restarts. UTC milliseconds. */
  startedMs: number;
  startReason: StartReason = "power";
  starts: number;
  readonly startsByReason = new Map<number, number>();
  entry = new NetworkEntry();
  /** Why it is out of service; null: connected. As of the last instant. */
  cause: OutageCause | null = "BOOTING";
  /** Of the last second with a link, dB. */
  snrDb = Number.NEGATIVE_INFINITY;
  /** Seconds in a row with a weak signal. */
  weakS = 0;
  /** Ever carried, bytes. */
  downBytes = 0;
  upBytes = 0;
  /** When it last came to another point of presence, UTC milliseconds. */
  popChangedMs = Number.NEGATIVE_INFINITY;
  /** When each alert of the operator's telemetry was last active, by its code; UTC milliseconds. */
  readonly alertSeenMs = new Map<number, number>();
  onRadio: ((radio: Radio) => void) | null = null;

  readonly #ports: DishPorts;
  /** What its sensors say without a scene. */
  #sensed: DishHardware;
  readonly #condition: Condition = {
    ...{ unknownFault: false, booting: true, tooHot: false, stowed: false, asleep: false },
    ...{ rfInhibited: false, cableTest: false, motorsMoving: false, attitudeFound: false, linked: false },
    ...{ unserved: null, obstructed: false, signalLost: false, pingsLost: false },
  };
  #lastId = 0n;
  #nextS: number;
  #satellite: number | null = null;
  #pop: string | null = null;
  #movingUntilMs = Number.NEGATIVE_INFINITY;
  #settledMs = Number.NEGATIVE_INFINITY;
  #radio: Radio = { onAir: false, why: "BOOTING" };

  constructor(
    identity: DishIdentity,
    ports: DishPorts,
    startedMs: number,
    nowMs: number,
    hardware: Partial<DishHardware> = {},
    settings: Partial<DishSettings> = {},
  ) {
    this.identity = identity;
    this.#ports = ports;
    this.startedMs = startedMs;
    this.starts = identity.bootCount + 1;
    this.softwareVersion = identity.softwareVersion;
    this.#sensed = { ...soundHardware, ...hardware };
    this.hardware = this.#sensed;
    this.ownSettings = { ...factorySettings, ...settings };
    this.settings = this.ownSettings;
    this.#nextS = Math.ceil(nowMs / 1000);
    const starting = nowMs < startedMs + bootSteps.rfReady * 1000;
    this.log = starting ? startingLog(startedMs) : new OutageLog(nowMs);
    this.#countStart();
    this.#settle(nowMs);
  }

  /** Whether it has power and its system runs: otherwise it answers nobody. */
  answers(atMs: number): boolean {
    return this.hardware.powered && atMs >= this.startedMs;
  }

  uptimeS(atMs: number): number {
    return Math.max(Math.floor((atMs - this.startedMs) / 1000), 0);
  }

  /** Whether it knows its own attitude. */
  attitudeFound(atMs: number): boolean {
    return this.hardware.attitude === "converged" && this.uptimeS(atMs) >= bootSteps.ekfConverged;
  }

  /** Whether satellite navigation gives it a place. */
  gpsValid(atMs: number): boolean {
    if (this.orders.gpsInhibited || this.hardware.gpsSatellites === 0) return false;
    return this.uptimeS(atMs) >= bootSteps.gpsValid && this.schedule.at(atMs)?.position != null;
  }

  get radio(): Radio {
    return this.#radio;
  }

  /** A version waits for a restart. */
  get pendingSoftware(): string | null {
    const pending = this.hardware.pendingSoftware;
    return pending === this.softwareVersion ? null : pending;
  }

  enter(slot: DishSlot, atMs: number): void {
    // What was said of the running slot held until now; what is said of a later one is needed from its start.
    if (this.schedule.at(atMs)?.slot === slot.slot) this.advance(atMs);
    this.schedule.enter(slot);
    this.advance(atMs);
  }

  /** Lives up to an instant. Of a long silence only the beginning and the last quarter of an hour are sampled. */
  advance(atMs: number): void {
    const untilS = Math.floor(atMs / 1000);
    const silentS = untilS - this.#nextS;
    if (silentS > SILENCE_BEGINS_S + HISTORY_SAMPLES) {
      this.#sampleUntil(this.#nextS + SILENCE_BEGINS_S);
      const skipped = untilS - this.#nextS - HISTORY_SAMPLES;
      if (this.hardware.powered) this.history.skip(skipped);
      this.#nextS += skipped;
    }
    this.#sampleUntil(untilS);
    this.#settle(atMs);
  }

  #sampleUntil(untilS: number): void {
    while (this.#nextS < untilS) {
      const second = this.#nextS;
      this.#nextS += 1;
      this.#sample(second * 1000);
    }
  }

  setScene(scene: ActiveScene | null, atMs: number): void {
    this.advance(atMs);
    this.scene = scene;
    this.schedule.override(scene?.overrides ?? {});
    if (scene?.overrides.mapCleared) this.map.clear(atMs);
    this.#applyOwner();
    this.#applySensors(atMs);
  }

  /** Changes what its sensors say. Power that comes back starts it. */
  sense(readings: Partial<DishHardware>, atMs: number): void {
    this.advance(atMs);
    this.#sensed = { ...this.#sensed, ...readings };
    this.#applySensors(atMs);
  }

  /** A number that it has not given before since its start. */
  takeId(): bigint {
    this.#lastId += 1n;
    return this.#lastId;
  }

  setSettings(settings: DishSettings, atMs: number): void {
    this.ownSettings = settings;
    this.#applyOwner();
    this.#settle(atMs);
  }

  setOrders(orders: Partial<DishOrders>, atMs: number): void {
    const turned = orders.stowed !== undefined && orders.stowed !== this.ownOrders.stowed;
    this.ownOrders = { ...this.ownOrders, ...orders };
    if (turned && this.identity.hasActuators) this.#movingUntilMs = atMs + STOWING_MS;
    this.#applyOwner();
    this.#settle(atMs);
  }

  /** Starts again: for a while it answers nobody, and what it kept in memory is gone; the map of the sky stays. */
  restart(reason: StartReason, atMs: number): void {
    if ((reason === "update" || reason === "scheduledUpdate") && this.pendingSoftware !== null) {
      this.softwareVersion = this.pendingSoftware;
    }
    this.startReason = reason;
    this.starts += 1;
    this.#countStart();
    this.startedMs = atMs + RESTART_S * 1000;
    this.#nextS = Math.ceil(this.startedMs / 1000);
    this.history.clear();
    this.log = startingLog(this.startedMs);
    this.entry = new NetworkEntry();
    this.#settle(atMs);
  }

  /** Forgets what its owner set and what it learnt of the sky, and starts again. */
  factoryReset(atMs: number): void {
    this.ownSettings = factorySettings;
    this.ownOrders = { stowed: false, rfInhibited: false, gpsInhibited: false };
    this.#applyOwner();
    this.map.clear(atMs);
    this.restart("factoryReset", atMs);
  }

  #countStart(): void {
    const bootReason = startReasons[this.startReason].boot;
    this.startsByReason.set(bootReason, (this.startsByReason.get(bootReason) ?? 0) + 1);
  }

  #applySensors(atMs: number): void {
    const powered = this.hardware.powered;
    this.hardware = { ...this.#sensed, ...this.scene?.overrides.hardware };
    if (!powered && this.hardware.powered) this.restart("power", atMs);
    this.#settle(atMs);
  }

  #applyOwner(): void {
    this.settings = { ...this.ownSettings, ...this.scene?.overrides.settings };
    this.orders = { ...this.ownOrders, ...this.scene?.overrides.orders };
  }

  /** One second of life, from `atMs` on. */
  #sample(atMs: number): void {
    if (!this.answers(atMs)) return;
    if (this.#restartsForUpdate(atMs)) {
      this.restart("scheduledUpdate", atMs);
      return;
    }
    const condition = this.#condition;
    const slot = this.schedule.at(atMs);
    const link = linkOf(slot);
    this.#sense(atMs, slot, link);
    let dropRate = 1;
    let latencyMs = 0;
    condition.obstructed = condition.signalLost = condition.pingsLost = false;
    this.snrDb = Number.NEGATIVE_INFINITY;
    if (link !== null && causeOf(condition) === null) {
      this.#look(link, atMs);
      condition.signalLost = this.snrDb < NOISE_FLOOR_DB;
      if (causeOf(condition) === null) {
        let answered = 0;
        const ping = this.scene?.overrides.ping ?? this.#ports.ping;
        for (let i = 0; i < PINGS_PER_SECOND; i++) {
          const rttMs = ping(link, atMs + (i * 1000) / PINGS_PER_SECOND);
          if (rttMs === null) continue;
          answered += 1;
          latencyMs += rttMs;
        }
        if (answered > 0) latencyMs /= answered;
        dropRate = 1 - answered / PINGS_PER_SECOND;
        condition.pingsLost = answered === 0;
      }
    }
    const cause = causeOf(condition);
    this.cause = cause;
    // What was found after this second's start is newer, and already on record.
    if (atMs >= this.#settledMs) this.log.note(cause, atMs, link?.satellite.catalogNumber ?? null);
    this.#carry(atMs, cause === null ? slot : null, link, dropRate, latencyMs);
    this.#notePop(link, atMs);
    this.entry.note(this.uptimeS(atMs) + 1, link !== null && !condition.booting, cause === null);
    this.weakS = this.snrDb < WEAK_SNR_DB && Number.isFinite(this.snrDb) ? this.weakS + 1 : 0;
  }

  #carry(
    atMs: number,
    slot: DishSlot | null,
    link: LinkState | null,
    dropRate: number,
    latencyMs: number,
  ): void {
    let downBps = 0;
    let upBps = 0;
    let load = 0;
    if (slot !== null && link !== null) {
      const demand = this.#ports.traffic(atMs);
      const heard = 1 - dropRate;
      downBps = carriedBps(demand.downBps, link.downMbps * 1e6, heard, slot, "down");
      upBps = carriedBps(demand.upBps, link.upMbps * 1e6, heard, slot, "up");
      load = link.downMbps > 0 ? Math.min(downBps / (link.downMbps * 1e6), 1) : 0;
      this.downBytes += downBps / 8;
      this.upBytes += upBps / 8;
    }
    const watts = powerW(this.identity.hardwareVersion, this.cause, load, this.heating);
    this.history.push(dropRate, latencyMs, downBps, upBps, watts);
  }

  /** Whether it melts snow off itself. */
  get heating(): boolean {
    const mode = this.settings.snowMeltMode;
    return mode === 1 || (mode === 0 && this.hardware.airC <= thermalLimits.snowC);
  }

  /** Looks at the serving satellite: what stands in between, and how well it is heard. */
  #look(link: LinkState, atMs: number): void {
    const { azimuthDeg, elevationDeg } = this.#ports.look?.(link, atMs) ?? link;
    const mask = this.scene?.overrides.skyMask ?? this.#ports.skyMask;
    const obstructed = mask !== null && elevationDeg < mask(azimuthDeg);
    this.#condition.obstructed = obstructed;
    this.map.look(azimuthDeg, elevationDeg, obstructed);
    this.snrDb = snrDb(link, this.hardware.attenuationDb);
  }

  #notePop(link: LinkState | null, atMs: number): void {
    if (link === null || link.pop.code === this.#pop) return;
    if (this.#pop !== null) this.popChangedMs = atMs;
    this.#pop = link.pop.code;
  }

  /** Reads everything that decides about service, except what takes a second to find out. */
  #sense(atMs: number, slot: DishSlot | null, link: LinkState | null): void {
    const condition = this.#condition;
    const { hardware, orders } = this;
    const uptimeS = this.uptimeS(atMs);
    condition.unknownFault = hardware.unknownFault;
    condition.booting = hardware.hangsAtBoot || uptimeS < bootSteps.rfReady;
    condition.tooHot = hardware.boardC >= thermalLimits.shutdownC;
    condition.motorsMoving = hardware.motors === "moving" || atMs < this.#movingUntilMs;
    condition.stowed = orders.stowed && !condition.motorsMoving;
    condition.asleep = asleep(this.settings, atMs);
    condition.rfInhibited = orders.rfInhibited;
    condition.cableTest = hardware.cableTest;
    condition.attitudeFound = this.attitudeFound(atMs);
    condition.linked = link !== null;
    condition.unserved = slot?.unserved ?? null;
    const satellite = link?.satellite.catalogNumber ?? null;
    if (satellite === this.#satellite) return;
    this.#satellite = satellite;
    condition.obstructed = condition.signalLost = condition.pingsLost = false;
  }

  /** Brings what is shown up to an instant: commands and the schedule take effect between two samples too. */
  #settle(atMs: number): void {
    this.#settledMs = atMs;
    if (this.answers(atMs)) {
      const slot = this.schedule.at(atMs);
      const link = linkOf(slot);
      this.#sense(atMs, slot, link);
      this.cause = causeOf(this.#condition);
      this.log.note(this.cause, atMs, link?.satellite.catalogNumber ?? null);
    }
    for (const { reason, severity, when } of loggedEvents) this.log.keep(reason, severity, when(this), atMs);
    for (const code of alertsAt(this, atMs)) this.alertSeenMs.set(code, atMs);
    const radio = this.#radioAt(atMs);
    const turned = radio.onAir !== this.#radio.onAir;
    this.#radio = radio;
    if (turned) this.onRadio?.(radio);
  }

  #radioAt(atMs: number): Radio {
    if (!this.hardware.powered) return { onAir: false, why: "unplugged" };
    if (atMs < this.startedMs) return { onAir: false, why: "restarting" };
    if (this.cause === null || outageCauses[this.cause].onAir) return { onAir: true, why: null };
    return { onAir: false, why: this.cause };
  }

  /** Software restarts at its owner's hour, local time, at the hour's first second. */
  #restartsForUpdate(atMs: number): boolean {
    if (this.pendingSoftware === null || this.settings.swupdateThreeDayDeferralEnabled) return false;
    const localS = Math.floor(atMs / 1000) + this.identity.utcOffsetS;
    return localS % 86_400 === this.settings.swupdateRebootHour * 3600;
  }
}

/** What a terminal remembers when its system starts: that it is starting. */
function startingLog(startedMs: number): OutageLog {
  const log = new OutageLog(startedMs);
  log.note("BOOTING", startedMs, null);
  return log;
}
