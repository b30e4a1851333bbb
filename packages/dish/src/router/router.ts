// SPDX-License-Identifier: MIT
import type { Caller, Device, DeviceAnswer, DeviceRequest } from "../server/device.ts";
import { refusal } from "../server/rpc-status.ts";
import { RouterCore } from "./core.ts";
import type { RouterHome, RouterIdentity, RouterPorts } from "./inputs.ts";
import { answerRequest } from "./requests.ts";
import { type RouterTelemetry, routerTelemetry } from "./telemetry.ts";

/** What a router is made with. */
export interface RouterOptions {
  readonly identity: RouterIdentity;
  readonly home: RouterHome;
  readonly ports: RouterPorts;
  /** UTC milliseconds; never goes back. */
  readonly clock: () => number;
  /** When it was switched on, UTC milliseconds; absent: now, and it boots. */
  readonly startedMs?: number;
  /** Whether the LAN may change settings; firmware of July 2026 lets only the account's cloud do it. */
  readonly lanWrites?: boolean;
}

/** Nobody looks at what a router counts meanwhile. */
const LAZY_MS = 15_000;

/**
 * The router behind a dish: its home network, what it measures of the link, and its local API on 9000 and 9001. Like a
 * dish it needs no timer: its life is caught up whenever somebody asks.
 */
export class Router implements Device {
  readonly id: string;
  readonly identity: RouterIdentity;
  readonly #core: RouterCore;
  readonly #clock: () => number;
  #lanWrites: boolean;
  #latestMs: number;
  #livedMs: number;

  constructor({ identity, home, ports, clock, startedMs, lanWrites = false }: RouterOptions) {
    this.id = identity.id;
    this.identity = identity;
    this.#clock = clock;
    this.#lanWrites = lanWrites;
    this.#latestMs = clock();
    this.#livedMs = this.#latestMs;
    this.#core = new RouterCore(identity, home, ports, startedMs ?? this.#latestMs, this.#latestMs);
  }

  /**
   * Lives up to an instant, UTC milliseconds, or to a few seconds before it: nobody sees the difference. After a long
   * silence at most a quarter of an hour is sampled.
   */
  advance(atMs: number): void {
    if (this.#to(atMs) - this.#livedMs >= LAZY_MS) this.#live(this.#latestMs);
  }

  /** Whether traffic passes between home and dish: not while it starts, or has no power. */
  carries(atMs: number): boolean {
    return this.#core.carries(atMs);
  }

  /** Sets whether the LAN may change settings. */
  allowLanWrites(isAllowed: boolean): void {
    this.#lanWrites = isAllowed;
  }

  /** Starts again, as its operator may order: home is offline until it is back. */
  reboot(): void {
    const nowMs = this.#now();
    this.#live(nowMs);
    if (this.#core.answers(nowMs)) this.#core.restart("command", nowMs);
  }

  /** What the operator's telemetry has of it; null while it does not answer. */
  telemetry(atMs: number): RouterTelemetry | null {
    this.#live(this.#to(atMs));
    return this.#core.carries(this.#latestMs) ? routerTelemetry(this.#core, this.#latestMs) : null;
  }

  /** Answers a request of the local API. A router that has no power or restarts is unavailable. */
  handle(request: DeviceRequest, caller: Caller): DeviceAnswer {
    const atMs = this.#now();
    this.#live(atMs);
    if (!this.#core.answers(atMs)) return refusal("unavailable", "The router is starting.");
    return answerRequest(this.#core, request, { atMs, caller, lanWrites: this.#lanWrites });
  }

  #live(atMs: number): void {
    this.#livedMs = atMs;
    this.#core.advance(atMs);
  }

  #now(): number {
    return this.#to(this.#clock());
  }

  /** Time as the router sees it: it stands still while a clock is put back. */
  #to(atMs: number): number {
    this.#latestMs = Math.max(this.#latestMs, atMs);
    return this.#latestMs;
  }
}
