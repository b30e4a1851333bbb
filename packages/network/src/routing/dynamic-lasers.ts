// SPDX-License-Identifier: MIT
import type { FleetState } from "../fleet-motion.ts";
import { type LaserRules, laserKm, trackingDegPerS } from "./laser-geometry.ts";
import { type LaserTopology, topologyOf } from "./laser-topology.ts";

export interface Repointing {
  /** The layout: its links come first, wherever geometry allows them. */
  readonly layout: LaserTopology;
  /** Laser terminals per satellite, a number for all or one each. */
  readonly terminals: number | ArrayLike<number>;
  readonly start: FleetState;
  readonly end: FleetState;
  /** Per satellite: 0 for those that hold no lasers now. */
  readonly usable: Uint8Array;
  readonly rules: LaserRules;
  /** What was answered for the slot before: its further links are kept as long as they can be. */
  readonly previous?: LaserTopology;
  /** Partners for free terminals are sought this far away; default 2,000 km. */
  readonly searchKm?: number;
  /** Whether two satellites may be linked beyond the layout; default all. Inter-shell links only: `shellOf[a] !== shellOf[b]`. */
  readonly mayLink?: (a: number, b: number) => boolean;
}

/**
 * Lasers that look for new partners: links of the layout first, then links held before, then pairs with free
 * terminals, the nearest first (ties: lower indices). All are possible at the slot's start and end. New pairs must still
 * be acquired: give the answer to `lasersInSlot`. The layout alone, slot after slot, is the static case.
 */
export function repointLasers(options: Repointing): LaserTopology {
  const { layout, start, end, usable, rules, previous, searchKm = 2000, mayLink = () => true } = options;
  const free = Int32Array.from({ length: layout.satellites }, (_, i) =>
    typeof options.terminals === "number" ? options.terminals : (options.terminals[i] ?? 0),
  );
  const pairs: [number, number][] = [];
  const linked = new Set<number>();
  const key = (a: number, b: number) => Math.min(a, b) * layout.satellites + Math.max(a, b);
  const possible = (a: number, b: number) =>
    usable[a] !== 0 &&
    usable[b] !== 0 &&
    laserKm(start, a, b, rules) >= 0 &&
    laserKm(end, a, b, rules) >= 0 &&
    (rules.maxTrackingDegPerS === undefined ||
      (trackingDegPerS(start, a, b) <= rules.maxTrackingDegPerS &&
        trackingDegPerS(end, a, b) <= rules.maxTrackingDegPerS));
  const join = (a: number, b: number) => {
    if (free[a]! <= 0 || free[b]! <= 0 || linked.has(key(a, b)) || !possible(a, b)) return;
    free[a]!--;
    free[b]!--;
    linked.add(key(a, b));
    pairs.push([a, b]);
  };
  for (const { a, b } of previous === undefined ? [layout] : [layout, previous]) {
    for (let k = 0; k < a.length; k++) join(a[k]!, b[k]!);
  }
  const lonely = Int32Array.from(free.keys()).filter(i => free[i]! > 0 && usable[i] !== 0);
  const candidates = near(lonely, start, searchKm).filter(({ a, b }) => mayLink(a, b));
  candidates.sort((p, q) => p.km - q.km || p.a - q.a || p.b - q.b);
  for (const { a, b } of candidates) join(a, b);
  return topologyOf(layout.satellites, pairs);
}

/** Pairs at most `reachKm` apart, a below b: boxes of that size, each looked at with its neighbours. */
function near(
  members: Int32Array,
  { xKm, yKm, zKm }: FleetState,
  reachKm: number,
): { a: number; b: number; km: number }[] {
  const box = (km: number) => Math.floor(km / reachKm) + 5000;
  const boxes = new Map<number, number[]>();
  for (const i of members) {
    if (!Number.isFinite(xKm[i]!)) continue;
    const at = (box(xKm[i]!) * 10_000 + box(yKm[i]!)) * 10_000 + box(zKm[i]!);
    const inside = boxes.get(at);
    if (inside === undefined) boxes.set(at, [i]);
    else inside.push(i);
  }
  const found: { a: number; b: number; km: number }[] = [];
  for (const [at, inside] of boxes) {
    for (let shift = 0; shift < 27; shift++) {
      const step = (((shift / 9) | 0) - 1) * 1e8 + ((((shift / 3) | 0) % 3) - 1) * 1e4 + (shift % 3) - 1;
      for (const b of boxes.get(at + step) ?? []) {
        for (const a of inside) {
          if (a >= b) continue;
          const km = Math.hypot(xKm[a]! - xKm[b]!, yKm[a]! - yKm[b]!, zKm[a]! - zKm[b]!);
          if (km <= reachKm) found.push({ a, b, km });
        }
      }
    }
  }
  return found;
}
