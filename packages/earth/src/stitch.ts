// SPDX-License-Identifier: MIT

/** A straight piece of line, longitude first. */
export interface Segment {
  readonly lon1: number;
  readonly lat1: number;
  readonly lon2: number;
  readonly lat2: number;
}

type LonLat = readonly [lonDeg: number, latDeg: number];

/**
 * Joins segments that share an end into lines, each segment used once. Lines break where three or
 * more segments meet; what closes becomes a ring whose last point is its first.
 */
export function stitch(segments: readonly Segment[]): LonLat[][] {
  const atPoint = new Map<string, number[]>();
  segments.forEach((segment, i) => {
    for (const key of endsOf(segment)) {
      const here = atPoint.get(key);
      if (here) here.push(i);
      else atPoint.set(key, [i]);
    }
  });
  const used = new Uint8Array(segments.length);
  const lines: LonLat[][] = [];
  const isEnd = (key: string) => atPoint.get(key)!.length !== 2;

  const walk = (first: number, from: string): void => {
    const line: LonLat[] = [pointAt(segments[first]!, from)];
    let index = first;
    let key = from;
    for (;;) {
      used[index] = 1;
      const [start, end] = endsOf(segments[index]!);
      key = key === start ? end : start;
      line.push(pointAt(segments[index]!, key));
      const next = isEnd(key) ? undefined : atPoint.get(key)!.find(i => used[i] === 0);
      if (next === undefined) break;
      index = next;
    }
    lines.push(line);
  };

  // Lines with ends first; what is left after them are rings, which may begin anywhere.
  for (const [key, here] of atPoint) {
    if (isEnd(key)) for (const i of here) if (used[i] === 0) walk(i, key);
  }
  segments.forEach((segment, i) => {
    if (used[i] === 0) walk(i, endsOf(segment)[0]);
  });
  return lines;
}

function endsOf({ lon1, lat1, lon2, lat2 }: Segment): [string, string] {
  return [`${lon1} ${lat1}`, `${lon2} ${lat2}`];
}

function pointAt(segment: Segment, key: string): LonLat {
  return endsOf(segment)[0] === key ? [segment.lon1, segment.lat1] : [segment.lon2, segment.lat2];
}
