// SPDX-License-Identifier: MIT
import { type ObserverFrame, observerFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import type { GroundSegment } from "../ground-segment.ts";
import type { RoutePolicy } from "../policy.ts";
import { type TileRows, tileAt, tileRows } from "../sky-tiles.ts";
import { createGsoSpanGuard } from "./gso-guard.ts";
import { reachDeg } from "./sky-grid.ts";

const RAD = 180 / Math.PI;
/** Satellites that climb by so much are still found by lists that were made before. */
const SPARE_KM = 30;

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

/** Numbers per gateway in `site`: place (3), vertical (3), height of the horizon, sine of the least elevation. */
const SITE = 8;

/** Prepares the frames and the masks of a ground segment; holds buffers. */
export function createGatewayWatch(
  satellites: number,
  ground: GroundSegment,
  policy: Pick<RoutePolicy, "gatewayGsoSeparationDeg">,
): GatewayWatch {
  const { gateways } = ground;
  const frames = gateways.map(({ latDeg, lonDeg }) => observerFrame({ latDeg, lonDeg, altitudeKm: 0 }));
  const guards = frames.map(frame => createGsoSpanGuard(frame, policy.gatewayGsoSeparationDeg));
  const site = new Float64Array(SITE * gateways.length);
  const centre = new Float64Array(3 * gateways.length);
  frames.forEach(({ xKm, yKm, zKm, up }, g) => {
    const horizon = up[0] * xKm + up[1] * yKm + up[2] * zKm;
    site.set([xKm, yKm, zKm, ...up, horizon, Math.sin(gateways[g]!.minElevationDeg / RAD)], SITE * g);
    const radius = Math.hypot(xKm, yKm, zKm);
    centre.set([xKm / radius, yKm / radius, zKm / radius], 3 * g);
  });
  let rows: TileRows = { first: new Int32Array(0), item: new Int32Array(0) };
  let maxRadiusKm = 0;
  /** Pairs as they are found, by satellite. */
  let pairGateway = new Int32Array(1024);
  let pairSatellite = new Int32Array(1024);
  const next = new Int32Array(gateways.length);
  const sky: GatewaySky = {
    offset: new Int32Array(gateways.length + 1),
    satellite: new Int32Array(1024),
    elevationDeg: new Float32Array(1024),
    rangeKm: new Float64Array(1024),
  };

  /** Which gateways may see a satellite over each tile, none of them farther out than the farthest. */
  function reachUpTo({ xKm, yKm, zKm }: FleetState, usable: Uint8Array): void {
    let most2 = 0;
    for (let i = 0; i < satellites; i++) {
      if (usable[i] === 0) continue;
      const radius2 = xKm[i]! * xKm[i]! + yKm[i]! * yKm[i]! + zKm[i]! * zKm[i]!;
      if (radius2 > most2) most2 = radius2;
    }
    if (most2 <= maxRadiusKm * maxRadiusKm) return;
    maxRadiusKm = Math.sqrt(most2) + SPARE_KM;
    rows = tileRows(
      centre,
      gateways.map(({ minElevationDeg }) => reachDeg(minElevationDeg, maxRadiusKm) / RAD),
    );
  }

  /** Whether gateway g sees a place at or above its least elevation. */
  function sees(g: number, x: number, y: number, z: number): boolean {
    const s = SITE * g;
    const dx = x - site[s]!;
    const dy = y - site[s + 1]!;
    const dz = z - site[s + 2]!;
    const above = site[s + 3]! * dx + site[s + 4]! * dy + site[s + 5]! * dz;
    const sine = site[s + 7]!;
    return above > 0 && above * above >= sine * sine * (dx * dx + dy * dy + dz * dz);
  }

  function look(
    start: FleetState,
    later: readonly FleetState[],
    usable: Uint8Array,
    down: ReadonlySet<number>,
  ): GatewaySky {
    reachUpTo(start, usable);
    clear(start, later, arrange(above(start, later, usable, down)));
    return sky;
  }

  /** Pairs that stand high enough at every instant, satellite by satellite; how many. */
  function above(
    start: FleetState,
    later: readonly FleetState[],
    usable: Uint8Array,
    down: ReadonlySet<number>,
  ): number {
    const isDown = Uint8Array.from(gateways, (_, g) => (down.has(g) ? 1 : 0));
    // Who stands at both ends stands nearly always between them: the last state decides first.
    const order = later.toReversed();
    let pairs = 0;
    for (let i = 0; i < satellites; i++) {
      if (usable[i] === 0) continue;
      const x = start.xKm[i]!;
      const y = start.yKm[i]!;
      const z = start.zKm[i]!;
      // NaN: SGP4 failed.
      if (!(x * x + y * y + z * z > 0)) continue;
      if (pairs + gateways.length > pairGateway.length) {
        pairGateway = wider(pairGateway, gateways.length);
        pairSatellite = wider(pairSatellite, gateways.length);
      }
      const tile = tileAt(x, y, z);
      for (let e = rows.first[tile]!; e < rows.first[tile + 1]!; e++) {
        const g = rows.item[e]!;
        if (!sees(g, x, y, z) || isDown[g] === 1) continue;
        let k = 0;
        for (; k < order.length; k++) {
          const { xKm, yKm, zKm } = order[k]!;
          if (!sees(g, xKm[i]!, yKm[i]!, zKm[i]!)) break;
        }
        if (k < order.length) continue;
        pairGateway[pairs] = g;
        pairSatellite[pairs++] = i;
      }
    }
    return pairs;
  }

  /** Sorts the pairs by gateway, satellites rising. */
  function arrange(pairs: number): number {
    const { offset } = sky;
    if (pairs > sky.satellite.length) {
      const size = 2 * pairs;
      Object.assign(sky, {
        satellite: new Int32Array(size),
        elevationDeg: new Float32Array(size),
        rangeKm: new Float64Array(size),
      });
    }
    offset.fill(0);
    for (let k = 0; k < pairs; k++) offset[pairGateway[k]! + 1]! += 1;
    for (let g = 0; g < gateways.length; g++) offset[g + 1]! += offset[g]!;
    next.set(offset.subarray(0, gateways.length));
    for (let k = 0; k < pairs; k++) sky.satellite[next[pairGateway[k]!]!++] = pairSatellite[k]!;
    return pairs;
  }

  /** Takes out who comes too near to the geostationary arc, and says where the others stand. */
  function clear(start: FleetState, later: readonly FleetState[], pairs: number): void {
    const { offset, satellite, elevationDeg, rangeKm } = sky;
    const instants = [start, ...later];
    let size = 0;
    for (let g = 0, from = 0; g < gateways.length; g++) {
      const end = g + 1 < gateways.length ? offset[g + 1]! : pairs;
      const everTooNear = guards[g]!;
      const s = SITE * g;
      offset[g] = size;
      for (let k = from; k < end; k++) {
        const i = satellite[k]!;
        if (everTooNear(instants, i)) continue;
        const dx = start.xKm[i]! - site[s]!;
        const dy = start.yKm[i]! - site[s + 1]!;
        const dz = start.zKm[i]! - site[s + 2]!;
        const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
        satellite[size] = i;
        elevationDeg[size] =
          Math.asin((dx * site[s + 3]! + dy * site[s + 4]! + dz * site[s + 5]!) / range) * RAD;
        rangeKm[size++] = range;
      }
      from = end;
    }
    offset[gateways.length] = size;
  }

  return { frames, look };
}

function wider(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * array.length + least);
  grown.set(array);
  return grown;
}
