// SPDX-License-Identifier: MIT
// World-atlas rings step over the antimeridian (Chukotka, Fiji) or run around a pole (Antarctica). A planar renderer
// turns such a step into a band across the whole map. The cut: unwrap the ring so that no step is longer than half a
// turn, then clip it to each 360° window and shift the pieces back (RFC 7946 §3.1.9 asks producers to do this).

/** `[longitude, latitude]` in degrees, east and north positive. */
export type LonLat = readonly [lonDeg: number, latDeg: number];

/** Adds whole turns so that consecutive points are never more than 180° of longitude apart. */
export function unwrap(points: readonly LonLat[]): LonLat[] {
  let turnDeg = 0;
  return points.map(([lonDeg, latDeg], i) => {
    const before = points[i - 1];
    if (before) {
      const stepDeg = lonDeg - before[0];
      if (stepDeg > 180) turnDeg -= 360;
      else if (stepDeg < -180) turnDeg += 360;
    }
    return [lonDeg + turnDeg, latDeg];
  });
}

/**
 * Cuts a closed ring (first point repeated at the end) at ±180°.
 * A ring that goes once around the Earth is closed over the pole on its own side.
 * @returns closed rings with every longitude in [-180, 180]; none when the ring has no area
 */
export function cutRing(ring: readonly LonLat[]): LonLat[][] {
  let open = unwrap(ring);
  const first = open[0];
  const last = open.at(-1);
  if (!first || !last || open.length < 4) return [];
  if (Math.abs(last[0] - first[0]) > 180) {
    const meanLatDeg = open.reduce((sum, p) => sum + p[1], 0) / open.length;
    const poleDeg = meanLatDeg < 0 ? -90 : 90;
    open = [...open, [last[0], poleDeg], [first[0], poleDeg]];
  } else {
    open = open.slice(0, -1);
  }
  const pieces: LonLat[][] = [];
  const [fromTurn, toTurn] = turnsOf(open);
  for (let turn = fromTurn; turn <= toTurn; turn++) {
    const shifted = open.map(([lon, lat]): LonLat => [lon - 360 * turn, lat]);
    const kept = clipAt(clipAt(shifted, -180, 1), 180, -1);
    if (kept.length >= 3 && Math.abs(areaOf(kept)) > 1e-12) pieces.push([...kept, kept[0] as LonLat]);
  }
  return pieces;
}

/** Cuts a line at ±180°; each piece ends and begins on the meridian itself. */
export function cutLine(line: readonly LonLat[]): LonLat[][] {
  const pieces: LonLat[][] = [];
  let piece: LonLat[] = [];
  const flat = unwrap(line);
  flat.forEach((point, i) => {
    const before = flat[i - 1];
    const turn = turnOf(point[0]);
    if (before && turnOf(before[0]) !== turn) {
      const beforeTurn = turnOf(before[0]);
      const edgeDeg = 360 * Math.max(turn, beforeTurn) - 180;
      const share = (edgeDeg - before[0]) / (point[0] - before[0]);
      const latDeg = before[1] + share * (point[1] - before[1]);
      piece.push([edgeDeg - 360 * beforeTurn, latDeg]);
      if (piece.length > 1) pieces.push(piece);
      piece = [[edgeDeg - 360 * turn, latDeg]];
    }
    piece.push([point[0] - 360 * turn, point[1]]);
  });
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}

/** Which 360° window holds the longitude; +180 itself belongs to the window on its west. */
function turnOf(lonDeg: number): number {
  return Math.ceil((lonDeg - 180) / 360);
}

function turnsOf(points: readonly LonLat[]): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const [lonDeg] of points) {
    least = Math.min(least, lonDeg);
    most = Math.max(most, lonDeg);
  }
  return [Math.floor((least + 180) / 360), turnOf(most)];
}

/** Sutherland–Hodgman against one meridian; `side` 1 keeps what is east of it, -1 what is west. */
function clipAt(points: readonly LonLat[], edgeDeg: number, side: 1 | -1): LonLat[] {
  const kept: LonLat[] = [];
  const inside = (p: LonLat) => (p[0] - edgeDeg) * side >= 0;
  points.forEach((here, i) => {
    const next = points[(i + 1) % points.length] as LonLat;
    if (inside(here)) kept.push(here);
    if (inside(here) !== inside(next)) {
      const share = (edgeDeg - here[0]) / (next[0] - here[0]);
      kept.push([edgeDeg, here[1] + share * (next[1] - here[1])]);
    }
  });
  return kept;
}

/** Signed area in square degrees (shoelace). */
function areaOf(points: readonly LonLat[]): number {
  let twice = 0;
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as LonLat;
    twice += a[0] * b[1] - b[0] * a[1];
  });
  return twice / 2;
}
