// SPDX-License-Identifier: MIT
import { NO_ROUTE, type RouteTree } from "../beams/cell-plan.ts";

/** A way down a tree. */
export interface TreePath {
  /** From the first satellite to the one above the gateway. */
  readonly satellites: readonly number[];
  readonly gateway: number;
}

/** The way from a satellite to the tree's PoP; `null` where it has none. */
export function treePath({ next }: Pick<RouteTree, "next">, satellite: number): TreePath | null {
  const satellites: number[] = [];
  for (let i = satellite; i >= 0; ) {
    satellites.push(i);
    const onwards = next[i]!;
    if (onwards === NO_ROUTE) return null;
    if (onwards < 0) return { satellites, gateway: -1 - onwards };
    i = onwards;
  }
  return null;
}
