// SPDX-License-Identifier: MIT
import type { RecordRow } from "../../data/records.ts";

/** An area that the operator drew, as its list has it. */
export interface OperatorAreaRow extends RecordRow {
  readonly title: string;
  /** Longitude, latitude; closed. */
  readonly rings: readonly (readonly (readonly [number, number])[])[];
  readonly mapErrorKm: number;
  readonly driftKmPerDay: number;
  readonly asOfMs: number;
  readonly validFromMs: number;
  readonly validToMs: number | null;
  readonly asserter: string;
  readonly source: string;
  readonly drawingOf?: string;
}

/** The middle of the first ring's corners; `null` for none. Good enough to look at it. */
export function ringMiddle(rings: OperatorAreaRow["rings"]): { latDeg: number; lonDeg: number } | null {
  const corners = rings[0]?.slice(1) ?? [];
  if (corners.length === 0) return null;
  const sum = (axis: 0 | 1): number => corners.reduce((total, corner) => total + corner[axis], 0);
  return { lonDeg: sum(0) / corners.length, latDeg: sum(1) / corners.length };
}
