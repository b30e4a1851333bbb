// SPDX-License-Identifier: MIT
import type { Ecef, EcefState } from "./frames.ts";
import { type Geodetic, geodeticToEcef } from "./geodetic.ts";

const DEG = Math.PI / 180;

/** Where a satellite stands in an observer's sky. Geometric: no refraction, no light time. */
export interface LookAngles {
  /** Above the plane tangent to the WGS-84 ellipsoid. */
  readonly elevationDeg: number;
  /** Clockwise from north, [0, 360). */
  readonly azimuthDeg: number;
  readonly rangeKm: number;
  /** Positive when going away; NaN where the satellite's velocity was not given. */
  readonly rangeRateKmS: number;
}

/** An observer's place and local axes (unit vectors, Earth-fixed), computed once for many looks. */
export interface ObserverFrame extends Ecef {
  readonly east: readonly [x: number, y: number, z: number];
  readonly north: readonly [x: number, y: number, z: number];
  /** Normal to the ellipsoid. */
  readonly up: readonly [x: number, y: number, z: number];
}

/** The local frame of an observer at rest on or above the ground (Vallado 2013, section 3.4.3, as east-north-up). */
export function observerFrame(observer: Geodetic): ObserverFrame {
  const sinLat = Math.sin(observer.latDeg * DEG);
  const cosLat = Math.cos(observer.latDeg * DEG);
  const sinLon = Math.sin(observer.lonDeg * DEG);
  const cosLon = Math.cos(observer.lonDeg * DEG);
  return {
    ...geodeticToEcef(observer),
    east: [-sinLon, cosLon, 0],
    north: [-sinLat * cosLon, -sinLat * sinLon, cosLat],
    up: [cosLat * cosLon, cosLat * sinLon, sinLat],
  };
}

/** {@link lookAngles} for an observer whose frame is known. */
export function lookAnglesFrom(frame: ObserverFrame, satellite: Ecef | EcefState): LookAngles {
  const dx = satellite.xKm - frame.xKm;
  const dy = satellite.yKm - frame.yKm;
  const dz = satellite.zKm - frame.zKm;
  const east = dx * frame.east[0] + dy * frame.east[1];
  const north = dx * frame.north[0] + dy * frame.north[1] + dz * frame.north[2];
  const up = dx * frame.up[0] + dy * frame.up[1] + dz * frame.up[2];
  const rangeKm = Math.hypot(east, north, up);
  const azimuthDeg = Math.atan2(east, north) / DEG;
  return {
    // atan2 stays accurate at the zenith, where asin(up / range) loses half its digits.
    elevationDeg: Math.atan2(up, Math.hypot(east, north)) / DEG,
    azimuthDeg: (azimuthDeg + 360) % 360,
    rangeKm,
    rangeRateKmS:
      "vxKmS" in satellite
        ? (dx * satellite.vxKmS + dy * satellite.vyKmS + dz * satellite.vzKmS) / rangeKm
        : Number.NaN,
  };
}

/** Elevation, azimuth, range and range rate of a satellite (ECEF) for an observer at rest (WGS-84 geodetic). */
export function lookAngles(observer: Geodetic, satellite: Ecef | EcefState): LookAngles {
  return lookAnglesFrom(observerFrame(observer), satellite);
}
