// SPDX-License-Identifier: MIT
// When does what is offered to the link now come out at the other end? Pure: time, bytes and link states in, an
// instant out; the same offers in the same order always give the same instants.
import type { HandoverGap, LinkState } from "@perigee/network";
import { nextFrameMs, nextGrantMs } from "./access.ts";
import { draw, purpose } from "./draw.ts";
import type { LinkSchedule } from "./link-schedule.ts";
import { oneWayMsAt } from "./propagation.ts";

export type Direction = "up" | "down";

/** The size of packet that {@link LinkState.lossProbability} speaks of. */
const PACKET_BYTES = 1_500;
/** 1 Mbit/s in bytes per millisecond. */
const BYTES_PER_MS_PER_MBPS = 125;

/** The order of one stream or flow: nothing in it comes out before what was offered earlier. */
export interface Order {
  lastMs: number;
}

export interface Offer {
  /** When it reached the sending end of the link, UTC ms. */
  readonly offeredMs: number;
  /** Payload; 0 for a signal such as SYN or FIN, which still is one packet. */
  readonly bytes: number;
  /** A datagram can be lost; bytes of a stream can only be late. */
  readonly datagram: boolean;
}

export type Due =
  | { readonly kind: "release"; readonly atMs: number }
  | { readonly kind: "lost" }
  /** No state covers the instant of sending; `retryMs` is when the next known one begins. */
  | { readonly kind: "noLink"; readonly retryMs: number | null };

export class DelayLine {
  readonly #direction: Direction;
  readonly #links: LinkSchedule;
  #freeMs = Number.NEGATIVE_INFINITY;
  #packets = 0;

  constructor(direction: Direction, links: LinkSchedule) {
    this.#direction = direction;
    this.#links = links;
  }

  /** When the sender has put out everything accepted so far, UTC ms. */
  get freeMs(): number {
    return this.#freeMs;
  }

  bytesPerMs(link: LinkState): number {
    return (this.#direction === "up" ? link.upMbps : link.downMbps) * BYTES_PER_MS_PER_MBPS;
  }

  /**
   * Accepts one offer: sender (rate) → gap → access wait and one frame → propagation and half of the fixed part → loss.
   * Later states never change an answer already given, and never let later bytes of the same {@link Order} overtake.
   */
  due(offer: Offer, order: Order): Due {
    const wantedMs = Math.max(this.#freeMs, offer.offeredMs);
    const first = this.#links.at(wantedMs);
    if (first === null) return { kind: "noLink", retryMs: this.#links.nextFromMs(wantedMs) };

    // What was offered during the gap counts as sent then, even if the sender was still busy.
    const held = this.#links.gapAt(offer.offeredMs) ?? this.#links.gapAt(wantedMs);
    let dropped = held !== null && Math.max(offer.offeredMs, held.fromMs) < held.dropUntilMs;
    if (dropped && offer.datagram) return { kind: "lost" };
    const startMs = held === null ? wantedMs : Math.max(wantedMs, held.untilMs);

    const link = this.#links.at(startMs) ?? first;
    const sentMs = startMs + offer.bytes / this.bytesPerMs(link);
    this.#freeMs = sentMs;
    let airMs = this.#accessMs(link, sentMs);
    const late: HandoverGap | null = this.#links.gapAt(airMs);
    if (late !== null) {
      dropped ||= airMs < late.dropUntilMs;
      if (dropped && offer.datagram) return { kind: "lost" };
      airMs = this.#accessMs(this.#links.at(late.untilMs) ?? link, late.untilMs);
    }

    const carrying = this.#links.at(airMs) ?? link;
    const lost = this.#loses(carrying, offer.bytes);
    if (lost && offer.datagram) return { kind: "lost" };
    const onceMs = airMs + carrying.access.frameMs + oneWayMsAt(carrying, airMs) + carrying.fixedMs / 2;
    const againMs = (dropped ? 1 : 0) + (lost ? 1 : 0);
    order.lastMs = Math.max(order.lastMs, onceMs + againMs * carrying.rttMs.median);
    return { kind: "release", atMs: order.lastMs };
  }

  #accessMs(link: LinkState, readyMs: number): number {
    return this.#direction === "up" ? nextGrantMs(link.access, readyMs) : nextFrameMs(link.access, readyMs);
  }

  /** Loses the offer if any of its packets is lost: 1 - (1 - p)^n. */
  #loses(link: LinkState, bytes: number): boolean {
    const packets = Math.max(1, Math.ceil(bytes / PACKET_BYTES));
    const what = this.#direction === "up" ? purpose.lossUp : purpose.lossDown;
    return draw(link.access.seed, what, this.#packets++) < 1 - (1 - link.lossProbability) ** packets;
  }
}
