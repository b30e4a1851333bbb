// SPDX-License-Identifier: MIT

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes of a hexadecimal, base64 or base64url text of a known length; `null` when it is none of them. */
export function decodeBytes(text: string, length?: number): Uint8Array<ArrayBuffer> | null {
  if (/^([0-9a-f]{2})+$/i.test(text) && (length === undefined || text.length === 2 * length))
    return Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
  try {
    const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    if (length !== undefined && raw.length !== length) return null;
    return Uint8Array.from(raw, char => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Whether two byte strings are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
