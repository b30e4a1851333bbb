// SPDX-License-Identifier: MIT
// One direction of one terminal: its connections take turns at one sender. Deficit round robin (Shreedhar & Varghese,
// SIGCOMM 1995): each turn is worth a quantum of bytes, so that large chunks do not crowd out small ones.
import { DelayLine, type Direction } from "./delay-line.ts";
import type { Lane } from "./lane.ts";
import type { LinkSchedule } from "./link-schedule.ts";
import type { Alarm, Timeline } from "./scheduler.ts";

/** Turns are given out this far ahead of the sender: saves wake-ups, and costs a newcomer at most as much waiting. */
const AHEAD_MS = 2;
const CHUNK_MAX_BYTES = 16_384;
const CHUNK_MIN_BYTES = 1_448;
/** A chunk takes about this long to send, so that slow links stay fair too. */
const CHUNK_MS = 2;
/** Queue of one connection at the sender beyond what fills the path. */
const QUEUE_MS = 60;
const WINDOW_MIN_BYTES = 65_536;

export class Carrier {
  readonly #line: DelayLine;
  readonly #links: LinkSchedule;
  readonly #timeline: Timeline;
  readonly #alarm: Alarm;
  readonly #bufferBytes: number;
  readonly #turns: Lane[] = [];
  #awaitsLink = false;
  /** After a wait for a link, nothing counts as offered before its end. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  readonly #lanes = new Set<Lane>();

  constructor(direction: Direction, links: LinkSchedule, timeline: Timeline, bufferBytes: number) {
    this.#line = new DelayLine(direction, links);
    this.#links = links;
    this.#timeline = timeline;
    this.#bufferBytes = bufferBytes;
    this.#alarm = timeline.alarm(() => this.#serve(timeline.now()));
  }

  add(lane: Lane): void {
    this.#lanes.add(lane);
  }

  remove(lane: Lane): number {
    this.#lanes.delete(lane);
    return lane.discard();
  }

  get heldBytes(): number {
    let bytes = 0;
    for (const lane of this.#lanes) bytes += lane.heldBytes;
    return bytes;
  }

  /** Something new waits in a lane. */
  offer(lane: Lane, nowMs: number): void {
    if (lane.queued) return;
    lane.queued = true;
    lane.deficitBytes = 0;
    this.#turns.push(lane);
    this.#serve(nowMs);
  }

  /** Link states changed: what waited for one may go. */
  resume(): void {
    this.#serve(this.#timeline.now());
    for (const lane of this.#lanes) lane.resume();
  }

  nextLinkMs(nowMs: number): number | null {
    return this.#links.nextFromMs(nowMs);
  }

  /** How large a piece of a stream should be now. */
  chunkBytes(nowMs: number): number {
    const link = this.#links.at(nowMs);
    if (link === null) return CHUNK_MIN_BYTES;
    const bytes = Math.floor(this.#line.bytesPerMs(link) * CHUNK_MS);
    return Math.min(CHUNK_MAX_BYTES, Math.max(CHUNK_MIN_BYTES, bytes));
  }

  /** Bytes that one lane may hold now: the path full, one retransmission, a short queue; within the terminal's share. */
  windowBytes(nowMs: number): number {
    const share = this.#bufferBytes / Math.max(1, this.#lanes.size);
    const link = this.#links.at(nowMs);
    if (link === null) return Math.min(share, WINDOW_MIN_BYTES);
    const pathMs = Math.max(...link.oneWayMs) + link.fixedMs + 4 * link.access.grantPeriodMs;
    const bytes = this.#line.bytesPerMs(link) * (pathMs + link.rttMs.median + QUEUE_MS);
    return Math.min(share, Math.max(WINDOW_MIN_BYTES, bytes));
  }

  #serve(nowMs: number): void {
    if (this.#awaitsLink) {
      this.#awaitsLink = false;
      this.#notBeforeMs = nowMs;
    }
    for (let lane = this.#turns[0]; lane !== undefined; lane = this.#turns[0]) {
      lane.deficitBytes += CHUNK_MAX_BYTES;
      let cargo = lane.peekWaiting();
      while (cargo !== undefined && cargo.bytes <= lane.deficitBytes) {
        if (this.#line.freeMs > nowMs + AHEAD_MS) {
          lane.deficitBytes -= CHUNK_MAX_BYTES;
          this.#alarm.set(this.#line.freeMs - AHEAD_MS);
          return;
        }
        const offeredMs = Math.max(cargo.offeredMs, this.#notBeforeMs);
        const due = this.#line.due({ bytes: cargo.bytes, datagram: cargo.datagram, offeredMs }, lane.order);
        if (due.kind === "noLink") {
          this.#awaitsLink = true;
          lane.deficitBytes -= CHUNK_MAX_BYTES;
          if (due.retryMs !== null) this.#alarm.set(due.retryMs);
          return;
        }
        lane.deficitBytes -= cargo.bytes;
        lane.depart(due.kind === "lost" ? null : due.atMs);
        cargo = lane.peekWaiting();
      }
      this.#turns.shift();
      if (cargo === undefined) lane.queued = false;
      else this.#turns.push(lane);
    }
  }
}
