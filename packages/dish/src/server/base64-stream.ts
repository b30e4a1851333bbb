// SPDX-License-Identifier: MIT

const PADDING = 0x3d;

/**
 * Decodes base64 that comes in any pieces and may be padded in its middle: each frame of `application/grpc-web-text` may
 * be encoded on its own.
 */
export class Base64Stream {
  #rest = "";

  /** @returns the bytes that are complete now; null: this is no base64 */
  push(piece: Uint8Array): Buffer | null {
    const text = this.#rest + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString("latin1");
    if (/[^A-Za-z0-9+/=]/.test(text)) return null;
    const whole = text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    const parts: Buffer[] = [];
    for (let from = 0; from < whole; ) {
      const padded = text.indexOf("=", from);
      // A group with padding ends a part; the decoder of Node stops there.
      const to = padded === -1 || padded >= whole ? whole : padded - (padded % 4) + 4;
      if (padded !== -1 && padded < to && !wellPadded(text, to)) return null;
      parts.push(Buffer.from(text.slice(from, to), "base64"));
      from = to;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** Whether nothing is left over. */
  get complete(): boolean {
    return this.#rest === "";
  }
}

/** Whether the group of four before `end` has its padding where it may be: last, or the last two. */
const wellPadded = (text: string, end: number): boolean =>
  text.charCodeAt(end - 1) === PADDING &&
  text.charCodeAt(end - 3) !== PADDING &&
  text.charCodeAt(end - 4) !== PADDING;
