// SPDX-License-Identifier: MIT
import { mix32 } from "./draw.ts";

/**
 * Names an input of a plan by its content: 16 hexadecimal digits over bytes, or over the JSON of a plain value. Tells
 * inputs apart; it is no proof against forgery.
 */
export function hashInput(input: unknown): string {
  const bytes = input instanceof Uint8Array ? input : new TextEncoder().encode(JSON.stringify(input));
  let a = bytes.length;
  let b = 0x9e37_79b9;
  for (let k = 0; k < bytes.length; k++) {
    a = Math.imul(a ^ bytes[k]!, 0x0100_0193);
    b = (Math.imul(b, 33) + bytes[k]!) | 0;
  }
  const hex = (word: number) => word.toString(16).padStart(8, "0");
  return hex(mix32(a, b, bytes.length, 1)) + hex(mix32(b, a, bytes.length, 2));
}
