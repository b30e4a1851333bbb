// SPDX-License-Identifier: MIT
// One attached terminal: its gate, its link, its connections and what is counted about them.
import type { LeaseClaims } from "@perigee/authority";
import type { LinkState } from "@perigee/network";
import { Carrier } from "./carrier.ts";
import type { Revocation, TerminalStats, TransmitOrder } from "./contract.ts";
import type { Direction } from "./delay-line.ts";
import type { Destination } from "./destination.ts";
import { Gate } from "./gate.ts";
import { Lane } from "./lane.ts";
import type { Lateness } from "./lateness.ts";
import type { Installed } from "./lease-book.ts";
import { LinkSchedule } from "./link-schedule.ts";
import type { Refusal } from "./refusal.ts";
import type { Alarm, Timeline } from "./scheduler.ts";

/** Where something goes, as far as the gate must know. */
export type Way = Pick<Destination, "reserved" | "emergency">;

/** Anything that a lost lease ends: a tunnel or a UDP association. */
export interface Connection {
  readonly reserved: boolean;
  readonly emergency: boolean;
  /** Resets it at once. Gives the bytes that were still in its delay lines. */
  cut(): number;
}

export interface LaneEvents {
  readonly reserved: boolean;
  readonly emergency: boolean;
  room(): void;
  denied(): void;
}

export class Terminal {
  readonly id: string;
  readonly timeline: Timeline;
  readonly #gate = new Gate();
  readonly #links = new LinkSchedule();
  readonly #lateness: Lateness;
  readonly #carriers: Readonly<Record<Direction, Carrier>>;
  readonly #connections = new Set<Connection>();
  readonly #expiry: Alarm;
  readonly #bytes = { up: 0, down: 0 };
  #refused = 0;
  #cut = 0;
  #discardedBytes = 0;
  #lostDatagrams = 0;
  #spared = 0;

  constructor(id: string, timeline: Timeline, lateness: Lateness, bufferBytes: number) {
    this.id = id;
    this.timeline = timeline;
    this.#lateness = lateness;
    this.#carriers = {
      up: new Carrier("up", this.#links, timeline, bufferBytes),
      down: new Carrier("down", this.#links, timeline, bufferBytes),
    };
    this.#expiry = timeline.alarm(() => this.enforce());
  }

  setLinkState(state: LinkState): void {
    this.#links.set(state, this.timeline.now());
    this.#carriers.up.resume();
    this.#carriers.down.resume();
  }

  install(claims: LeaseClaims): Installed {
    const installed = this.#gate.install(claims);
    if (installed === "installed") this.enforce();
    return installed;
  }

  revoke(revocation: Revocation): number {
    this.#gate.revoke(revocation, this.timeline.now());
    return this.enforce();
  }

  explain(reason: Revocation): void {
    this.#gate.explain(reason);
  }

  /** Gives `false` if a newer order, or this one, has come before. What may not pass any more is reset at once. */
  transmit(order: TransmitOrder): boolean {
    const taken = this.#gate.transmit(order);
    if (taken) this.enforce();
    return taken;
  }

  /** A live lease is held. */
  get leased(): boolean {
    return this.#gate.expiresAtMs(this.timeline.now()) !== null;
  }

  /** The gate: `null` if a connection or byte may pass at this instant. */
  permit(
    { reserved, emergency }: Way,
    nowMs: number,
    linked = this.#links.at(nowMs) !== null,
  ): Refusal | null {
    return this.#gate.check(nowMs, reserved, linked, emergency);
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  open(connection: Connection): void {
    if (this.#gate.txOff !== null) this.#spared++;
    this.#connections.add(connection);
  }

  close(connection: Connection): void {
    this.#connections.delete(connection);
  }

  lane(direction: Direction, events: LaneEvents): Lane {
    const carrier = this.#carriers[direction];
    const lane = new Lane({
      timeline: this.timeline,
      carrier,
      permit: nowMs => this.permit(events, nowMs),
      delivered: (bytes, lateMs, nowMs) => {
        this.#bytes[direction] += bytes;
        if (lateMs !== null) this.#lateness.record(lateMs, nowMs);
      },
      lost: () => this.countLostDatagram(),
      room: () => events.room(),
      denied: () => events.denied(),
    });
    carrier.add(lane);
    return lane;
  }

  /** Throws a lane away with all that is in it. Gives the bytes lost. */
  drop(direction: Direction, lane: Lane): number {
    return this.#carriers[direction].remove(lane);
  }

  countRefused(): void {
    this.#refused++;
  }

  countLostDatagram(): void {
    this.#lostDatagrams++;
  }

  /** Resets what the gate no longer lets through, and wakes again when the lease dies. Gives the number reset. */
  enforce(): number {
    const nowMs = this.timeline.now();
    let reset = 0;
    for (const connection of [...this.#connections]) {
      const refusal = this.permit(connection, nowMs, true);
      if (refusal === null) continue;
      this.#connections.delete(connection);
      this.#discardedBytes += connection.cut();
      reset++;
    }
    this.#cut += reset;
    const expiresAtMs = this.#gate.expiresAtMs(nowMs);
    if (expiresAtMs === null) this.#expiry.clear();
    else this.#expiry.set(expiresAtMs);
    return reset;
  }

  /** Ends all connections because the engine closes. */
  closeAll(): void {
    this.#expiry.clear();
    for (const connection of [...this.#connections]) connection.cut();
    this.#connections.clear();
  }

  stats(port: number): TerminalStats {
    const nowMs = this.timeline.now();
    return {
      terminalId: this.id,
      port,
      linked: this.#links.at(nowMs) !== null,
      reach: this.#gate.reach(nowMs),
      leaseUntilMs: this.#gate.expiresAtMs(nowMs),
      openConnections: this.#connections.size,
      upBytes: this.#bytes.up,
      downBytes: this.#bytes.down,
      heldBytes: this.#carriers.up.heldBytes + this.#carriers.down.heldBytes,
      refused: this.#refused,
      cut: this.#cut,
      discardedBytes: this.#discardedBytes,
      lostDatagrams: this.#lostDatagrams,
      txOff: this.#gate.txOff?.code ?? null,
      spared: this.#spared,
    };
  }
}
