// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import type { DeviceRequest, DeviceResponse } from "../../server/device.ts";
import { isRefusal } from "../../server/rpc-status.ts";
import { Dish, type DishOptions } from "../dish.ts";
import type { DishIdentity, DishPorts, DishSlot } from "../inputs.ts";

/** 2026-03-01T12:00:12Z: a slot's start. */
export const START_MS = Date.UTC(2026, 2, 1, 12, 0, 12);
const SLOT_MS = 15_000;

export const imaginedIdentity: DishIdentity = {
  id: "ut01000000-00000000-00001234",
  kitNumber: "KIT00001234",
  serial: "2DPS000001234",
  hardwareVersion: "rev4_prod3",
  softwareVersion: "2026.07.11.mr54321",
  manufacturedVersion: "2025.01.04.mr40000",
  countryCode: "FI",
  utcOffsetS: 7200,
  bootCount: 6,
  hasActuators: false,
  routers: ["Router-010000000000000000005678"],
};

/** A link through an imagined satellite; angles and figures of an ordinary one. */
export function imaginedLink(fromMs: number, changes: Partial<LinkState> = {}): LinkState {
  return {
    terminalId: "T-1",
    slot: Math.floor(fromMs / SLOT_MS),
    fromMs,
    untilMs: fromMs + SLOT_MS,
    satellite: { index: 7, catalogNumber: 99_007, name: "IMAGINED-7" },
    gateway: { id: "gw-1", name: "Gateway" },
    pop: { code: "northaaa1", city: "Northtown" },
    elevationDeg: 55,
    azimuthDeg: 200,
    nodes: [
      { kind: "terminal", id: "T-1", name: "T-1", latDeg: 60, lonDeg: 25, altitudeKm: 0 },
      { kind: "satellite", id: "99007", name: "IMAGINED-7", latDeg: 58, lonDeg: 24, altitudeKm: 550 },
    ],
    hops: [{ kind: "up", lengthKm: 660, delayMs: 2.2 }],
    oneWayMs: [10, 10, 10],
    fixedMs: 5,
    access: { frameMs: 4 / 3, grantPeriodMs: 4, missProbability: 0.1, seed: 1 },
    downMbps: 200,
    upMbps: 20,
    lossProbability: 0,
    gap: null,
    rttMs: { floor: 25, median: 32 },
    ...changes,
  };
}

export function imaginedSlot(fromMs: number, changes: Partial<DishSlot> = {}): DishSlot {
  return {
    slot: Math.floor(fromMs / SLOT_MS),
    fromMs,
    untilMs: fromMs + SLOT_MS,
    link: imaginedLink(fromMs),
    unserved: null,
    admission: { wireCode: 1, linked: true, reach: "all", reason: "ALLOW" },
    position: { latDeg: 60, lonDeg: 25, heightM: 12 },
    speedMps: 0,
    plan: { mobilityClass: 0, classOfService: 1, downLimit: 1, upLimit: 1 },
    locationPolicy: "allowed",
    lanWrites: true,
    ...changes,
  };
}

export const imaginedPorts: DishPorts = {
  ping: () => 31,
  traffic: () => ({ downBps: 40e6, upBps: 3e6 }),
  skyMask: null,
};

/** A terminal on a clock of its own, told the same of every slot unless a test says otherwise. */
export class ImaginedDish {
  nowMs = START_MS;
  readonly dish: Dish;
  /** What is said of the slots to come; null: nothing is. */
  tell: ((fromMs: number) => DishSlot) | null = fromMs => imaginedSlot(fromMs);
  #toldMs = START_MS - SLOT_MS;

  /** Without `startedMs` it has run for an hour. */
  constructor(options: Partial<Omit<DishOptions, "clock">> = {}) {
    this.dish = new Dish({
      identity: imaginedIdentity,
      ports: imaginedPorts,
      startedMs: START_MS - 3_600_000,
      ...options,
      clock: () => this.nowMs,
    });
  }

  /** Lets time pass; slots are told at their start. */
  pass(seconds: number): this {
    const untilMs = this.nowMs + seconds * 1000;
    for (let fromMs = this.#toldMs + SLOT_MS; fromMs <= untilMs; fromMs += SLOT_MS) {
      this.nowMs = Math.max(this.nowMs, fromMs);
      this.#toldMs = fromMs;
      if (this.tell !== null) this.dish.enter(this.tell(fromMs));
    }
    this.nowMs = untilMs;
    this.dish.advance(untilMs);
    return this;
  }

  /** Says the running slot again, changed. */
  retell(changes: Partial<DishSlot>): this {
    this.tell = fromMs => imaginedSlot(fromMs, changes);
    this.dish.enter(this.tell(this.#toldMs));
    return this;
  }

  /** Asks on the local network and expects an answer. */
  ask(request: DeviceRequest, caller: "lan" | "cloud" = "lan"): DeviceResponse {
    const answer = this.dish.handle(request, caller);
    if (isRefusal(answer)) throw new Error(`refused: ${answer.grpcStatus} ${answer.message}`);
    return answer;
  }

  /** Asks and expects a refusal. */
  refusalOf(request: DeviceRequest, caller: "lan" | "cloud" = "lan"): { code: number; message: string } {
    const answer = this.dish.handle(request, caller);
    if (!isRefusal(answer)) throw new Error("answered");
    return { code: answer.grpcStatus, message: answer.message };
  }

  get status(): NonNullable<DeviceResponse["dishGetStatus"]> {
    return this.ask({ getStatus: {} }).dishGetStatus ?? {};
  }

  get history(): NonNullable<DeviceResponse["dishGetHistory"]> {
    return this.ask({ getHistory: {} }).dishGetHistory ?? {};
  }
}
