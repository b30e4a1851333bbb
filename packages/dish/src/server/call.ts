// SPDX-License-Identifier: MIT
import type { RpcStatus } from "./device.ts";
import { FrameReader, type NextMessage, sealFrame } from "./frame.ts";
import type { Addressee, Method, Said } from "./method.ts";
import { FINE, refusal } from "./rpc-status.ts";

/** How one call reaches its client: gRPC over HTTP/2, or gRPC-Web over either HTTP. */
export interface Wire {
  /** Sends a message of a stream, with its prefix. @returns whether more may follow at once; if not, `Call.writable` says when */
  send(frame: Uint8Array): boolean;
  /** Sends the one message of a good unary call, with its prefix, and the end of the call. */
  reply(frame: Uint8Array): void;
  /** Ends the call. */
  end(status: RpcStatus): void;
  /** Ends the call without a word: the client does not read. */
  abort(): void;
  /** Stops and continues the bytes of the client. */
  pause(): void;
  resume(): void;
  /** Bytes sent and not yet on their way. */
  readonly pendingBytes: number;
}

/** What a call needs of the connection it came on. */
export interface CallHost {
  /** Makes an open call account for so many bytes more (or fewer). @returns whether there is room */
  hold(bytes: number): boolean;
  /** The call is over, and nothing of it is left. */
  left(call: Call): void;
  /** A method threw. */
  fault(cause: unknown): void;
  /** Something moves. @returns the time, in milliseconds of a clock that never goes back */
  progress(): number;
}

/** What a call costs besides its bytes: its stream, headers and listeners, in bytes (measured: about 7,000). */
const CALL_BYTES = 8192;

const TOO_LITTLE_MEMORY = refusal("resourceExhausted", "the terminal has no memory for this call");

/** What is wrong with a frame. */
const BAD_FRAME: Readonly<Record<Exclude<NextMessage, Uint8Array | "more">, RpcStatus>> = {
  tooLarge: refusal("resourceExhausted", "the message is larger than the terminal accepts"),
  compressed: refusal("internal", "the message is marked as compressed, but its encoding is identity"),
  badFlag: refusal("internal", "the message has a reserved flag"),
};

/**
 * One call, whatever it travels by: cuts the messages of the client, has them answered one after the other, and stops
 * reading while an answer is being made or waits for the client.
 */
export class Call {
  /** When a message last came or went. */
  progressMs: number;
  readonly streaming: boolean;
  readonly #method: Method;
  readonly #to: Addressee;
  readonly #wire: Wire;
  readonly #host: CallHost;
  readonly #reader: FrameReader;
  #only: Uint8Array | null = null;
  #heldBytes = 0;
  #inputEnded = false;
  #answering = false;
  #blocked = false;
  #paused = false;
  #over = false;
  #timer: NodeJS.Timeout | null = null;

  /** @param deadlineMs how long the client waits; null: it does not say */
  constructor(
    method: Method,
    to: Addressee,
    wire: Wire,
    host: CallHost,
    messageBytes: number,
    deadlineMs: number | null,
  ) {
    this.streaming = method.streaming;
    this.#method = method;
    this.#to = to;
    this.#wire = wire;
    this.#host = host;
    this.#reader = new FrameReader(messageBytes);
    this.progressMs = host.progress();
    if (deadlineMs !== null) {
      this.#timer = setTimeout(
        () => this.end(refusal("deadlineExceeded", "the deadline has passed")),
        deadlineMs,
      );
    }
  }

  /** Whether the client does not take what was sent. */
  get stuck(): boolean {
    return this.#blocked || this.#over;
  }

  /** Begins: from now on it counts. */
  begin(): void {
    this.#account();
  }

  /** Bytes of the client. */
  received(piece: Uint8Array): void {
    if (this.#over) return;
    this.#reader.push(piece);
    this.#pump();
  }

  /** The client has said everything. */
  ended(): void {
    this.#inputEnded = true;
    this.#pump();
  }

  /** What was sent is on its way. */
  writable(): void {
    this.#blocked = false;
    this.#pump();
  }

  /** The client, or the connection, is gone: nothing can be sent any more. */
  gone(): void {
    this.#over = true;
    this.#stopTimer();
    this.#reader.clear();
    this.#host.hold(-this.#heldBytes);
    this.#heldBytes = 0;
    this.#host.left(this);
  }

  /** Too long without a message. */
  expire(): void {
    if (this.stuck) this.#wire.abort();
    else this.end(refusal("deadlineExceeded", "the terminal waited too long for the rest of the call"));
  }

  #pump(): void {
    while (!this.#over && !this.#answering && !this.#blocked) {
      const next = this.#reader.next();
      if (next === "more") {
        if (this.#inputEnded) this.#inputDone();
        break;
      }
      if (typeof next === "string") this.end(BAD_FRAME[next]);
      else if (this.#method.streaming) this.#answer(next);
      // As a copy: it may have to wait for the end of the call, and the rest of what it came in need not.
      else if (this.#only === null) this.#only = new Uint8Array(next);
      else this.end(refusal("internal", "a unary call carries one message"));
    }
    if (this.#over) return;
    this.#account();
    const pause = this.#answering || this.#blocked;
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) this.#wire.pause();
    else this.#wire.resume();
  }

  #inputDone(): void {
    if (this.#reader.heldBytes > 0) this.end(refusal("internal", "the call ended within a message"));
    else if (this.#method.streaming) this.end(FINE);
    else if (this.#only === null)
      this.end(refusal("internal", "a unary call carries one message, and this has none"));
    else this.#answer(this.#only);
  }

  #answer(message: Uint8Array): void {
    this.progressMs = this.#host.progress();
    try {
      const said = this.#method.say(message, this.#to);
      if (!(said instanceof Promise)) {
        this.#said(said);
        return;
      }
      this.#answering = true;
      said.then(
        value => {
          this.#answering = false;
          this.#said(value);
          this.#pump();
        },
        (cause: unknown) => this.#failed(cause),
      );
    } catch (cause) {
      this.#failed(cause);
    }
  }

  #failed(cause: unknown): void {
    this.#host.fault(cause);
    this.end(refusal("internal", "the terminal failed to answer"));
  }

  #said(said: Said): void {
    if (this.#over || said === null) return;
    if (!(said instanceof Uint8Array)) this.end(said);
    else if (!this.#hold(CALL_BYTES + this.#reader.heldBytes + this.#wire.pendingBytes + said.length)) {
      this.end(TOO_LITTLE_MEMORY);
    } else if (this.#method.streaming) this.#blocked = !this.#wire.send(sealFrame(said));
    else {
      this.#finish();
      this.#wire.reply(sealFrame(said));
    }
  }

  /** Ends the call, unless it is over. */
  end(status: RpcStatus): void {
    if (this.#over) return;
    this.#finish();
    this.#wire.end(status);
  }

  #finish(): void {
    this.#over = true;
    this.#stopTimer();
    this.#reader.clear();
    this.#only = null;
  }

  /** Brings the account up to what is held now. */
  #account(): void {
    const bytes = CALL_BYTES + this.#reader.heldBytes + (this.#only?.length ?? 0) + this.#wire.pendingBytes;
    if (!this.#hold(bytes)) this.end(TOO_LITTLE_MEMORY);
  }

  #hold(bytes: number): boolean {
    if (bytes === this.#heldBytes) return true;
    const room = this.#host.hold(bytes - this.#heldBytes);
    if (room) this.#heldBytes = bytes;
    return room;
  }

  #stopTimer(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}
