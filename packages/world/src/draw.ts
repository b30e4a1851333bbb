// SPDX-License-Identifier: MIT
// Counter-based randomness: a draw is a function of what it is for, so the truth of any moment can be asked for first.

/** 32-bit FNV-1a of the UTF-16 code units of names, one after the other: whose draws they are. */
export function seedOf(...names: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const name of names) {
    const text = `${name}\n`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [0, 1) for three indices under a seed: the finaliser of MurmurHash3 (Appleby 2011) once per word. */
export function draw(seed: number, a: number, b: number, c: number): number {
  return (finalise(finalise(finalise(finalise(seed) ^ a) ^ b) ^ c) >>> 0) / 2 ** 32;
}

function finalise(word: number): number {
  let h = (word + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
