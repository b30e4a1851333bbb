// SPDX-License-Identifier: MIT
// One TCP connection through the link: two sockets, two lanes. Every event at one end (bytes, FIN, RST) reaches the
// other end through the delay line, in order.
import type { Socket } from "node:net";
import type { Destination } from "./destination.ts";
import { type Dialer, dial } from "./dial.ts";
import type { Lane } from "./lane.ts";
import type { Refusal } from "./refusal.ts";
import type { Connection, Terminal } from "./terminal.ts";

export interface TunnelRequest {
  readonly destination: Destination;
  /** Told to the client when the connection stands; `null`: nothing, the origin will speak. */
  readonly established: Buffer | null;
  /** Sent to the destination first: a rewritten head. */
  readonly head: Buffer;
  /** What the client sent right after its request. */
  readonly early: Buffer;
  /** How many of the client's bytes may go up. */
  readonly bodyBytes: number;
  /** Tells the client why not, and closes its socket. */
  refuse(refusal: Refusal): void;
}

/** A lane resumes reading when it has come down to this share of its window: fewer pauses, no starving. */
const RESUME_SHARE = 0.75;

export class Tunnel implements Connection {
  readonly #terminal: Terminal;
  readonly #client: Socket;
  readonly #request: TunnelRequest;
  readonly #dialer: Dialer;
  readonly #up: Lane;
  readonly #down: Lane;
  #remote: Socket | null = null;
  #bodyLeft: number;
  #open = true;
  #established = false;
  /** Ends that are gone: nothing can be delivered there, and nobody must wait for them. */
  readonly #gone = { client: false, remote: false };

  constructor(terminal: Terminal, client: Socket, request: TunnelRequest, dialer: Dialer) {
    this.#terminal = terminal;
    this.#client = client;
    this.#request = request;
    this.#dialer = dialer;
    this.#bodyLeft = request.bodyBytes;
    const { reserved, emergency } = request.destination;
    const denied = () => terminal.enforce();
    const way = { reserved, emergency };
    this.#up = terminal.lane("up", { ...way, denied, room: () => this.#refill(this.#up, client) });
    this.#down = terminal.lane("down", {
      ...way,
      denied,
      room: () => this.#refill(this.#down, this.#remote),
    });
  }

  get reserved(): boolean {
    return this.#request.destination.reserved;
  }

  get emergency(): boolean {
    return this.#request.destination.emergency;
  }

  /** Sends the SYN: it crosses the link, the PoP side dials, and the answer crosses back. One round trip. */
  start(): void {
    this.#client.pause();
    this.#client.on("error", () => {});
    this.#client.once("close", () => this.#clientClosed());
    this.#terminal.open(this);
    this.#post(this.#up, 0, () => {
      this.#remote = dial(this.#request.destination, this.#terminal.id, this.#dialer, {
        connected: remote => this.#post(this.#down, 0, () => this.#establish(remote)),
        failed: refusal => this.#post(this.#down, 0, () => this.#fail(refusal)),
      });
      return true;
    });
  }

  cut(): number {
    if (!this.#open) return 0;
    const bytes = this.#close();
    this.#client.resetAndDestroy();
    // A socket that still connects would be reset only after it has connected.
    if (this.#remote?.connecting === true) this.#remote.destroy();
    else this.#remote?.resetAndDestroy();
    return bytes;
  }

  #fillShare(lane: Lane): number {
    return lane.heldBytes / lane.carrier.windowBytes(this.#terminal.timeline.now());
  }

  #refill(lane: Lane, source: Socket | null): void {
    if (this.#established && source?.isPaused() === true && this.#fillShare(lane) < RESUME_SHARE)
      source.resume();
  }

  #close(): number {
    this.#open = false;
    this.#terminal.close(this);
    return this.#terminal.drop("up", this.#up) + this.#terminal.drop("down", this.#down);
  }

  #fail(refusal: Refusal): boolean {
    this.#close();
    this.#request.refuse(refusal);
    return true;
  }

  #establish(remote: Socket): boolean {
    const { established, head, early } = this.#request;
    const client = this.#client;
    this.#established = true;
    if (established !== null) client.write(established);
    this.#carry(this.#up, head, remote);
    this.#carry(this.#up, this.#withinBody(early), remote);
    this.#wire(client, this.#up, remote, chunk => this.#withinBody(chunk));
    this.#wire(remote, this.#down, client, chunk => chunk);
    remote.once("close", () => this.#remoteClosed(remote));
    client.on("drain", () => this.#down.unblock());
    remote.on("drain", () => this.#up.unblock());
    client.resume();
    remote.resume();
    if (remote.destroyed) this.#remoteClosed(remote);
    return true;
  }

  #wire(from: Socket, lane: Lane, to: Socket, pick: (chunk: Buffer) => Buffer): void {
    from.on("data", (chunk: Buffer) => {
      this.#carry(lane, pick(chunk), to);
      if (this.#fillShare(lane) >= 1 && !to.destroyed) from.pause();
    });
    const fin = () =>
      this.#post(lane, 0, () => {
        to.end();
        return true;
      });
    // A paused socket with nothing left to read tells of its end at once: that may have been before now.
    if (from.readableEnded) fin();
    else from.once("end", fin);
  }

  /** Payload, in pieces that take turns with other connections. */
  #carry(lane: Lane, bytes: Buffer, to: Socket): void {
    const size = lane.carrier.chunkBytes(this.#terminal.timeline.now());
    for (let at = 0; at < bytes.length && this.#open; at += size) {
      const piece = bytes.subarray(at, at + size);
      this.#post(lane, piece.length, () => to.destroyed || to.write(piece));
    }
  }

  #withinBody(chunk: Buffer): Buffer {
    const taken = chunk.subarray(0, Math.min(chunk.length, this.#bodyLeft));
    this.#bodyLeft -= taken.length;
    return taken;
  }

  #post(lane: Lane, bytes: number, deliver: () => boolean): void {
    if (!this.#open) return;
    const refusal = lane.send(bytes, deliver);
    if (refusal !== null) this.#terminal.enforce();
  }

  #clientClosed(): void {
    this.#gone.client = true;
    if (!this.#open) return;
    const remote = this.#remote;
    if (remote === null || remote.connecting) {
      this.#close();
      remote?.destroy();
      return;
    }
    this.#ended(this.#client, this.#up, this.#down, remote);
  }

  #remoteClosed(remote: Socket): void {
    this.#gone.remote = true;
    if (this.#open) this.#ended(remote, this.#down, this.#up, this.#client);
  }

  /** One end is gone. If both its directions had ended the other end knows; otherwise it gets a RST behind the last bytes. */
  #ended(gone: Socket, lane: Lane, opposite: Lane, other: Socket): void {
    if (this.#gone.client && this.#gone.remote) {
      this.#close();
      return;
    }
    // Keep reading, so that the other end's close is noticed; what it still says has nobody to hear it.
    opposite.unblock();
    other.resume();
    if (gone.readableEnded && gone.writableFinished) return;
    this.#post(lane, 0, () => {
      other.resetAndDestroy();
      return true;
    });
  }
}
