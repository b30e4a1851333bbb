// SPDX-License-Identifier: MIT
import { eventReason, eventSeverity } from "../schema/constants.ts";
import type { MessageOf } from "../schema/message.ts";
import { nanoseconds } from "../terminal/gps-time.ts";

const advisory = eventSeverity.EVENT_SEVERITY_ADVISORY;
const caution = eventSeverity.EVENT_SEVERITY_CAUTION;

const events = {
  reboot: { reason: eventReason.EVENT_REASON_ROUTER_REBOOT, severity: advisory },
  powerCycle: { reason: eventReason.EVENT_REASON_ROUTER_POWER_CYCLE, severity: advisory },
  configUpdate: { reason: eventReason.EVENT_REASON_ROUTER_CONFIG_UPDATE, severity: advisory },
  factoryReset: { reason: eventReason.EVENT_REASON_ROUTER_FACTORY_RESET, severity: advisory },
  addressChange: { reason: eventReason.EVENT_REASON_ROUTER_PUBLIC_IPV4_CHANGE, severity: advisory },
  popPingDrop: { reason: eventReason.EVENT_REASON_ROUTER_POP_IPV4_PING_DROP, severity: caution },
  dishPingDrop: { reason: eventReason.EVENT_REASON_ROUTER_DISH_PING_DROP, severity: caution },
} as const;

/** Something a router writes down. */
export type RouterEvent = keyof typeof events;

/** A router keeps this many. */
const MOST_EVENTS = 64;

interface Entry {
  readonly event: RouterEvent;
  readonly fromMs: number;
  /** Null while it goes on. */
  untilMs: number | null;
}

/** What happened to a router, oldest first; times on the wire are Unix time. */
export class EventLog {
  readonly #entries: Entry[] = [];

  /** Writes down what happened at an instant. */
  happened(event: RouterEvent, atMs: number): void {
    this.#add({ event, fromMs: atMs, untilMs: atMs });
  }

  /** Writes down whether something goes on: once when it begins, its length when it ends. */
  goesOn(event: RouterEvent, isOn: boolean, atMs: number): void {
    const open = this.#entries.findLast(entry => entry.event === event && entry.untilMs === null);
    if (isOn && open === undefined) this.#add({ event, fromMs: atMs, untilMs: null });
    if (!isOn && open !== undefined) open.untilMs = atMs;
  }

  /** @param startMs what the log goes back to, UTC */
  message(startMs: number, nowMs: number): MessageOf<"SpaceX.API.Device.EventLog"> {
    return {
      startTimestampNs: nanoseconds(startMs),
      currentTimestampNs: nanoseconds(nowMs),
      events: this.#entries.map(({ event, fromMs, untilMs }) => ({
        ...events[event],
        startTimestampNs: nanoseconds(fromMs),
        durationNs: nanoseconds((untilMs ?? nowMs) - fromMs),
      })),
    };
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length > MOST_EVENTS) this.#entries.shift();
  }
}
