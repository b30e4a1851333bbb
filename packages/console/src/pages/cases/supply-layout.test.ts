// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { layoutSupply, NODE_HEIGHT, NODE_WIDTH } from "./supply-layout.ts";

test("a way goes down row by row, and a circle does not hang", () => {
  const { nodes } = layoutSupply(
    ["unit", "shop", "middleman", "buyer"],
    [
      { from: "shop", to: "middleman" },
      { from: "middleman", to: "buyer" },
      { from: "shop", to: "buyer" },
      { from: "buyer", to: "unit" },
      { from: "unit", to: "middleman" },
    ],
  );
  const below = nodes.toSorted((a, b) => a.y - b.y).map(({ id }) => id);
  assert.deepEqual(below, ["shop", "middleman", "buyer", "unit"]);
});

test("no two nodes overlap, all lie inside, and arrows of a graph without circles go down", () => {
  const ids = ["a", "b", "c", "d", "e", "f", "g"];
  const edge = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 14 }), pairs => {
      const edges = pairs
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => ({ from: ids[Math.min(a, b)]!, to: ids[Math.max(a, b)]! }));
      const { nodes, width, height } = layoutSupply(ids, edges);
      const at = new Map(nodes.map(node => [node.id, node]));
      assert.equal(at.size, ids.length);
      for (const { from, to } of edges) assert.ok(at.get(to)!.y > at.get(from)!.y);
      for (const a of nodes) {
        assert.ok(a.x >= NODE_WIDTH / 2 && a.x <= width - NODE_WIDTH / 2);
        assert.ok(a.y >= NODE_HEIGHT / 2 && a.y <= height - NODE_HEIGHT / 2);
        for (const b of nodes)
          if (a.id < b.id) assert.ok(Math.abs(a.x - b.x) >= NODE_WIDTH || Math.abs(a.y - b.y) >= NODE_HEIGHT);
      }
    }),
  );
});
