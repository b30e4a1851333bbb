// SPDX-License-Identifier: MIT

/** A ring of longitude-latitude pairs in degrees, flat; the last point is not the first repeated. */
export type FlatRing = readonly number[];

/** The part of a quantised TopoJSON document that is read here. */
export interface Topology {
  readonly transform: {
    readonly scale: readonly [number, number];
    readonly translate: readonly [number, number];
  };
  /** Each arc: positions as differences to the one before, in quantised units. */
  readonly arcs: readonly (readonly (readonly [number, number])[])[];
}

/** One ring by its arcs: `i` is arc i forwards, `~i` arc i backwards. */
export type RingArcs = readonly number[];

/**
 * Unfolds one ring of a topology (The TopoJSON Format Specification 1.0, §2.1.4 "Arc Indexes" and
 * §2.1.2 "Transforms"). Where two arcs meet, their common point is written once.
 */
export function ringOf(topology: Topology, ring: RingArcs): FlatRing {
  const { scale, translate } = topology.transform;
  const points: number[] = [];
  for (const reference of ring) {
    const arc = topology.arcs[reference < 0 ? ~reference : reference]!;
    const absolute: number[] = [];
    let x = 0;
    let y = 0;
    for (const [dx, dy] of arc) {
      x += dx;
      y += dy;
      absolute.push(x * scale[0] + translate[0], y * scale[1] + translate[1]);
    }
    // The arc's last point is the next arc's first; the ring's last point is its first.
    const count = arc.length;
    for (let i = 0; i < count - 1; i++) {
      const at = 2 * (reference < 0 ? count - 1 - i : i);
      points.push(absolute[at]!, absolute[at + 1]!);
    }
  }
  return points;
}
