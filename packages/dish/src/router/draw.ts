// SPDX-License-Identifier: MIT
// What is left to chance in a home follows from the router's id: the same router has the same clients every time.

/** 32-bit FNV-1a of a text's UTF-16 code units: whose draws they are. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** 32 bits for two indices under a seed: the finaliser of MurmurHash3 (Appleby 2011) once per word. */
export function word(seed: number, a: number, b: number): number {
  return finalise(finalise(finalise(seed) ^ a) ^ b) >>> 0;
}

/** {@link word} as a number in [0, 1). */
export function draw(seed: number, a: number, b: number): number {
  return word(seed, a, b) / 2 ** 32;
}

function finalise(bits: number): number {
  let h = (bits + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
