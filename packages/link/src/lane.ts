// SPDX-License-Identifier: MIT
// One direction of one connection inside the link: first waiting for its turn at the sender, then in the air.
import type { Carrier } from "./carrier.ts";
import type { Order } from "./delay-line.ts";
import { Fifo } from "./fifo.ts";
import type { Refusal } from "./refusal.ts";
import type { Alarm, Timeline } from "./scheduler.ts";

/** What travels: payload, or a signal such as FIN with 0 bytes. */
export interface Cargo {
  readonly bytes: number;
  readonly offeredMs: number;
  readonly datagram: boolean;
  /** Hands it over at the far end; `false`: taken, but give no more until `unblock`. */
  readonly deliver: () => boolean;
}

export interface LaneHost {
  readonly timeline: Timeline;
  readonly carrier: Carrier;
  /** The gate, for this lane's destination. */
  permit(nowMs: number): Refusal | null;
  delivered(bytes: number, lateMs: number | null, nowMs: number): void;
  lost(): void;
  /** Held bytes went down. */
  room(): void;
  /** The gate was shut when something was due: nothing of it was delivered. */
  denied(refusal: Refusal): void;
}

export class Lane {
  /** Of this lane's turn at the sender; kept by the carrier. */
  deficitBytes = 0;
  queued = false;
  readonly order: Order = { lastMs: Number.NEGATIVE_INFINITY };
  readonly #host: LaneHost;
  readonly #alarm: Alarm;
  readonly #waiting = new Fifo<Cargo>();
  readonly #flying = new Fifo<{ readonly cargo: Cargo; readonly atMs: number }>();
  #heldBytes = 0;
  #blocked = false;
  #closed = false;
  /** Releases due before this were held up by the receiver or by a missing link, not by the machine. */
  #heldUpMs = Number.NEGATIVE_INFINITY;

  constructor(host: LaneHost) {
    this.#host = host;
    this.#alarm = host.timeline.alarm(() => this.#release());
  }

  /** Bytes waiting or in the air. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get carrier(): Carrier {
    return this.#host.carrier;
  }

  /** Offers cargo to the link. Gives the refusal of the gate; cargo of a stream without a link waits for one instead. */
  send(bytes: number, deliver: () => boolean, datagram = false): Refusal | null {
    if (this.#closed) return null;
    const nowMs = this.#host.timeline.now();
    const refusal = this.#host.permit(nowMs);
    if (refusal !== null && (datagram || refusal.kind !== "link")) return refusal;
    this.#waiting.push({ bytes, offeredMs: nowMs, datagram, deliver });
    this.#heldBytes += bytes;
    this.#host.carrier.offer(this, nowMs);
    return null;
  }

  /** The receiver takes more. */
  unblock(): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.resume();
  }

  /** The receiver or the link is back: what became due meanwhile goes now, in order. */
  resume(): void {
    if (this.#closed) return;
    this.#heldUpMs = this.#host.timeline.now();
    this.#release();
  }

  /** Throws everything away, for good. Gives the number of bytes that will never arrive. */
  discard(): number {
    const bytes = this.#heldBytes;
    this.#closed = true;
    this.#alarm.clear();
    this.#waiting.clear();
    this.#flying.clear();
    this.#heldBytes = 0;
    return bytes;
  }

  /** For the carrier: the next cargo waiting for the sender. */
  peekWaiting(): Cargo | undefined {
    return this.#waiting.peek();
  }

  /** For the carrier: the next cargo is on its way and comes out at `atMs`; `null`: lost. */
  depart(atMs: number | null): void {
    const cargo = this.#waiting.shift();
    if (cargo === undefined) return;
    if (atMs === null) {
      this.#heldBytes -= cargo.bytes;
      this.#host.lost();
      return;
    }
    this.#flying.push({ cargo, atMs });
    if (this.#flying.length === 1 && !this.#blocked) this.#alarm.set(atMs);
  }

  #release(): void {
    const { timeline } = this.#host;
    const heldBefore = this.#heldBytes;
    while (!this.#blocked && !this.#closed) {
      const next = this.#flying.peek();
      if (next === undefined) break;
      const nowMs = timeline.now();
      if (next.atMs > nowMs) {
        this.#alarm.set(next.atMs);
        break;
      }
      const refusal = this.#host.permit(nowMs);
      if (refusal !== null) {
        if (refusal.kind !== "link") this.#host.denied(refusal);
        else this.#awaitLink(nowMs);
        break;
      }
      this.#flying.shift();
      this.#heldBytes -= next.cargo.bytes;
      const lateMs = next.atMs >= this.#heldUpMs ? nowMs - next.atMs : null;
      this.#blocked = !next.cargo.deliver();
      this.#host.delivered(next.cargo.bytes, lateMs, nowMs);
    }
    if (this.#heldBytes < heldBefore && !this.#closed) this.#host.room();
  }

  /** Datagrams do not wait for a link; bytes of a stream do, until one begins or is announced. */
  #awaitLink(nowMs: number): void {
    const next = this.#flying.peek();
    if (next?.cargo.datagram === true) {
      this.#flying.shift();
      this.#heldBytes -= next.cargo.bytes;
      this.#host.lost();
      this.#alarm.set(nowMs);
      return;
    }
    const retryMs = this.#host.carrier.nextLinkMs(nowMs);
    this.#heldUpMs = Math.max(nowMs, retryMs ?? nowMs);
    if (retryMs !== null) this.#alarm.set(retryMs);
  }
}
