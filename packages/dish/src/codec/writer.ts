// SPDX-License-Identifier: MIT

const text = new TextEncoder();
/** Longer strings are faster through the platform's encoder than byte by byte. */
const shortText = 48;
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Writes a message from its last byte to its first: when a nested message's head is due its length is known, so that
 * one pass does without measuring first. A kernel: every method moves `at` down and writes there.
 */
export class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  /** Where the last written value begins. */
  at: number;
  /** Fields still to write, of the message and of those around it: a stack of sorted runs. */
  readonly order: number[] = [];
  ordered = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.at = capacity;
  }

  /** Forgets what was written. */
  clear(): void {
    this.at = this.#bytes.length;
  }

  /** Bytes from `at` to the end of everything written. */
  get written(): number {
    return this.#bytes.length - this.at;
  }

  /** Size of the buffer behind. */
  get capacity(): number {
    return this.#bytes.length;
  }

  /** A copy of what was written, with zero bytes in front. */
  copy(headroomBytes: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(headroomBytes + this.written);
    out.set(this.#bytes.subarray(this.at), headroomBytes);
    return out;
  }

  /** Makes `count` bytes below `at` and moves there. */
  #down(count: number): number {
    if (this.at < count) this.#grow(count);
    this.at -= count;
    return this.at;
  }

  #grow(count: number): void {
    const { written } = this;
    const bytes = new Uint8Array(Math.max(2 * this.#bytes.length, written + count));
    bytes.set(this.#bytes.subarray(this.at), bytes.length - written);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.at = bytes.length - written;
  }

  /** An unsigned integer below 2^32. */
  varint32(value: number): void {
    if (value < 0x80) {
      const at = this.#down(1);
      this.#bytes[at] = value;
      return;
    }
    let at = this.#down(value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5);
    const bytes = this.#bytes;
    let rest = value;
    while (rest > 0x7f) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at] = rest;
  }

  /** An unsigned integer of 64 bits in two halves below 2^32. */
  varint64(low: number, high: number): void {
    if (high === 0) {
      this.varint32(low);
      return;
    }
    const count = Math.ceil((64 - Math.clz32(high)) / 7);
    let at = this.#down(count);
    const bytes = this.#bytes;
    for (let k = 1; k < count; k++) {
      bytes[at++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    bytes[at] = low;
  }

  float(value: number): void {
    const at = this.#down(4);
    this.#view.setFloat32(at, value, true);
  }

  double(value: number): void {
    const at = this.#down(8);
    this.#view.setFloat64(at, value, true);
  }

  /** Bytes as they are, without their length. */
  raw(value: Uint8Array): void {
    const at = this.#down(value.length);
    this.#bytes.set(value, at);
  }

  /** Floats in a row, without their length. */
  floats(values: Float32Array | readonly number[]): void {
    if (littleEndian && values instanceof Float32Array) {
      this.raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return;
    }
    const at = this.#down(4 * values.length);
    const view = this.#view;
    for (let k = 0; k < values.length; k++) view.setFloat32(at + 4 * k, values[k]!, true);
  }

  /** A string's UTF-8, without its length; a lone surrogate becomes U+FFFD. */
  string(value: string): void {
    const { length } = value;
    if (length <= shortText) {
      const at = this.#down(length);
      const bytes = this.#bytes;
      let k = 0;
      for (; k < length; k++) {
        const unit = value.charCodeAt(k);
        if (unit > 0x7f) break;
        bytes[at + k] = unit;
      }
      if (k === length) return;
      this.at += length;
    }
    // A UTF-16 unit takes at most three bytes.
    const lowest = this.#down(3 * length);
    const { written } = text.encodeInto(value, this.#bytes.subarray(lowest));
    const gap = 3 * length - written;
    this.#bytes.copyWithin(lowest + gap, lowest, lowest + written);
    this.at += gap;
  }
}
