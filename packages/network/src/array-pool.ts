// SPDX-License-Identifier: MIT

type Pooled = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/**
 * Arrays for results that are large and short-lived. A slot of 10,000 satellites fills some megabytes that nobody reads
 * after the slot: fresh ones every time would cost more in clearing and collecting than the work itself.
 */
export interface ArrayPool {
  /** An array of that length; what it holds is not defined. */
  float64(length: number): Float64Array<ArrayBuffer>;
  int32(length: number): Int32Array<ArrayBuffer>;
  uint8(length: number): Uint8Array<ArrayBuffer>;
  /** Takes arrays that nobody reads any more, to lend them again. One that it has already is passed over. */
  giveBack(arrays: Iterable<Float64Array | Int32Array | Uint8Array>): void;
}

/** Arrays kept of one kind and length, at most: what is given back beyond that is left to the collector. */
const MOST_KEPT = 256;

export function createArrayPool(): ArrayPool {
  const float64 = createShelf(Float64Array);
  const int32 = createShelf(Int32Array);
  const uint8 = createShelf(Uint8Array);
  return {
    float64: float64.take,
    int32: int32.take,
    uint8: uint8.take,
    giveBack(arrays) {
      for (const array of arrays) {
        if (array instanceof Float64Array) float64.put(array as Float64Array<ArrayBuffer>);
        else if (array instanceof Int32Array) int32.put(array as Int32Array<ArrayBuffer>);
        else uint8.put(array as Uint8Array<ArrayBuffer>);
      }
    },
  };
}

/** For who keeps what is made: every array is a new one. */
export const freshArrays: ArrayPool = {
  float64: length => new Float64Array(length),
  int32: length => new Int32Array(length),
  uint8: length => new Uint8Array(length),
  giveBack: () => undefined,
};

function createShelf<T extends Pooled>(kind: new (length: number) => T) {
  const kept = new Map<number, T[]>();
  return {
    take: (length: number): T => kept.get(length)?.pop() ?? new kind(length),
    put(array: T): void {
      // A part of a larger buffer would come back as something else.
      if (array.byteLength !== array.buffer.byteLength) return;
      const same = kept.get(array.length);
      if (same === undefined) kept.set(array.length, [array]);
      else if (same.length < MOST_KEPT && !same.includes(array)) same.push(array);
    },
  };
}
