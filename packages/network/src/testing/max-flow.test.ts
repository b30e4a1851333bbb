// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { loadSolver } from "../capacity/testing/linear-programs.ts";
import { type FlowProblem, maximumFlow } from "./max-flow.ts";

const problems = fc
  .integer({ min: 2, max: 12 })
  .chain(nodes =>
    fc.record({
      nodes: fc.constant(nodes),
      arcs: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.nat(20)), { maxLength: 40 }),
    }),
  )
  .map(({ nodes, arcs }): FlowProblem => {
    const column = (k: 0 | 1 | 2) => Int32Array.from(arcs, arc => arc[k]);
    return { nodes, from: column(0), to: column(1), capacity: column(2), source: 0, sink: nodes - 1 };
  });

test("a flow that is kept at every node and fills a cut, so that none is greater", () => {
  fc.assert(
    fc.property(problems, problem => {
      const { nodes, from, to, capacity, source, sink } = problem;
      const { value, flow, cut } = maximumFlow(problem);
      const balance = new Int32Array(nodes);
      let across = 0;
      flow.forEach((amount, k) => {
        assert.ok(amount >= 0 && amount <= capacity[k]!);
        balance[from[k]!]! -= amount;
        balance[to[k]!]! += amount;
        if (cut[from[k]!] === 1 && cut[to[k]!] === 0) across += capacity[k]!;
      });
      balance.forEach((sum, node) => {
        assert.equal(sum, node === sink ? value : node === source ? 0 - value : 0);
      });
      assert.ok(cut[source] === 1 && cut[sink] === 0);
      assert.equal(across, value);
    }),
    { numRuns: 2000 },
  );
});

test("the value that a linear solver finds", async () => {
  const solver = await loadSolver();
  for (const problem of fc.sample(problems, { numRuns: 60, seed: 3 })) {
    const { nodes, from, to, capacity, source, sink } = problem;
    const arcs = [...from.keys()];
    const ends = (node: number) =>
      arcs
        .filter(k => from[k] !== to[k] && (from[k] === node || to[k] === node))
        .map(k => `${from[k] === node ? "-" : "+"} x${k}`)
        .join(" ");
    const inner = Array.from({ length: nodes }, (_, node) => node).filter(
      node => node !== source && node !== sink && ends(node) !== "",
    );
    const text = [
      `Maximize\n obj: ${ends(sink) || "0 x0"}\nSubject To`,
      ...inner.map(node => ` n${node}: ${ends(node)} = 0`),
      " free: y <= 1\nBounds\n 0 <= y <= 1",
      ...arcs.map(k => ` 0 <= x${k} <= ${capacity[k]}`),
      "End\n",
    ].join("\n");
    const { Status, ObjectiveValue } = solver.solve(text);
    assert.equal(Status, "Optimal");
    assert.ok(Math.abs(ObjectiveValue - maximumFlow(problem).value) < 1e-6);
  }
});
