// SPDX-License-Identifier: MIT
import type { Socket } from "node:net";
import type { Call, CallHost } from "./call.ts";
import type { EndpointState } from "./endpoint.ts";
import type { Limits } from "./limits.ts";
import { MemoryAccount } from "./memory.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Why the server itself ended a connection. */
export type Farewell =
  | "silent"
  | "idle"
  | "displaced"
  | "noRoom"
  | "flood"
  | "chatter"
  | "memory"
  | "protocol"
  | "closing";

/** What connections need of the server. */
export interface ConnectionHost {
  readonly limits: Limits;
  nowMs(): number;
  /** The first call of a connection: it is no longer among the silent ones. */
  spoke(connection: Connection): void;
  /** An account is full. @returns whether room was made */
  makeRoom(full: MemoryAccount, asking: Connection): boolean;
  fault(cause: unknown, endpoint: EndpointState): void;
  /** The server ends a connection. */
  parting(farewell: Farewell): void;
  /** A connection is gone. */
  gone(connection: Connection): void;
}

/** One connection of a client: its calls, its memory and its manners. */
export class Connection implements CallHost {
  readonly socket: Socket;
  readonly endpoint: EndpointState;
  readonly memory: MemoryAccount;
  /** Whether it ever made a call. */
  spoken = false;
  /** When a message last came or went. */
  activeMs: number;
  /** Ends the connection with its last call, in a protocol that has words for it. */
  goodbye: (() => void) | null = null;
  readonly #host: ConnectionHost;
  readonly #calls = new Set<Call>();
  readonly #control: TokenBucket;
  /** Bytes that belong to calls, and all bytes, since the last look. */
  #callBytes = 0;
  #bytesRead = 0;
  #leaving = false;
  #gone = false;

  constructor(socket: Socket, endpoint: EndpointState, host: ConnectionHost) {
    const { limits } = host;
    this.socket = socket;
    this.endpoint = endpoint;
    this.#host = host;
    this.memory = new MemoryAccount(limits.connectionMemoryBytes, endpoint.memory);
    this.activeMs = host.nowMs();
    this.#control = new TokenBucket(limits.controlBurst, limits.controlPerSecond, this.activeMs);
  }

  get idle(): boolean {
    return this.#calls.size === 0;
  }

  progress(): number {
    this.activeMs = this.#host.nowMs();
    return this.activeMs;
  }

  /** A call begins. */
  begin(call: Call): void {
    this.#calls.add(call);
    this.spoke();
  }

  /** Something was asked for, whether or not it becomes a call. */
  spoke(): void {
    this.#callBytes += CALL_OVERHEAD_BYTES;
    this.progress();
    if (this.spoken) return;
    this.spoken = true;
    this.#host.spoke(this);
  }

  /** Bytes of calls came, wanted or not. */
  counted(bytes: number): void {
    this.#callBytes += bytes;
  }

  hold(bytes: number): boolean {
    if (bytes <= 0) {
      this.memory.give(-bytes);
      return true;
    }
    const full = this.memory.take(bytes);
    if (full === null) return true;
    return this.#host.makeRoom(full, this) && !this.#gone && this.memory.take(bytes) === null;
  }

  left(call: Call): void {
    this.#calls.delete(call);
    this.progress();
    if (this.#leaving && this.goodbye === null && this.idle) this.socket.destroySoon();
  }

  fault(cause: unknown): void {
    this.#host.fault(cause, this.endpoint);
  }

  /** A ping or settings came. @returns whether that is still tolerable */
  control(): boolean {
    return this.#control.take(this.#host.nowMs());
  }

  /** Looks after this connection, about every second. @param sinceMs since the last look */
  inspect(nowMs: number, sinceMs: number): void {
    const { limits } = this.#host;
    const silentMs = nowMs - this.activeMs;
    if (this.#chatter() > (limits.chatterBytesPerSecond * Math.max(sinceMs, 1000)) / 1000)
      this.cut("chatter");
    else if (!this.spoken) {
      if (silentMs >= limits.firstCallMs) this.cut("silent");
    } else if (this.idle) {
      if (silentMs >= limits.idleMs) {
        this.#host.parting("idle");
        this.leave();
      }
    }
    for (const call of this.#calls) {
      const longestMs = call.streaming && !call.stuck ? limits.idleMs : limits.callMs;
      if (nowMs - call.progressMs >= longestMs) call.expire();
    }
  }

  /** Ends this connection now. */
  cut(farewell: Farewell): void {
    if (!this.#gone) this.#host.parting(farewell);
    this.closed();
    this.socket.destroy();
  }

  /** Ends this connection with its last call, or now if it has none. */
  leave(): void {
    this.#leaving = true;
    if (this.goodbye !== null) this.goodbye();
    else if (this.idle) this.socket.destroySoon();
  }

  /** The socket is gone. Streams report their end later; what they held is free already. */
  closed(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.memory.close();
    this.#host.gone(this);
  }

  /** Bytes since the last look that belonged to no call. */
  #chatter(): number {
    const { bytesRead } = this.socket;
    const chatter = bytesRead - this.#bytesRead - this.#callBytes;
    this.#bytesRead = bytesRead;
    this.#callBytes = 0;
    return chatter;
  }
}

/** What headers and frames of a call add on the wire at most in ordinary use, in bytes. */
const CALL_OVERHEAD_BYTES = 2048;
