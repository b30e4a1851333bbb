// SPDX-License-Identifier: MIT
import { altitudeFromMeanMotionKm, type Elements } from "@perigee/orbit";
import type { SchedulerPolicy } from "./policy.ts";

/**
 * From which elevation on a satellite may serve a terminal, degrees: low shells from higher up. A plan of cells keeps a
 * margin on top, for terminals at a cell's edge; a terminal of its own has none.
 */
export function leastElevationDeg({ meanMotionRevPerDay }: Elements, policy: SchedulerPolicy): number {
  const low = altitudeFromMeanMotionKm(meanMotionRevPerDay) < policy.lowShellBelowKm;
  return low ? policy.lowShellMinElevationDeg : policy.minElevationDeg;
}
