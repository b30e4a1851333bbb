// SPDX-License-Identifier: MIT
import { cellToLatLng, getPentagons } from "h3-js";

const RADIANS = Math.PI / 180;

/**
 * One face of the icosahedron that H3 lays its grid on, with the plane that touches the sphere at its centre. A point's
 * gnomonic position is where the ray through it meets that plane; great circles are straight lines there, and within
 * the face the centres of the cells of one resolution are a regular lattice.
 */
export interface Face {
  /** Unit vectors: the centre and the plane's axes, x towards a corner, y a quarter turn to its left from outside. */
  readonly centre: Vector;
  readonly axisX: Vector;
  readonly axisY: Vector;
}

export type Vector = readonly [x: number, y: number, z: number];

/** Distance in the plane from a face's centre to its sides: half the tangent of the angle from centre to corner. */
export const FACE_INRADIUS = (3 - Math.sqrt(5)) / 2;

/** Directions in the plane from the centre to the face's corners. */
const CORNERS = [0, 120, 240].map(deg => [Math.cos(deg * RADIANS), Math.sin(deg * RADIANS)] as const);

/** The twenty faces. The corners are the centres of H3's pentagons. */
export const FACES: readonly Face[] = facesOf(
  getPentagons(0).map(cell => {
    const [latDeg, lonDeg] = cellToLatLng(cell);
    return unitVector(latDeg, lonDeg);
  }),
);

/** The face whose plane a unit vector belongs to: that of the nearest centre. */
export function faceAt(point: Vector): Face {
  let best = FACES[0]!;
  let nearest = Number.NEGATIVE_INFINITY;
  for (const face of FACES) {
    const cosine = dot(point, face.centre);
    if (cosine > nearest) {
      nearest = cosine;
      best = face;
    }
  }
  return best;
}

/** Gnomonic position of a unit vector in the plane of a face. */
export function planePosition(face: Face, point: Vector): readonly [x: number, y: number] {
  const height = dot(point, face.centre);
  return [dot(point, face.axisX) / height, dot(point, face.axisY) / height];
}

/** Distance in the plane from a position to the nearest side of the face; negative outside. */
export function distanceToSide(x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [cornerX, cornerY] of CORNERS) least = Math.min(least, x * cornerX + y * cornerY);
  return least + FACE_INRADIUS;
}

export function unitVector(latDeg: number, lonDeg: number): Vector {
  const cosLat = Math.cos(latDeg * RADIANS);
  return [
    cosLat * Math.cos(lonDeg * RADIANS),
    cosLat * Math.sin(lonDeg * RADIANS),
    Math.sin(latDeg * RADIANS),
  ];
}

function facesOf(corners: readonly Vector[]): Face[] {
  // Neighbouring corners are 63.43° apart (cosine 1/√5), all others further.
  const near = (a: Vector, b: Vector): boolean => dot(a, b) > 0.4;
  const faces: Face[] = [];
  corners.forEach((a, i) => {
    corners.forEach((b, j) => {
      if (j <= i || !near(a, b)) return;
      corners.forEach((c, k) => {
        if (k > j && near(a, c) && near(b, c)) faces.push(faceOf(a, b, c));
      });
    });
  });
  return faces;
}

function faceOf(a: Vector, b: Vector, c: Vector): Face {
  const centre = normalised([a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2]]);
  const along = dot(a, centre);
  const axisX = normalised([a[0] - along * centre[0], a[1] - along * centre[1], a[2] - along * centre[2]]);
  const axisY: Vector = [
    centre[1] * axisX[2] - centre[2] * axisX[1],
    centre[2] * axisX[0] - centre[0] * axisX[2],
    centre[0] * axisX[1] - centre[1] * axisX[0],
  ];
  return { centre, axisX, axisY };
}

function normalised([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
