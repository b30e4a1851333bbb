// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  joinTopologies,
  laserTopology,
  linkBetween,
  parseLaserTopology,
  TOPOLOGY_BOUNDS,
  topologyOf,
} from "./laser-topology.ts";

const errorOf = (result: ReturnType<typeof laserTopology>) => (result.ok ? null : result.error);

test("rows hold every link twice, neighbours rising, each entry knowing its reverse", () => {
  const pairs = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 80 });
  fc.assert(
    fc.property(pairs, given => {
      const wanted = given.filter(([a, b]) => a !== b);
      const { a, b, rows } = topologyOf(20, wanted);
      const names = new Set(wanted.map(([p, q]) => `${Math.min(p, q)}-${Math.max(p, q)}`));
      assert.deepEqual(new Set(Array.from(a, (p, k) => `${p}-${b[k]}`)), names);
      assert.equal(a.length, names.size);
      for (let i = 0; i < 20; i++) {
        for (let e = rows.offset[i]!; e < rows.offset[i + 1]!; e++) {
          const j = rows.to[e]!;
          const k = rows.link[e]!;
          assert.deepEqual([a[k], b[k]], [Math.min(i, j), Math.max(i, j)]);
          assert.ok(e === rows.offset[i] || rows.to[e - 1]! < j);
          assert.equal(rows.to[rows.reverse[e]!], i);
          assert.equal(rows.link[rows.reverse[e]!], k);
          assert.equal(linkBetween({ rows }, i, j), k);
        }
      }
      assert.equal(linkBetween({ rows }, 0, 0), -1);
    }),
    { numRuns: 100 },
  );
});

test("reads a list as text: Hypatia's form, spreadsheets', headings and remarks", () => {
  for (const text of ["0 1\n1 2\n", "from,to\n1,0\r\n2;1\r\n", "# mine\n\n 0\t1 \n2 , 1", "0 1\n1 0\n1 2"]) {
    const result = parseLaserTopology(text, 3);
    assert.ok(result.ok, text);
    assert.deepEqual([...result.value.a], [0, 1]);
    assert.deepEqual([...result.value.b], [1, 2]);
  }
});

test("refuses what is no list, and says where", () => {
  const cases = [
    ["0,1\n1,x", "format", "line 2"],
    ["a,b\nc,d", "format", "line 2"],
    ["0,1,2", "format", "line 1"],
    ["0,3", "range", "line 1"],
    ["1,1", "range", "line 1"],
    ["0,1\n0,2", "terminals", "satellite 0"],
  ] as const;
  for (const [text, code, place] of cases) {
    const error = errorOf(parseLaserTopology(text, 3, 1));
    assert.equal(error?.code, code, text);
    assert.equal(error?.place, place);
    assert.ok(error?.message.startsWith(place) && error.message.endsWith("."));
  }
  assert.equal(errorOf(parseLaserTopology(" ".repeat(TOPOLOGY_BOUNDS.textLength + 1), 3))?.code, "tooLarge");
  assert.equal(errorOf(laserTopology(TOPOLOGY_BOUNDS.satellites + 1, []))?.code, "tooLarge");
  assert.equal(errorOf(laserTopology(3, [[0, 0.5]]))?.code, "format");
  assert.equal(errorOf(laserTopology(3, [[0, -1]]))?.code, "range");
  assert.equal(errorOf(laserTopology(3, [[0, 1]], [1, 0, 1]))?.place, "satellite 1");
});

test("joined topologies keep their links, counted on", () => {
  const joined = joinTopologies([topologyOf(2, [[0, 1]]), topologyOf(3, [[2, 0]])]);
  assert.equal(joined.satellites, 5);
  assert.deepEqual([...joined.a], [0, 2]);
  assert.deepEqual([...joined.b], [1, 4]);
});
