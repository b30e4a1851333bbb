// SPDX-License-Identifier: MIT

const NOBODY = -1;
const BUCKETS = 4096;

/** Entries by their gain, the greatest first, ties by the lower number. */
export interface GainQueue {
  /** Inserts an entry, by what `gain` says of it now: no more than that of the entry that came out last. */
  push(entry: number): void;
  /** Takes out the first; -1 when there is none left. */
  pop(): number;
}

/**
 * A queue in which most entries wait and few are ever compared: they lie in buckets of equal width, and a bucket is
 * sorted when its turn comes. A heap would do the same with a logarithm of comparisons for each.
 *
 * @param gain Of each entry; the caller may lower it while the entry is out.
 * @param most No gain is more.
 */
export function createGainQueue(gain: Float64Array, most: number): GainQueue {
  const head = new Int32Array(BUCKETS).fill(NOBODY);
  const ahead = new Int32Array(gain.length);
  const perGain = most > 0 ? (BUCKETS - 1) / most : 0;
  let bucket = 0;
  /** The bucket whose turn it is, sorted, the next to come out last. */
  const turn: number[] = [];

  /** Whether a comes out before b. */
  const before = (a: number, b: number): boolean => gain[a]! > gain[b]! || (gain[a] === gain[b] && a < b);

  function bucketOf(entry: number): number {
    return Math.min(BUCKETS - 1, Math.max(0, Math.floor((most - gain[entry]!) * perGain)));
  }

  function insert(entry: number): void {
    let k = turn.length;
    while (k > 0 && before(turn[k - 1]!, entry)) {
      turn[k] = turn[k - 1]!;
      k -= 1;
    }
    turn[k] = entry;
  }

  return {
    push(entry) {
      const b = bucketOf(entry);
      if (b < bucket) insert(entry);
      else {
        ahead[entry] = head[b]!;
        head[b] = entry;
      }
    },
    pop() {
      while (turn.length === 0) {
        if (bucket === BUCKETS) return NOBODY;
        for (let e = head[bucket]!; e !== NOBODY; e = ahead[e]!) insert(e);
        bucket += 1;
      }
      return turn.pop()!;
    },
  };
}
