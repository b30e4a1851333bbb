// SPDX-License-Identifier: MIT
import type { AdmissionContext } from "../admission-context.ts";
import { allowListGrounds, areaGrounds, asserted, isInForce } from "../area-rules.ts";
import { type Ground, groundOf } from "../grounds.ts";
import { liftByExceptions } from "./lifts.ts";

/**
 * Grounds against a terminal so near an edge that it may be on the other side, where it would be refused. They come
 * on top of what its own side has against it: no band ever gives anything.
 */
export function guardBandGrounds(context: AdmissionContext): readonly Ground[] {
  const edges = context.location?.edges ?? [];
  if (edges.length === 0) return [];
  return edges.flatMap(({ area, inside, beyond: territories }, index) => {
    const band = context.policy.guardBandOf.get(area);
    if (band === undefined || !isInForce(band, context.atMs)) return [];
    // A side that the band leaves as it is: the strict one of "as inside" is the inside itself.
    if (band.treat === (inside ? "asInside" : "asOutside")) return [];
    const beyond = context.beyond[index]!;
    const refusals = liftByExceptions(context, [
      ...areaGrounds({ area: beyond, own: territories[0] ?? area }),
      ...allowListGrounds(context, beyond),
    ]).standing;
    if (refusals.length === 0) return [];
    const reason = band.treat === "provisional" ? "GUARD_BAND_PROVISIONAL" : "GUARD_BAND";
    return [groundOf("area.guardBand", reason, { ...asserted(band), value: refusals[0]!.reason })];
  });
}
