// SPDX-License-Identifier: MIT
// MapLibre hands a custom layer two matrices and a blend between them. The overlay's shader (shader-chunks.ts) and the
// picking on the CPU project with the same formula, so what one sees is what one clicks.

/** Column-major 4×4, as WebGL takes it. */
export type Matrix = Float32Array | Float64Array | readonly number[];

/** What the overlay needs of the map's camera. */
export interface Camera {
  /** Unit sphere to clip space on the globe; Mercator square to clip space on the flat map. */
  readonly main: Matrix;
  /** Mercator square to clip space. */
  readonly flat: Matrix;
  /** 1 globe, 0 flat; between while the globe unrolls at high zoom. */
  readonly globe: number;
  /** The eye in units of the Earth's radius, in the sphere's axes; only meaningful when `globe` > 0. */
  readonly eye: readonly [number, number, number];
}

/** Mean radius with which MapLibre scales heights above its globe (its `GLOBE_RADIUS`). */
export const GLOBE_RADIUS_KM = 6371.0088;

/** A place on MapLibre's sphere: x to 90° E, y to the north pole, z to 0° E. */
export function toSphere(latDeg: number, lonDeg: number, altitudeKm: number): [number, number, number] {
  const lat = (latDeg * Math.PI) / 180;
  const lon = (lonDeg * Math.PI) / 180;
  const r = 1 + altitudeKm / GLOBE_RADIUS_KM;
  return [r * Math.cos(lat) * Math.sin(lon), r * Math.sin(lat), r * Math.cos(lat) * Math.cos(lon)];
}

/** The place in the unit Mercator square, x east from the antimeridian, y south. */
export function toMercator(latDeg: number, lonDeg: number): [number, number] {
  const lat = (Math.max(-89.9, Math.min(89.9, latDeg)) * Math.PI) / 180;
  return [lonDeg / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + lat / 2)) / (2 * Math.PI)];
}

/**
 * Where a place lies on the screen, in -1…1 with y up, or `null` when it is behind the Earth or the camera. The flat
 * map has no altitude: a satellite stands above its sub-satellite point.
 */
export function project(
  camera: Camera,
  latDeg: number,
  lonDeg: number,
  altitudeKm: number,
): readonly [number, number] | null {
  const ball = toSphere(latDeg, lonDeg, altitudeKm);
  if (camera.globe > 0.5 && hidden(camera.eye, ball)) return null;
  const [mx, my] = toMercator(latDeg, lonDeg);
  const onGlobe = transform(camera.main, ...ball);
  const onFlat = transform(camera.flat, mx, my, 0);
  const mix = (i: 0 | 1 | 2) => onFlat[i] + (onGlobe[i] - onFlat[i]) * camera.globe;
  const w = mix(2);
  if (!(w > 0)) return null;
  return [mix(0) / w, mix(1) / w];
}

/** Whether the unit sphere stands between the eye and a point outside it. */
export function hidden(
  eye: readonly [number, number, number],
  point: readonly [number, number, number],
): boolean {
  const d = [point[0] - eye[0], point[1] - eye[1], point[2] - eye[2]] as const;
  const a = d[0] ** 2 + d[1] ** 2 + d[2] ** 2;
  const b = eye[0] * d[0] + eye[1] * d[1] + eye[2] * d[2];
  const c = eye[0] ** 2 + eye[1] ** 2 + eye[2] ** 2 - 1;
  const discriminant = b * b - a * c;
  if (discriminant <= 0) return false;
  const nearest = (-b - Math.sqrt(discriminant)) / a;
  return nearest > 0 && nearest < 0.9995;
}

/**
 * The eye of a perspective matrix: the one point that it sends to (0, 0, z, 0). Solved from the rows for x, y and w by
 * Cramer's rule, so that neither pitch nor bearing needs a special case.
 */
export function eyeOf(m: Matrix): [number, number, number] {
  const row = (i: number) => [at(m, i), at(m, 4 + i), at(m, 8 + i), at(m, 12 + i)] as const;
  const [x, y, w] = [row(0), row(1), row(3)];
  const det = (i: number, j: number, k: number) =>
    pick(x, i) * (pick(y, j) * pick(w, k) - pick(y, k) * pick(w, j)) -
    pick(x, j) * (pick(y, i) * pick(w, k) - pick(y, k) * pick(w, i)) +
    pick(x, k) * (pick(y, i) * pick(w, j) - pick(y, j) * pick(w, i));
  const d = det(0, 1, 2);
  return [-det(3, 1, 2) / d, -det(0, 3, 2) / d, -det(0, 1, 3) / d];
}

function transform(m: Matrix, x: number, y: number, z: number): [x: number, y: number, w: number] {
  const out = (i: number) => at(m, i) * x + at(m, 4 + i) * y + at(m, 8 + i) * z + at(m, 12 + i);
  return [out(0), out(1), out(3)];
}

function at(m: Matrix, i: number): number {
  return m[i] ?? 0;
}

function pick(row: readonly number[], i: number): number {
  return row[i] ?? 0;
}
