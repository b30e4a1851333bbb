// SPDX-License-Identifier: MIT
import type { RouteTree } from "./cell-plan.ts";

/**
 * A tree that becomes known as far as somebody asks. Of the satellites in view a few reach the ground by ways so long
 * that they are hardly ever chosen, and a search spends most of its time on those.
 */
export interface GrowingTree extends RouteTree {
  /** No route unknown has a delay below this; Infinity: all that will be are known. Unknown ones show Infinity. */
  readonly knownMs: number;
  /** Whether a satellite without a known route may have one. */
  mayHaveRoute(satellite: number): boolean;
  /** Makes the routes known that are shorter than `untilMs`. Its arrays stay the same ones, with more in them. */
  grow(untilMs: number): void;
}

/** What has no more to it than it shows, or has. */
export type AnyTree = RouteTree & Partial<Pick<GrowingTree, "knownMs" | "mayHaveRoute" | "grow">>;

/** The delay that a route not known has at least; Infinity where all are known. */
export function leastUnknownMs({ knownMs }: AnyTree): number {
  return knownMs ?? Number.POSITIVE_INFINITY;
}

export function growWhole(tree: AnyTree): void {
  tree.grow?.(Number.POSITIVE_INFINITY);
}

/** Grows a tree, if a satellite without a known route may have one, to twice as far as it was known; whether it did. */
export function growFor(tree: AnyTree, satellite: number): boolean {
  const knownMs = leastUnknownMs(tree);
  if (tree.delayMs[satellite]! < Number.POSITIVE_INFINITY || knownMs === Number.POSITIVE_INFINITY)
    return false;
  if (tree.mayHaveRoute?.(satellite) === false) return false;
  tree.grow?.(2 * knownMs + 1);
  return true;
}

/** Whether a satellite has a route; grows the tree until that is known. */
export function hasRoute(tree: AnyTree, satellite: number): boolean {
  while (growFor(tree, satellite));
  return tree.delayMs[satellite]! < Number.POSITIVE_INFINITY;
}
