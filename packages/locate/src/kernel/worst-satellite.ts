// SPDX-License-Identifier: MIT
import { lookAnglesFrom, observerFrame } from "@perigee/orbit";
import { chiSquareTail } from "./chi-square.ts";
import type { Rows } from "./rows.ts";

/** A place and how far it may be off; the slack is what every range may be off by. */
export interface HeldPlace {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly heightKm: number;
  readonly placeErrorKm: number;
  readonly heightErrorKm: number;
  readonly slackKm: number;
}

/**
 * How often an honest terminal at a place would see any satellite's mean range disagree as much as the worst does (a normal
 * error per satellite, Bonferroni's bound over them). A terminal that delays answers fits all satellites but those
 * it would have to be nearer to, often one: that one's error is not diluted here by all that fit.
 */
export function worstSatelliteTail(rows: Rows, place: HeldPlace): number {
  const frame = observerFrame({ latDeg: place.latDeg, lonDeg: place.lonDeg, altitudeKm: place.heightKm });
  const { motionEastKmS, motionNorthKmS } = rows;
  let least = 1;
  let row = 0;
  for (let group = 0; row < rows.ranges; group++) {
    const end = rows.groupEnd[group]!;
    let weightSum = 0;
    let residualSum = 0;
    let levelSum = 0;
    let upSum = 0;
    for (; row < end; row++) {
      const t = rows.dtS[row]!;
      const { rangeKm, azimuthDeg, elevationDeg } = lookAnglesFrom(frame, {
        xKm: rows.xKm[row]!,
        yKm: rows.yKm[row]!,
        zKm: rows.zKm[row]!,
      });
      const level = Math.cos((elevationDeg * Math.PI) / 180);
      const azimuth = (azimuthDeg * Math.PI) / 180;
      const gone = t * level * (motionEastKmS * Math.sin(azimuth) + motionNorthKmS * Math.cos(azimuth));
      const weight = rows.weight[row]!;
      weightSum += weight;
      residualSum += weight * (rows.value[row]! - rangeKm + gone);
      levelSum += weight * level;
      upSum += weight * Math.sin((elevationDeg * Math.PI) / 180);
    }
    const beyondKm = Math.max(0, Math.abs(residualSum / weightSum) - place.slackKm);
    const variance =
      rows.groupVariance[group]! +
      1 / weightSum +
      (place.placeErrorKm * (levelSum / weightSum)) ** 2 +
      (place.heightErrorKm * (upSum / weightSum)) ** 2;
    least = Math.min(least, chiSquareTail((beyondKm * beyondKm) / variance, 1) * rows.groups);
  }
  return Math.min(1, least);
}
