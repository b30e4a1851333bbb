// SPDX-License-Identifier: MIT
import { cellArea, cellToLatLng, UNITS } from "h3-js";
import { CELL_RESOLUTION } from "./cell.ts";
import { BASE_CELLS, nameOfOrdinal, PATHS } from "./cell-ordinal.ts";
import {
  distanceToSide,
  FACE_INRADIUS,
  type Face,
  faceAt,
  planePosition,
  unitVector,
  type Vector,
} from "./icosahedron.ts";

/** Radius of the sphere of the same area as the WGS 84 ellipsoid (NIMA TR8350.2, table 3.3), as h3-js measures cells. */
export const AUTHALIC_RADIUS_KM = 6371.0071809;

/**
 * Distance between neighbouring cell centres of resolution 5 in the plane of a face: that of resolution 0 is the
 * face's inradius (h3geo.org, "Overview of the H3 Geospatial Indexing System"), and each resolution is finer by √7.
 */
const SPACING = FACE_INRADIUS * 7 ** (-CELL_RESOLUTION / 2);
/** From a cell's centre to its corners, in the plane. */
const CIRCUMRADIUS = SPACING / Math.sqrt(3);
const HEXAGON_AREA = (SPACING * SPACING * Math.sqrt(3)) / 2;
/**
 * Odd resolutions are turned against even ones by this angle, the argument of 5 + i√3: one step of a lattice as steps of
 * the next finer one.
 */
const TURN = Math.atan2(Math.sqrt(3), 5);
/** Where a child lies, seen from its parent, in sixths of a turn; by digit. Digit 0 is the middle. */
const SIXTHS = [0, 4, 2, 3, 0, 5, 1];

const DEGREES = 180 / Math.PI;

/** Where the cells below a parent lie relative to its centre: x, y by path, in spacings of resolution 5, unturned. */
interface Template {
  readonly offsets: Float64Array;
  /** Distance from the parent's centre within which all those cells lie whole. */
  readonly reach: number;
}

/** By the parent's resolution, 0 to 4. */
const TEMPLATES: readonly Template[] = [0, 1, 2, 3, 4].map(templateBelow);

/**
 * No point of a cell below a parent of this resolution (or of the cell itself) is further from its centre, km. The
 * gnomonic plane only stretches, so a distance in it bounds the one on the sphere.
 */
export function reachKm(resolution: number): number {
  const reach = resolution === CELL_RESOLUTION ? CIRCUMRADIUS : TEMPLATES[resolution]!.reach * SPACING;
  return reach * AUTHALIC_RADIUS_KM;
}

export interface CellGeometry {
  readonly latDeg: Float64Array<ArrayBuffer>;
  readonly lonDeg: Float64Array<ArrayBuffer>;
  readonly areaKm2: Float64Array<ArrayBuffer>;
}

/**
 * Centres and areas of cells given by ascending ordinals: those of h3-js to 1e-9 degrees and 1e-7 of the area, at a
 * twentieth of the time.
 *
 * Walks down from the base cells. Below a parent that lies whole in one face of the icosahedron, cells are a lattice in
 * that face's plane: two calls of h3-js place it. What crosses a side goes to h3-js cell by cell. A cell's numbers
 * depend on nothing but the cell.
 *
 * A patch dA of the plane, at distance ρ from where it touches the unit sphere, has the area dA (1 + ρ²)^(-3/2) on the
 * sphere. Over a small hexagon of side a the mean of a function f is f + 5/48 a² ∇²f at its centre, up to a⁴.
 */
export function cellGeometry(ordinals: Int32Array): CellGeometry {
  const geometry: CellGeometry = {
    latDeg: new Float64Array(ordinals.length),
    lonDeg: new Float64Array(ordinals.length),
    areaKm2: new Float64Array(ordinals.length),
  };
  let from = 0;
  for (let base = 0; base < BASE_CELLS && from < ordinals.length; base++) {
    from = fillBelow(geometry, ordinals, from, base * PATHS, 0);
  }
  return geometry;
}

/** Fills the rows below one parent, the first of which is `from`; gives the first row after them. */
function fillBelow(
  geometry: CellGeometry,
  ordinals: Int32Array,
  from: number,
  first: number,
  resolution: number,
): number {
  const span = 7 ** (CELL_RESOLUTION - resolution);
  if (from >= ordinals.length || ordinals[from]! >= first + span) return from;
  if (resolution === CELL_RESOLUTION) {
    fillOne(geometry, first, from);
    return from + 1;
  }
  const lattice = latticeBelow(first, resolution);
  if (lattice) return fillLattice(geometry, ordinals, from, first, lattice);
  let row = from;
  for (let child = 0; child < 7; child++) {
    row = fillBelow(geometry, ordinals, row, first + (child * span) / 7, resolution + 1);
  }
  return row;
}

/** The lattice below a parent: origin in the face's plane, and one spacing of the template as a complex number. */
interface Lattice {
  readonly face: Face;
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly template: Template;
}

function latticeBelow(first: number, resolution: number): Lattice | null {
  const template = TEMPLATES[resolution]!;
  const point = centreVector(first, resolution);
  const face = faceAt(point);
  const [x, y] = planePosition(face, point);
  if (distanceToSide(x, y) < template.reach * SPACING) return null;
  // The child of digit 4 lies on the first axis; which way that points differs from base cell to base cell.
  const path = 4 * 7 ** (CELL_RESOLUTION - resolution - 1);
  const [childX, childY] = planePosition(face, centreVector(first + path, resolution + 1));
  const offsetX = template.offsets[2 * path]!;
  const offsetY = template.offsets[2 * path + 1]!;
  const square = offsetX * offsetX + offsetY * offsetY;
  return {
    face,
    x,
    y,
    stepX: ((childX - x) * offsetX + (childY - y) * offsetY) / square,
    stepY: ((childY - y) * offsetX - (childX - x) * offsetY) / square,
    template,
  };
}

function fillLattice(
  { latDeg, lonDeg, areaKm2 }: CellGeometry,
  ordinals: Int32Array,
  from: number,
  first: number,
  { face, x: originX, y: originY, stepX, stepY, template: { offsets } }: Lattice,
): number {
  const [nx, ny, nz] = face.centre;
  const [ux, uy, uz] = face.axisX;
  const [vx, vy, vz] = face.axisY;
  const end = first + offsets.length / 2;
  let row = from;
  for (; row < ordinals.length; row++) {
    const ordinal = ordinals[row]!;
    if (ordinal >= end) break;
    const offsetX = offsets[2 * (ordinal - first)]!;
    const offsetY = offsets[2 * (ordinal - first) + 1]!;
    const x = originX + stepX * offsetX - stepY * offsetY;
    const y = originY + stepX * offsetY + stepY * offsetX;
    const px = nx + x * ux + y * vx;
    const py = ny + x * uy + y * vy;
    const pz = nz + x * uz + y * vz;
    latDeg[row] = Math.atan2(pz, Math.sqrt(px * px + py * py)) * DEGREES;
    lonDeg[row] = Math.atan2(py, px) * DEGREES;
    areaKm2[row] = hexagonKm2(x * x + y * y);
  }
  return row;
}

function fillOne(geometry: CellGeometry, ordinal: number, row: number): void {
  const name = nameOfOrdinal(ordinal);
  const [latDeg, lonDeg] = cellToLatLng(name);
  geometry.latDeg[row] = latDeg;
  geometry.lonDeg[row] = lonDeg;
  const point = unitVector(latDeg, lonDeg);
  const [x, y] = planePosition(faceAt(point), point);
  // A cell over a side is bent, a pentagon lies over five.
  const isFlat = distanceToSide(x, y) > CIRCUMRADIUS;
  geometry.areaKm2[row] = isFlat ? hexagonKm2(x * x + y * y) : cellArea(name, UNITS.km2);
}

/** Area on the sphere of a cell that lies whole in a face, by the squared distance of its centre from the face's. */
function hexagonKm2(rho2: number): number {
  const inverse = 1 / (1 + rho2);
  const density = inverse * Math.sqrt(inverse);
  const laplacian = density * inverse * (15 * rho2 * inverse - 6);
  const mean = density + (5 / 48) * CIRCUMRADIUS * CIRCUMRADIUS * laplacian;
  return HEXAGON_AREA * mean * AUTHALIC_RADIUS_KM * AUTHALIC_RADIUS_KM;
}

function centreVector(ordinal: number, resolution: number): Vector {
  const [latDeg, lonDeg] = cellToLatLng(nameOfOrdinal(ordinal, resolution));
  return unitVector(latDeg, lonDeg);
}

function templateBelow(resolution: number): Template {
  const paths = 7 ** (CELL_RESOLUTION - resolution);
  const offsets = new Float64Array(2 * paths);
  let furthest = 0;
  for (let path = 0; path < paths; path++) {
    let x = 0;
    let y = 0;
    let rest = path;
    for (let level = CELL_RESOLUTION; level > resolution; level--) {
      const digit = rest % 7;
      rest = (rest - digit) / 7;
      if (digit === 0) continue;
      const angle = (SIXTHS[digit]! * Math.PI) / 3 + (level % 2 === 1 ? TURN : 0);
      const length = 7 ** ((CELL_RESOLUTION - level) / 2);
      x += length * Math.cos(angle);
      y += length * Math.sin(angle);
    }
    offsets[2 * path] = x;
    offsets[2 * path + 1] = y;
    furthest = Math.max(furthest, Math.hypot(x, y));
  }
  return { offsets, reach: furthest + 1 / Math.sqrt(3) };
}
