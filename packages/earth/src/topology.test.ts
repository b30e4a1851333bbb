// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { ringOf } from "./topology.ts";

test("a ring of two arcs, one of them backwards, with differences and a transform undone", () => {
  const topology = {
    transform: { scale: [0.5, 2] as const, translate: [100, -10] as const },
    arcs: [
      [
        [0, 0],
        [2, 0],
        [0, 1],
      ] as const,
      [
        [0, 0],
        [0, 1],
        [2, 0],
      ] as const,
    ],
  };
  // Arc 0 runs (100,-10) (101,-10) (101,-8); arc 1 runs (100,-10) (100,-8) (101,-8) and is taken backwards.
  assert.deepEqual(ringOf(topology, [0, ~1]), [100, -10, 101, -10, 101, -8, 100, -8]);
});
