// SPDX-License-Identifier: MIT
import {
  type GeoPermissibleObjects,
  type GeoProjection,
  geoEqualEarth,
  geoEquirectangular,
  geoOrthographic,
  geoPath,
} from "d3-geo";
import type { Box } from "../figure/layout.ts";
import type { MapOptions } from "./map.ts";

/** How far a drawn great circle may run beside the true one. */
const PRECISION_PX = 0.25;
const SPHERE: GeoPermissibleObjects = { type: "Sphere" };

/** A projection that fills a box, and how high it is for its width. */
export interface FittedProjection {
  readonly projection: GeoProjection;
  /** Pixels per kilometre where the scale is true. */
  readonly pxPerKm: number;
  /** Box that the map fills. */
  readonly box: Box;
}

/** Height over width of the whole map or of its extent. */
export function aspectOf(options: MapOptions): number {
  const [[left, top], [right, bottom]] = geoPath(projectionOf(options)).bounds(shown(options));
  return (bottom - top) / (right - left);
}

/**
 * The projection of a map, as large as fits, in the middle of the box.
 *
 * @throws RangeError when the extent is empty or not within the Earth's degrees.
 */
export function fitted(options: MapOptions, box: Box): FittedProjection {
  const inner: [[number, number], [number, number]] = [
    [box.left, box.top],
    [box.right, box.bottom],
  ];
  const projection = projectionOf(options).fitExtent(inner, shown(options));
  const [[left, top], [right, bottom]] = geoPath(projection).bounds(shown(options));
  const filled = { left, top, right, bottom };
  if (options.extent !== undefined) {
    projection.clipExtent([
      [left, top],
      [right, bottom],
    ]);
  }
  return { projection, pxPerKm: projection.scale() / 6371, box: filled };
}

function projectionOf({ projection = "equalEarth", centre, extent }: MapOptions): GeoProjection {
  const middle = extent === undefined ? undefined : middleOf(extent);
  const lon = centre?.lonDeg ?? middle?.lonDeg ?? 0;
  if (projection === "orthographic") {
    const lat = centre?.latDeg ?? middle?.latDeg ?? 0;
    return geoOrthographic().rotate([-lon, -lat]).precision(PRECISION_PX);
  }
  const made = projection === "equirectangular" ? geoEquirectangular() : geoEqualEarth();
  return made.rotate([-lon, 0]).precision(PRECISION_PX);
}

function middleOf(extent: NonNullable<MapOptions["extent"]>): { latDeg: number; lonDeg: number } {
  const { southDeg, northDeg, westDeg, eastDeg } = extent;
  const span = (((eastDeg - westDeg) % 360) + 360) % 360 || 360;
  if (!(southDeg >= -90 && northDeg <= 90 && southDeg < northDeg && Number.isFinite(span))) {
    throw new RangeError("A map's extent must go from a southern to a northern latitude, degrees.");
  }
  return { latDeg: (southDeg + northDeg) / 2, lonDeg: westDeg + span / 2 };
}

/** What the map must show: the sphere, or points all along the extent's edges. */
function shown({ extent }: MapOptions): GeoPermissibleObjects {
  if (extent === undefined) return SPHERE;
  const { southDeg, northDeg, westDeg, eastDeg } = extent;
  const span = (((eastDeg - westDeg) % 360) + 360) % 360 || 360;
  const coordinates: [number, number][] = [];
  for (let i = 0; i <= 40; i++) {
    const lon = westDeg + (span * i) / 40;
    const lat = southDeg + ((northDeg - southDeg) * i) / 40;
    coordinates.push([lon, southDeg], [lon, northDeg], [westDeg, lat], [westDeg + span, lat]);
  }
  return { type: "MultiPoint", coordinates };
}
