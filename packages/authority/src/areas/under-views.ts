// SPDX-License-Identifier: MIT
import { type BoundaryView, cellAt, type Place, type Position, placeOf } from "@perigee/earth";
import type { AdmissionInput } from "../admission/admission-input.ts";
import { type Admission, evaluate } from "../admission.ts";
import { type Explanation, explain, type Names } from "../explain.ts";
import type { Policy } from "../policy.ts";
import { inInterval } from "../territory.ts";
import type { AreaIndex } from "./area-index.ts";

/** A boundary view, the policy written for it, and when it was followed ([from, to), UTC ms; open ends `null`). */
export interface ViewInUse {
  readonly view: BoundaryView;
  readonly policy: Policy;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** A terminal at a point, whoever's the point is. */
export type SubjectAnywhere = Omit<AdmissionInput, "policy" | "boundaryView" | "areas" | "edges">;

/** What one view makes of a point. */
export interface ViewedPoint {
  readonly view: BoundaryView;
  readonly policyVersion: string;
  readonly place: Place;
  readonly admission: Admission;
  readonly explanation: Explanation;
}

/**
 * The same point under several boundary views, each decided by the policy written for it and explained, side by side and
 * in the order given. A view that was not followed at the time asked about is left out.
 *
 * @param subject a terminal; where it last reported from is replaced by the point, found again under each view
 * @param areas the operator's, if any: they are the same under every view
 * @throws RangeError when a policy was written for another view than the one it is handed in with
 */
export function underViews(
  { latDeg, lonDeg }: Position,
  views: readonly ViewInUse[],
  subject: SubjectAnywhere,
  areas: AreaIndex | null = null,
  names: Names = {},
): readonly ViewedPoint[] {
  const { atMs, location } = subject;
  const cell = cellAt(latDeg, lonDeg);
  return views
    .filter(({ fromMs, toMs }) => inInterval(atMs, fromMs ?? Number.NEGATIVE_INFINITY, toMs))
    .map(({ view, policy }) => {
      const place = placeOf(latDeg, lonDeg, view);
      const reportedMs = Math.min(location.last?.atMs ?? atMs, atMs);
      const admission = evaluate({
        ...subject,
        ...(areas === null ? {} : areas.around(latDeg, lonDeg, atMs, place)),
        location: { ...location, last: { atMs: reportedMs, latDeg, lonDeg, cell, place } },
        policy,
        boundaryView: view,
      });
      const territory = (id: string): string | undefined =>
        names.territory?.(id) ?? (id === place.territory ? place.territoryName : undefined);
      return {
        view,
        policyVersion: policy.version,
        place,
        admission,
        explanation: explain(admission, { ...names, territory }),
      };
    });
}
