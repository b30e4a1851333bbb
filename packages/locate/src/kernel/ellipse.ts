// SPDX-License-Identifier: MIT

/** Variances and covariance of a place, km². */
export interface PlaceCovariance {
  readonly eastKm2: number;
  readonly northKm2: number;
  readonly eastNorthKm2: number;
}

/** An error ellipse: standard deviations along its axes, and which way the long one points. */
export interface Ellipse {
  readonly semiMajorKm: number;
  readonly semiMinorKm: number;
  /** Of the long axis, degrees clockwise from north, 0 up to 180. */
  readonly bearingDeg: number;
}

/** Eigenvalues and direction of a covariance (Hoover, NOAA TR NOS 107, 1984). */
export function ellipseOf({ eastKm2, northKm2, eastNorthKm2 }: PlaceCovariance): Ellipse {
  const mean = (eastKm2 + northKm2) / 2;
  const spread = Math.hypot((eastKm2 - northKm2) / 2, eastNorthKm2);
  const bearing = (Math.atan2(2 * eastNorthKm2, northKm2 - eastKm2) / 2) * (180 / Math.PI);
  const folded = (bearing + 180) % 180;
  return {
    semiMajorKm: Math.sqrt(Math.max(0, mean + spread)),
    semiMinorKm: Math.sqrt(Math.max(0, mean - spread)),
    bearingDeg: folded,
  };
}
