// SPDX-License-Identifier: MIT

/** A flag and a length of four bytes precede every message (gRPC over HTTP/2, "Length-Prefixed-Message"). */
export const PREFIX_BYTES = 5;
/** The flag of the last frame of gRPC-Web: its payload is the trailers (gRPC-Web, "Message framing"). */
export const TRAILERS_FLAG = 0x80;

/** Writes the prefix into the `PREFIX_BYTES` that were left free for it. @returns the same bytes */
export function sealFrame(frame: Uint8Array, flag = 0): Uint8Array {
  const length = frame.length - PREFIX_BYTES;
  frame[0] = flag;
  frame[1] = length >>> 24;
  frame[2] = length >>> 16;
  frame[3] = length >>> 8;
  frame[4] = length;
  return frame;
}

/** @returns the message with its prefix, as a copy */
export function frameOf(message: Uint8Array, flag = 0): Uint8Array {
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  frame.set(message, PREFIX_BYTES);
  return sealFrame(frame, flag);
}

/** What the reader has next: a message, the news that more bytes are needed, or why there will be no message. */
export type NextMessage = Uint8Array | "more" | "tooLarge" | "compressed" | "badFlag";

/**
 * Cuts messages out of a stream of bytes in any pieces. A message in one piece is handed out as a view of it; one in
 * many is gathered in a buffer that doubles, so that a byte at a time costs no more than its bytes.
 */
export class FrameReader {
  readonly #mostBytes: number;
  #bytes: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;
  /** Whether `#bytes` was made here and may be written to. */
  #own = false;

  /** @param mostBytes the longest message taken, in bytes */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes taken and not yet handed out. */
  get heldBytes(): number {
    return this.#end - this.#start;
  }

  push(piece: Uint8Array): void {
    const held = this.heldBytes;
    if (held === 0) {
      this.#bytes = piece;
      this.#start = 0;
      this.#end = piece.length;
      this.#own = false;
      return;
    }
    if (!this.#own || this.#end + piece.length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * held, held + piece.length));
      larger.set(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = larger;
      this.#start = 0;
      this.#end = held;
      this.#own = true;
    }
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** The next message. It stays as it is: what is pushed later never overwrites it. */
  next(): NextMessage {
    if (this.heldBytes < PREFIX_BYTES) return this.#keep();
    const bytes = this.#bytes;
    const at = this.#start;
    const flag = bytes[at]!;
    if (flag === 1) return "compressed";
    if (flag !== 0) return "badFlag";
    const length =
      ((bytes[at + 1]! << 24) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 8) | bytes[at + 4]!) >>> 0;
    if (length > this.#mostBytes) return "tooLarge";
    if (this.heldBytes < PREFIX_BYTES + length) return this.#keep();
    this.#start = at + PREFIX_BYTES + length;
    return bytes.subarray(at + PREFIX_BYTES, this.#start);
  }

  /** Copies what has to wait: a few bytes would hold on to the whole piece that they came in. */
  #keep(): "more" {
    if (!this.#own && this.heldBytes > 0) {
      this.#bytes = new Uint8Array(this.#bytes.subarray(this.#start, this.#end));
      this.#end -= this.#start;
      this.#start = 0;
      this.#own = true;
    }
    return "more";
  }

  /** Lets go of everything. */
  clear(): void {
    this.#bytes = NOTHING;
    this.#start = 0;
    this.#end = 0;
    this.#own = false;
  }
}

const NOTHING = new Uint8Array(0);
