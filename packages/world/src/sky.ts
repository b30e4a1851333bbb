// SPDX-License-Identifier: MIT
import { draw } from "./draw.ts";

/** Something that stands up across the line of sight, its face square to its bearing. */
export interface StandingObstacle {
  readonly kind: "building" | "trees" | "mast";
  /** Direction of its middle, degrees clockwise from true north. */
  readonly bearingDeg: number;
  readonly distanceM: number;
  readonly widthM: number;
  /** Above the terminal. For trees, of a tree of middling height. */
  readonly heightM: number;
}

/** Hills far off: everything below an elevation, over an arc of azimuth that runs clockwise. */
export interface Ridge {
  readonly kind: "ridge";
  readonly fromDeg: number;
  readonly untilDeg: number;
  readonly topDeg: number;
}

/** What takes a part of the sky from a terminal. */
export type Obstacle = StandingObstacle | Ridge;

/** Lowest elevation that is free, degrees, in a direction given in degrees clockwise from true north. */
export type SkyMask = (azimuthDeg: number) => number;

const RADIANS = Math.PI / 180;
/** Trees of a row stand as far apart as this part of their height. */
const TREE_SPACING = 0.5;

/**
 * The horizon that obstacles make. Of a wall at distance d with its top h above the terminal one sees, at the angle a from
 * its bearing, the elevation atan(h cos a / d), as far to the sides as tan |a| ≤ width / 2d. A row of trees is a row of
 * domes of drawn place, height and width on such a wall, with sky between them.
 *
 * @param seed - 32 bits, of the trees' shapes.
 * @returns `null` where nothing stands: an open sky.
 */
export function skyMask(obstacles: readonly Obstacle[], seed: number): SkyMask | null {
  if (obstacles.length === 0) return null;
  const tops = obstacles.map((obstacle, i) => topOf(obstacle, seed, i));
  return azimuthDeg => {
    let highest = 0;
    for (const top of tops) {
      const elevationDeg = top(azimuthDeg);
      if (elevationDeg > highest) highest = elevationDeg;
    }
    return highest;
  };
}

function topOf(obstacle: Obstacle, seed: number, number: number): SkyMask {
  if (obstacle.kind === "ridge") {
    const { fromDeg, untilDeg, topDeg } = obstacle;
    // A ridge from 0 to 360 goes all the way round.
    const arcDeg = untilDeg - fromDeg >= 360 ? 360 : turn(untilDeg - fromDeg);
    return azimuthDeg => (turn(azimuthDeg - fromDeg) <= arcDeg ? topDeg : 0);
  }
  const { bearingDeg, distanceM, widthM } = obstacle;
  const heightAt = obstacle.kind === "trees" ? treeTops(obstacle, seed, number) : () => obstacle.heightM;
  return azimuthDeg => {
    const angle = (turn(azimuthDeg - bearingDeg + 180) - 180) * RADIANS;
    const cosine = Math.cos(angle);
    if (cosine <= 0) return 0;
    const sidewaysM = distanceM * Math.tan(angle);
    if (Math.abs(sidewaysM) > widthM / 2) return 0;
    return Math.atan((heightAt(sidewaysM) * cosine) / distanceM) / RADIANS;
  };
}

/** The outline of a row of trees: height over the distance from its middle. */
function treeTops(
  { widthM, heightM }: StandingObstacle,
  seed: number,
  number: number,
): (x: number) => number {
  const count = Math.max(1, Math.round(widthM / (TREE_SPACING * heightM)));
  const spacingM = widthM / count;
  return x => {
    const nearest = Math.floor((x + widthM / 2) / spacingM);
    let highest = 0;
    // A crown is at most 0.7 spacings wide to a side, and stands at most 0.2 from its place.
    for (let tree = Math.max(0, nearest - 1); tree <= Math.min(count - 1, nearest + 1); tree++) {
      const middle = (tree + 0.3 + 0.4 * draw(seed, number, tree, 0)) * spacingM - widthM / 2;
      const top = heightM * (0.75 + 0.5 * draw(seed, number, tree, 1));
      const halfWidth = spacingM * (0.3 + 0.4 * draw(seed, number, tree, 2));
      const aside = (x - middle) / halfWidth;
      if (Math.abs(aside) < 1) highest = Math.max(highest, top * (0.4 + 0.6 * Math.sqrt(1 - aside * aside)));
    }
    return highest;
  };
}

/** Degrees from 0 up to 360. */
function turn(deg: number): number {
  return ((deg % 360) + 360) % 360;
}
