// SPDX-License-Identifier: MIT
// One attached terminal: its gate, its link, its connections and what is counted about them.
import type { LeaseClaims } from "@perigee/authority";
import type { LinkState } from "@perigee/network";
import { Carrier } from "./carrier.ts";
import type { Reason, Revocation, TerminalStats } from "./contract.ts";
import type { Direction } from "./delay-line.ts";
import { Gate, type Installed } from "./gate.ts";
import { Lane } from "./lane.ts";
import type { Lateness } from "./lateness.ts";
import { LinkSchedule } from "./link-schedule.ts";
import type { Refusal } from "./refusal.ts";
import type { Alarm, Timeline } from "./scheduler.ts";

/** Anything that a lost lease ends: a tunnel or a UDP association. */
export interface Connection {
  readonly reserved: boolean;
  /** Resets it at once. Gives the bytes that were still in its delay lines. */
  cut(): number;
}

export interface LaneEvents {
  readonly reserved: boolean;
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

  explain(reason: Reason): void {
    this.#gate.explain(reason);
  }

  /** The gate: `null` if a connection or byte may pass at this instant. */
  permit(reserved: boolean, nowMs: number): Refusal | null {
    return this.#gate.check(nowMs, reserved, this.#links.at(nowMs) !== null);
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  open(connection: Connection): void {
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
      permit: nowMs => this.permit(events.reserved, nowMs),
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
      const refusal = this.#gate.check(nowMs, connection.reserved, true);
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
    };
  }
}
