// SPDX-License-Identifier: MIT
import { type DecodeLimits, WireFault } from "./fault.ts";

// A byte order mark belongs to the text.
const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Longer strings are faster through the platform's decoder than byte by byte. */
const shortText = 24;
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** A place in untrusted bytes. A kernel: every method reads at `at`, moves behind it, and never beyond `end`. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limits: DecodeLimits;
  #values = 0;
  at = 0;
  /** End of the message or packed field that is being read. */
  end: number;
  /** Upper half of the integer that {@link varint} read last, below 2^32. */
  high = 0;

  constructor(bytes: Uint8Array, limits: DecodeLimits) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
    this.end = bytes.length;
  }

  /** Notes one more value made from the bytes. */
  count(): void {
    if (++this.#values > this.#limits.maxValues) {
      throw new WireFault("tooMany", `the message has more than ${this.#limits.maxValues} values`, this.at);
    }
  }

  /** Refuses a message at a depth; the outermost is at 1. */
  enter(depth: number): void {
    if (depth > this.#limits.maxDepth) {
      throw new WireFault("tooDeep", `the message is nested deeper than ${this.#limits.maxDepth}`, this.at);
    }
  }

  /** A field's head: number and wire type in 32 bits. */
  tag(): number {
    const at = this.at;
    const low = this.varint();
    if (this.high !== 0 || low < 8) throw new WireFault("badTag", "the field's number is out of range", at);
    return low;
  }

  /** An integer: returns the lower 32 bits and leaves the upper in `high`. */
  varint(): number {
    const bytes = this.#bytes;
    const { end } = this;
    let at = this.at;
    this.high = 0;
    if (at >= end) throw this.#truncated();
    let byte = bytes[at++]!;
    if (byte < 0x80) {
      this.at = at;
      return byte;
    }
    let low = byte & 0x7f;
    for (let shift = 7; shift < 28; shift += 7) {
      if (at >= end) throw this.#truncated();
      byte = bytes[at++]!;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return low;
      }
    }
    if (at >= end) throw this.#truncated();
    byte = bytes[at++]!;
    low = (low | (byte << 28)) >>> 0;
    let high = (byte & 0x7f) >> 4;
    for (let shift = 3; byte >= 0x80; shift += 7) {
      if (shift > 31) throw new WireFault("badInteger", "an integer has more than ten bytes", this.at);
      if (at >= end) throw this.#truncated();
      byte = bytes[at++]!;
      high |= (byte & 0x7f) << shift;
    }
    this.at = at;
    this.high = high >>> 0;
    return low;
  }

  float(): number {
    const at = this.#over(4);
    return this.#view.getFloat32(at, true);
  }

  double(): number {
    const at = this.#over(8);
    return this.#view.getFloat64(at, true);
  }

  /** A length that fits into what is left. */
  length(): number {
    const low = this.varint();
    if (this.high !== 0 || low > this.end - this.at) throw this.#truncated();
    return low;
  }

  /** A copy of so many bytes. */
  raw(length: number): Uint8Array {
    const at = this.#over(length);
    const out = new Uint8Array(length);
    out.set(this.#bytes.subarray(at, at + length));
    return out;
  }

  /** So many floats in a row. */
  floats(count: number): Float32Array {
    const at = this.#over(4 * count);
    const out = new Float32Array(count);
    if (littleEndian) new Uint8Array(out.buffer).set(this.#bytes.subarray(at, at + 4 * count));
    else for (let k = 0; k < count; k++) out[k] = this.#view.getFloat32(at + 4 * k, true);
    return out;
  }

  /** Text of so many bytes. */
  string(length: number): string {
    const at = this.#over(length);
    const bytes = this.#bytes;
    if (length <= shortText) {
      let out = "";
      let k = 0;
      for (; k < length; k++) {
        const byte = bytes[at + k]!;
        if (byte > 0x7f) break;
        out += String.fromCharCode(byte);
      }
      if (k === length) return out;
    }
    try {
      return text.decode(bytes.subarray(at, at + length));
    } catch {
      throw new WireFault("badText", "a string is not UTF-8", at);
    }
  }

  /** Moves over a field that nobody knows; groups (wire types 3 and 4, deprecated) with all they contain. */
  skip(tag: number, depth: number): void {
    switch (tag & 7) {
      case 0:
        this.varint();
        return;
      case 1:
        this.#over(8);
        return;
      case 2: {
        const length = this.length();
        this.at += length;
        return;
      }
      case 3: {
        this.enter(depth + 1);
        for (;;) {
          if (this.at >= this.end) throw new WireFault("badGroup", "a group has no end", this.at);
          const inner = this.tag();
          if ((inner & 7) === 4) {
            if (inner >>> 3 !== tag >>> 3) throw new WireFault("badGroup", "another group ends", this.at);
            return;
          }
          this.skip(inner, depth + 1);
        }
      }
      case 4:
        throw new WireFault("badGroup", "a group ends that did not begin", this.at);
      case 5:
        this.#over(4);
        return;
      default:
        throw new WireFault("badTag", `there is no wire type ${tag & 7}`, this.at);
    }
  }

  #over(count: number): number {
    const { at } = this;
    if (count > this.end - at) throw this.#truncated();
    this.at = at + count;
    return at;
  }

  #truncated(): WireFault {
    return new WireFault("truncated", "the bytes end inside a field", this.at);
  }
}
