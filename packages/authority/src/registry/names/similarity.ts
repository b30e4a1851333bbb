// SPDX-License-Identifier: MIT

/** Buffers for {@link jaroWinkler}: names are short, and it runs hundreds of thousands of times. */
const taken = new Uint8Array(64);

/**
 * Jaro–Winkler similarity of two words of at most 64 letters, 0 to 1 (M. A. Jaro 1989; W. E. Winkler 1990, with the common
 * prefix of at most four letters weighing 0.1 each). Longer words are compared by their first 64 letters.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const m = Math.min(a.length, 64);
  const n = Math.min(b.length, 64);
  if (m === 0 || n === 0) return 0;
  const reach = Math.max(0, (Math.max(m, n) >> 1) - 1);
  taken.fill(0, 0, n);
  let matches = 0;
  // Which letters of a found one of b, as bits of two halves: no second buffer and no allocation.
  let lowMatched = 0;
  let highMatched = 0;
  for (let i = 0; i < m; i++) {
    const letter = a.charCodeAt(i);
    const to = Math.min(n, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < to; j++) {
      if (taken[j]! === 0 && b.charCodeAt(j) === letter) {
        taken[j] = 1;
        matches++;
        if (i < 32) lowMatched |= 1 << i;
        else highMatched |= 1 << (i - 32);
        break;
      }
    }
  }
  if (matches === 0) return 0;
  let swapped = 0;
  let j = 0;
  for (let i = 0; i < m; i++) {
    const matched = i < 32 ? (lowMatched >>> i) & 1 : (highMatched >>> (i - 32)) & 1;
    if (matched === 0) continue;
    while (taken[j]! === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swapped++;
    j++;
  }
  const jaro = (matches / m + matches / n + (matches - swapped / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < m && prefix < n && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to make one word of the other (optimal string alignment:
 * F. J. Damerau 1964, no part edited twice).
 *
 * @param most more than this is not counted out: the answer is then `most + 1`
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    // A swap may reach two rows back, so both must be beyond it.
    if (least > most && Math.min(...last) > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length]!, most + 1);
}
