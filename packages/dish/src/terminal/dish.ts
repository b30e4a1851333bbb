// SPDX-License-Identifier: MIT
import type { Caller, Device, DeviceAnswer, DeviceRequest } from "../server/device.ts";
import { refusal } from "../server/rpc-status.ts";
import { DishCore, type Radio } from "./core.ts";
import type { DishSettings } from "./dish-config.ts";
import type { DishHardware } from "./hardware.ts";
import type { DishIdentity, DishPorts, DishSlot } from "./inputs.ts";
import type { ActiveScene } from "./overrides.ts";
import { answerRequest } from "./requests.ts";
import { type DishTelemetry, telemetryOf } from "./telemetry.ts";

export interface DishOptions {
  readonly identity: DishIdentity;
  readonly ports: DishPorts;
  /** Now, UTC milliseconds: what requests are answered at. Wall time in a live network, model time in a simulated one. */
  readonly clock: () => number;
  /**
   * When its system started, UTC milliseconds; absent: now, and it boots. One that started long ago has an uptime, and
   * a history that begins now.
   */
  readonly startedMs?: number;
  /** What its sensors say where it is not in order. */
  readonly hardware?: Partial<DishHardware>;
  /** What its owner has set already. */
  readonly settings?: Partial<DishSettings>;
}

/**
 * A terminal: it lives second by second on what it is told slot by slot, and answers its local API from that.
 *
 * It needs no timer. Its life is caught up whenever somebody asks, at most a quarter of an hour of it; needing nothing
 * between two slots, ten thousand of them live in one process.
 *
 * @example
 * ```ts
 * const dish = new Dish({ identity, ports, clock: () => nowMs, startedMs: nowMs - 3_600_000 });
 * dish.enter(slot);
 * dish.handle({ getStatus: {} }, "lan"); // { dishGetStatus: { … } }
 * ```
 */
export class Dish implements Device {
  readonly id: string;
  readonly identity: DishIdentity;
  readonly #core: DishCore;
  readonly #clock: () => number;
  #latestMs: number;

  constructor({ identity, ports, clock, startedMs, hardware, settings }: DishOptions) {
    this.id = identity.id;
    this.identity = identity;
    this.#clock = clock;
    this.#latestMs = clock();
    const started = startedMs ?? this.#latestMs;
    this.#core = new DishCore(identity, ports, started, this.#latestMs, hardware, settings);
  }

  /**
   * Is called when the radio goes on or off, as soon as the terminal knows: within the command or the scene that
   * causes it, or when it is next asked. Must not throw.
   */
  set changed(listener: ((radio: Radio) => void) | null) {
    this.#core.onRadio = listener;
  }

  /** Takes word of a slot, before or while it runs; of the same slot again, it replaces what was said of the rest. */
  enter(slot: DishSlot): void {
    this.#core.enter(slot, this.#now());
  }

  /** Lives up to an instant, UTC milliseconds; an earlier one than before changes nothing. */
  advance(atMs: number): void {
    this.#core.advance(this.#to(atMs));
  }

  /** Whether it transmits at an instant, and why not. */
  radio(atMs: number): Radio {
    this.advance(atMs);
    return this.#core.radio;
  }

  /** What its operator's telemetry says of it at an instant, UTC milliseconds. */
  telemetry(atMs: number): DishTelemetry {
    this.advance(atMs);
    return telemetryOf(this.#core, this.#latestMs);
  }

  /** Name of the scene that is played; null: none. */
  get scene(): string | null {
    return this.#core.scene?.name ?? null;
  }

  /** Plays a scene from now on; null: ends it. */
  setScene(scene: ActiveScene | null): void {
    this.#core.setScene(scene, this.#now());
  }

  /** Changes what its sensors say: power, heat, cables, water. A scene's readings hold over these. */
  sense(readings: Partial<DishHardware>): void {
    this.#core.sense(readings, this.#now());
  }

  /** Restarts it, as its operator may order. */
  reboot(): void {
    const nowMs = this.#now();
    this.#core.advance(nowMs);
    if (this.#core.answers(nowMs)) this.#core.restart("manual", nowMs);
  }

  /** Answers a request of the local API. A terminal that has no power or restarts is unavailable. */
  handle(request: DeviceRequest, caller: Caller): DeviceAnswer {
    const nowMs = this.#now();
    this.#core.advance(nowMs);
    if (!this.#core.answers(nowMs)) return refusal("unavailable", "The terminal does not answer");
    return answerRequest(this.#core, request, nowMs, caller);
  }

  #now(): number {
    return this.#to(this.#clock());
  }

  /** Time as the terminal sees it: it stands still while a clock is put back. */
  #to(atMs: number): number {
    this.#latestMs = Math.max(this.#latestMs, atMs);
    return this.#latestMs;
  }
}
