// SPDX-License-Identifier: MIT
import { type ObserverFrame, observerFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import type { GroundSegment } from "../ground-segment.ts";
import type { RoutePolicy } from "../policy.ts";
import { isAbove } from "../visibility.ts";
import { createGsoGuard, type GsoGuard } from "./gso-guard.ts";
import { createSkyGrid } from "./sky-grid.ts";

const RAD = 180 / Math.PI;

/** Which satellites each gateway can track for a whole slot: rows per gateway. Overwritten by the next slot. */
export interface GatewaySky {
  /** The satellites of gateway g are entries `offset[g]` to `offset[g + 1] - 1`, by rising index. */
  readonly offset: Int32Array;
  satellite: Int32Array;
  /** At the slot's start. */
  elevationDeg: Float32Array;
  rangeKm: Float64Array;
}

/** Looks up from all gateways. */
export interface GatewayWatch {
  readonly frames: readonly ObserverFrame[];
  /**
   * Satellites at or above the gateway's least elevation and far enough from the geostationary arc, at the start and at
   * every later state given.
   *
   * @param usable - Per satellite: 0 for those that carry no traffic.
   * @param down - Gateways that see nothing.
   */
  look(
    start: FleetState,
    later: readonly FleetState[],
    usable: Uint8Array,
    down: ReadonlySet<number>,
  ): GatewaySky;
}

/** Prepares the frames and the masks of a ground segment; holds buffers. */
export function createGatewayWatch(
  satellites: number,
  ground: GroundSegment,
  policy: Pick<RoutePolicy, "gatewayGsoSeparationDeg">,
): GatewayWatch {
  const { gateways } = ground;
  const frames = gateways.map(({ latDeg, lonDeg }) => observerFrame({ latDeg, lonDeg, altitudeKm: 0 }));
  const guards = frames.map(frame => createGsoGuard(frame, policy.gatewayGsoSeparationDeg));
  const grid = createSkyGrid(satellites);
  const found = new Int32Array(satellites);
  const sky: GatewaySky = {
    offset: new Int32Array(gateways.length + 1),
    satellite: new Int32Array(1024),
    elevationDeg: new Float32Array(1024),
    rangeKm: new Float64Array(1024),
  };

  function reserve(size: number): void {
    if (size <= sky.satellite.length) return;
    const grown = 2 * size;
    const satellite = new Int32Array(grown);
    satellite.set(sky.satellite);
    const elevationDeg = new Float32Array(grown);
    elevationDeg.set(sky.elevationDeg);
    const rangeKm = new Float64Array(grown);
    rangeKm.set(sky.rangeKm);
    Object.assign(sky, { satellite, elevationDeg, rangeKm });
  }

  function look(
    start: FleetState,
    later: readonly FleetState[],
    usable: Uint8Array,
    down: ReadonlySet<number>,
  ): GatewaySky {
    // Who stands at both ends stands nearly always between them: the last state decides first.
    const order = later.toReversed();
    grid.fill(start, usable);
    let size = 0;
    for (let g = 0; g < gateways.length; g++) {
      sky.offset[g] = size;
      if (down.has(g)) continue;
      const frame = frames[g]!;
      const tooNear = guards[g]!;
      const { minElevationDeg } = gateways[g]!;
      const count = grid.above(frame, minElevationDeg, found);
      found.subarray(0, count).sort();
      reserve(size + count);
      for (let k = 0; k < count; k++) {
        const i = found[k]!;
        const x = start.xKm[i]!;
        const y = start.yKm[i]!;
        const z = start.zKm[i]!;
        if (tooNear(x, y, z)) continue;
        if (!order.every(state => stays(frame, state, i, minElevationDeg, tooNear))) continue;
        const dx = x - frame.xKm;
        const dy = y - frame.yKm;
        const dz = z - frame.zKm;
        const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
        const up = dx * frame.up[0] + dy * frame.up[1] + dz * frame.up[2];
        sky.satellite[size] = i;
        sky.elevationDeg[size] = Math.asin(up / range) * RAD;
        sky.rangeKm[size] = range;
        size += 1;
      }
    }
    sky.offset[gateways.length] = size;
    return sky;
  }

  return { frames, look };
}

function stays(
  frame: ObserverFrame,
  state: FleetState,
  i: number,
  minElevationDeg: number,
  tooNear: GsoGuard,
): boolean {
  return isAbove(frame, state, i, minElevationDeg) && !tooNear(state.xKm[i]!, state.yKm[i]!, state.zKm[i]!);
}
