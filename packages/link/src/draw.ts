// SPDX-License-Identifier: MIT

/** What a draw decides. Draws for different purposes are independent though they share a seed. */
export const purpose = {
  grantPhase: 1,
  framePhase: 2,
  missedGrant: 3,
  lossUp: 4,
  lossDown: 5,
  pingUp: 6,
  pingDown: 7,
} as const;
export type Purpose = (typeof purpose)[keyof typeof purpose];

/** The finaliser of MurmurHash3 (A. Appleby, public domain): every input bit changes every output bit half of the time. */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}

/**
 * A uniform number in [0, 1) that depends on nothing but its arguments, so that any draw can be repeated, skipped or
 * made out of order. `counter` is a non-negative safe integer.
 */
export function draw(seed: number, what: Purpose, counter: number): number {
  const low = counter >>> 0;
  const high = Math.floor(counter / 2 ** 32);
  const h = mix(mix(mix(mix(seed) + Math.imul(what, 0x9e37_79b9)) ^ high) ^ low);
  return (h >>> 0) / 2 ** 32;
}
