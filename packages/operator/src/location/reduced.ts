// SPDX-License-Identifier: MIT
import type { RangeMeasurement } from "@perigee/locate";
import { geodeticToEcef } from "@perigee/orbit";

/** Where a terminal said that it was, and when. */
export interface ReportedSpot {
  readonly atMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
}

type Vector = readonly [xKm: number, yKm: number, zKm: number];

/**
 * Measurements of a terminal on the move as if it had stood all the time where its last report says. What it says it moved
 * since an answer is taken off the satellite's place, and so is its speed: the range stays the same, whatever turns it
 * took, and a wrong word speaks against who gave it. Between two reports it is taken to move straight on.
 *
 * @param reports in the order of time; the last is the claim that is to be judged. With fewer than two nothing moves.
 */
export function reducedTo(
  measurements: readonly RangeMeasurement[],
  reports: readonly ReportedSpot[],
): RangeMeasurement[] {
  if (reports.length < 2) return [...measurements];
  const spots = reports.map(({ atMs, ...at }) => ({ atMs, at: vectorOf(at) }));
  const last = spots.at(-1)!;
  return measurements.map(measurement => {
    const { atMs, state } = measurement;
    const after = Math.max(
      1,
      spots.findIndex(spot => spot.atMs >= atMs),
    );
    // Beyond the last report it stands.
    const isPast = atMs > last.atMs;
    const [a, b] = [spots[after - 1]!, spots[after]!];
    const seconds = (b.atMs - a.atMs) / 1000;
    const along = isPast ? 0 : Math.max(0, (atMs - a.atMs) / (b.atMs - a.atMs));
    const moved = [0, 1, 2].map(k => {
      const step = b.at[k]! - a.at[k]!;
      return isPast ? { km: 0, kmS: 0 } : { km: a.at[k]! + along * step - last.at[k]!, kmS: step / seconds };
    });
    const [x, y, z] = [moved[0]!, moved[1]!, moved[2]!];
    return {
      ...measurement,
      state: {
        xKm: state.xKm - x.km,
        yKm: state.yKm - y.km,
        zKm: state.zKm - z.km,
        vxKmS: state.vxKmS - x.kmS,
        vyKmS: state.vyKmS - y.kmS,
        vzKmS: state.vzKmS - z.kmS,
      },
    };
  });
}

function vectorOf({ latDeg, lonDeg }: Omit<ReportedSpot, "atMs">): Vector {
  const { xKm, yKm, zKm } = geodeticToEcef({ latDeg, lonDeg, altitudeKm: 0 });
  return [xKm, yKm, zKm];
}
