// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements } from "../built-in.ts";
import { createBulkPropagator } from "../bulk.ts";
import { hasF64x2 } from "../kernel/fleet.ts";
import { createParallelPropagator } from "./node.ts";
import { createServer, type Reply } from "./serve.ts";

const T0 = Date.UTC(2026, 4, 21);
const { elements } = builtInElements(T0);
/** Not a multiple of four, one that decays, one in deep space. */
const list = elements
  .slice(0, 1001)
  .map((set, i) =>
    i === 17 ? { ...set, bstar: 0.5 } : i === 500 ? { ...set, meanMotionRevPerDay: 2 } : set,
  );
const instants = [0, 15_000, 86_400_000, 30 * 86_400_000].map(ms => T0 + ms);

const bytesOf = (numbers: Float64Array) =>
  new BigInt64Array(numbers.buffer, numbers.byteOffset, numbers.length);

for (const kernel of ["f64x2", "typescript"] as const) {
  const skip = kernel === "f64x2" && !hasF64x2() ? "the f64x2 kernel is not built" : false;
  test(`${kernel}: any number of threads gives the bytes of one`, { skip }, async () => {
    const single = createBulkPropagator(list, { capacity: 4, kernel });
    for (const threads of [1, 2, 3]) {
      await using parallel = await createParallelPropagator(list, { capacity: 4, kernel, threads });
      assert.deepEqual([parallel.threads, parallel.kernel, parallel.count], [threads, kernel, 1001]);
      assert.equal(parallel.fullModelCount, single.fullModelCount);
      for (const frame of ["ecef", "teme"] as const) {
        const [ours, theirs] = [await parallel.propagate(instants, frame), single.propagate(instants, frame)];
        for (let row = 0; row < 4 * 6; row++) {
          const part = (all: Float64Array) =>
            bytesOf(all).subarray(row * ours.stride, row * ours.stride + 1001);
          assert.deepEqual(part(ours.states), part(theirs.states));
        }
        assert.deepEqual([...ours.errors], [...theirs.errors]);
        assert.notEqual(ours.errors[3 * ours.stride + 17], 0);
      }
      const [ours, theirs] = [await parallel.propagateSinceEpoch([77]), single.propagateSinceEpoch([77])];
      assert.deepEqual(ours.states.slice(0, 1001), theirs.states.slice(0, 1001));
    }
  });
}

test("calls follow one another; more threads than tiles are not started; a bad call harms no later one", async () => {
  await using parallel = await createParallelPropagator(list.slice(0, 6), { capacity: 2, threads: 8 });
  assert.equal(parallel.threads, 2);
  const [a, bad, b] = await Promise.allSettled([
    parallel.propagate([T0]).then(answer => answer.states.slice(0, 6)),
    parallel.propagate([1, 2, 3]),
    parallel.propagate([T0]).then(answer => answer.states.slice(0, 6)),
  ]);
  assert.equal(bad.status, "rejected");
  assert.ok(a.status === "fulfilled" && b.status === "fulfilled");
  assert.deepEqual(a.value, b.value);
  await assert.rejects(createParallelPropagator(list, { capacity: 1, threads: 0 }), /0 threads/);
});

test("after disposal every call is refused", async () => {
  const parallel = await createParallelPropagator(list.slice(0, 8), { capacity: 1, threads: 1 });
  await parallel[Symbol.asyncDispose]();
  await assert.rejects(parallel.propagate([T0]), /has ended/);
});

test("the inside of a thread answers a failure with its reason", () => {
  const reply: Reply = createServer()({
    kind: "prepare",
    elements: list.slice(0, 4),
    from: 0,
    layout: { ...LAYOUT, states: 1e9 },
    kernel: "typescript",
    memory: new SharedArrayBuffer(64),
  });
  assert.equal(reply.ok, false);
});

const LAYOUT = {
  ...{ count: 4, stride: 4, capacity: 1, columns: 0, epochs: 0, noEpoch: 0, instants: 0 },
  ...{ states: 0, errors: 1e9, bytes: 64 },
};
