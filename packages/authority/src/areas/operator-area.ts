// SPDX-License-Identifier: MIT

/** A closed line of WGS84 [longitude, latitude] pairs in degrees, the first repeated at the end. */
export type Ring = readonly (readonly [lonDeg: number, latDeg: number])[];

/**
 * An area that the operator draws itself: a part of a territory, or across several, down to a part of a cell. Policy
 * speaks of it by its id as it speaks of territories.
 */
export interface OperatorArea {
  readonly id: string;
  readonly title: string;
  /** Outer rings, WGS84 [longitude, latitude] degrees, closed, not crossing themselves; several for several pieces. */
  readonly rings: readonly Ring[];
  /** How far the drawn line may be from the true one, km; widens guard bands. */
  readonly mapErrorKm: number;
  /** How fast the true line may move since the polygon was drawn, km per day; 0 where it stands still. */
  readonly driftKmPerDay: number;
  /** When it was drawn after the facts; UTC ms. */
  readonly asOfMs: number;
  readonly validFromMs: number;
  readonly validToMs: number | null;
  readonly asserter: string;
  readonly source: string;
  /** The area of which this is an earlier drawing, under an id of its own: yesterday is judged by yesterday's line. */
  readonly drawingOf?: string;
}
