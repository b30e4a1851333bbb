// SPDX-License-Identifier: MIT
// Counter-based randomness: a draw is a function of what it is for, not of how many were made before it. So two
// plans can be computed in any order, apart, or again, and agree.

/** 32-bit FNV-1a of a string's UTF-16 code units: names a terminal or a version in a draw. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Mixes four 32-bit words into one; each input bit flips each output bit with probability one half (the finaliser of
 * MurmurHash3, Appleby 2011, once per word).
 */
export function mix32(a: number, b: number, c: number, d: number): number {
  return finalise(finalise(finalise(finalise(a) ^ b) ^ c) ^ d) >>> 0;
}

/** {@link mix32} as a number in [0, 1). */
export function uniform(a: number, b: number, c: number, d: number): number {
  return mix32(a, b, c, d) / 2 ** 32;
}

function finalise(word: number): number {
  let h = (word + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
