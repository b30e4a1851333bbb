// SPDX-License-Identifier: MIT
// Calls to a server in another process, as many at a time or as many a second as wanted.
import {
  END_STREAM,
  frameType,
  http2Frame,
  opening,
  RawHttp2,
  unaryCall,
} from "../../packages/dish/src/server/testing/raw-http2.ts";

/** What came back. */
export interface Answers {
  calls: number;
  /** Bytes of messages with their prefixes. */
  bytes: number;
  /** Streams the server reset, and connections it closed. */
  lost: number;
}

/** One connection with calls on it. */
export class Caller {
  readonly #http2: RawHttp2;
  readonly #answers: Answers;
  readonly #waiting = new Map<number, () => void>();
  #nextStream = 1;
  #unacknowledged = 0;

  private constructor(http2: RawHttp2, answers: Answers) {
    this.#http2 = http2;
    this.#answers = answers;
  }

  static async to(port: number, answers: Answers): Promise<Caller> {
    let caller: Caller | null = null;
    const http2 = await RawHttp2.to(port, frame =>
      caller?.took(frame.type, frame.flags, frame.streamId, frame.payload),
    );
    caller = new Caller(http2, answers);
    http2.send(opening, http2Frame(frameType.settings, 1, 0));
    return caller;
  }

  /** Calls, and says when the answer is complete. */
  call(framed: Uint8Array, done: () => void): void {
    const streamId = this.#nextStream;
    this.#nextStream += 2;
    this.#waiting.set(streamId, done);
    this.#http2.send(unaryCall(streamId, framed));
  }

  close(): void {
    this.#http2.socket.destroy();
  }

  took(type: number, flags: number, streamId: number, payload: Buffer): void {
    if (type === frameType.data) this.#count(payload.length);
    if (type === frameType.reset) this.#answers.lost += 1;
    const ends = type === frameType.reset || (flags & END_STREAM) !== 0;
    if (!ends || (type !== frameType.data && type !== frameType.headers && type !== frameType.reset)) return;
    const done = this.#waiting.get(streamId);
    this.#waiting.delete(streamId);
    this.#answers.calls += 1;
    done?.();
  }

  /** Opens the window of the connection again before it closes. */
  #count(bytes: number): void {
    this.#answers.bytes += bytes;
    this.#unacknowledged += bytes;
    if (this.#unacknowledged < 32_768) return;
    const increment = Buffer.alloc(4);
    increment.writeUInt32BE(this.#unacknowledged);
    this.#http2.send(http2Frame(frameType.windowUpdate, 0, 0, increment));
    this.#unacknowledged = 0;
  }
}

/** Connections to the given ports, opened a few at a time. */
export async function callersTo(ports: readonly number[], answers: Answers): Promise<Caller[]> {
  const callers: Caller[] = [];
  for (let from = 0; from < ports.length; from += 50) {
    callers.push(...(await Promise.all(ports.slice(from, from + 50).map(port => Caller.to(port, answers)))));
  }
  return callers;
}

/** Makes calls one after the other on `atOnce` connections at a time, taking them in turn. */
export function flatOut(
  callers: readonly Caller[],
  framed: Uint8Array,
  calls: number,
  atOnce: number,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = 0;
  let ended = 0;
  const next = (): void => {
    if (begun === calls) return;
    callers[begun++ % callers.length]!.call(framed, () => {
      ended += 1;
      if (ended === calls) resolve();
      else next();
    });
  };
  for (let i = 0; i < Math.min(atOnce, calls); i++) next();
  return promise;
}

/**
 * Makes so many calls a second, whether or not the earlier ones are answered: a slow server does not slow its clients.
 *
 * @returns milliseconds from when each call was due until its answer was complete
 */
export async function steady(
  callers: readonly Caller[],
  framed: Uint8Array,
  calls: number,
  perSecond: number,
): Promise<number[]> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const tookMs: number[] = [];
  const beganMs = performance.now();
  let begun = 0;
  const timer = setInterval(() => {
    const dueCalls = Math.min(calls, Math.floor(((performance.now() - beganMs) / 1000) * perSecond));
    while (begun < dueCalls) {
      const dueMs = beganMs + (begun * 1000) / perSecond;
      callers[begun++ % callers.length]!.call(framed, () => {
        tookMs.push(performance.now() - dueMs);
        if (tookMs.length === calls) resolve();
      });
    }
  }, 1);
  await promise;
  clearInterval(timer);
  return tookMs;
}
