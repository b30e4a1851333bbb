// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeCoverage, reasonOf } from "./coverage.ts";

/** Written field by field from the description in the contract, not from the decoder. */
function body(parents: readonly { id: bigint; served: number; met: number; cap: number }[]): ArrayBuffer {
  const n = parents.length;
  const bytes = new ArrayBuffer(16 + 25 * n);
  const view = new DataView(bytes);
  view.setUint32(0, n, true);
  view.setUint32(4, 3, true);
  view.setFloat64(8, 119_687_976, true);
  parents.forEach(({ id, served, met, cap }, i) => {
    view.setBigUint64(16 + 8 * i, id, true);
    view.setFloat32(16 + 8 * n + 4 * i, served, true);
    view.setFloat32(16 + 12 * n + 4 * i, met, true);
    view.setFloat32(16 + 16 * n + 4 * i, cap, true);
    view.setUint16(16 + 20 * n + 2 * i, 49, true);
    view.setUint16(16 + 22 * n + 2 * i, 40 + i, true);
    view.setUint8(16 + 24 * n + i, i);
  });
  return bytes;
}

test("a coverage body is read field by field", () => {
  const decoded = decodeCoverage(
    body([
      { id: 0x831e35fffffffffn, served: 1, met: 0.5, cap: 0.25 },
      { id: 0x83be63fffffffffn, served: 0.75, met: 1, cap: 2 },
      { id: 0x830e45fffffffffn, served: 0, met: 0, cap: 0 },
    ]),
  );
  assert.ok(decoded.ok);
  const { value } = decoded;
  assert.equal(value.slot, 119_687_976);
  assert.equal(value.resolution, 3);
  assert.deepEqual(
    Array.from(value.id, id => id.toString(16)),
    ["831e35fffffffff", "83be63fffffffff", "830e45fffffffff"],
  );
  assert.deepEqual([...value.servedShare], [1, 0.75, 0]);
  assert.deepEqual([...value.satisfiedShare], [0.5, 1, 0]);
  assert.deepEqual([...value.downMbpsPerKm2], [0.25, 2, 0]);
  assert.deepEqual([...value.cells], [49, 49, 49]);
  assert.deepEqual([...value.permitted], [40, 41, 42]);
  assert.deepEqual([...value.reason].map(reasonOf), ["served", "notPermitted", "noSatellite"]);
});

test("a body that ends early or promises too much is refused, not read beyond", () => {
  const whole = body([{ id: 1n, served: 1, met: 1, cap: 1 }]);
  for (const length of [0, 15, 16, whole.byteLength - 1]) {
    const decoded = decodeCoverage(whole.slice(0, length));
    assert.equal(decoded.ok ? "ok" : decoded.error.code, "COVERAGE_SHORT");
  }
  new DataView(whole).setUint32(0, 4_000_000_000, true);
  const decoded = decodeCoverage(whole);
  assert.equal(decoded.ok ? "ok" : decoded.error.code, "COVERAGE_COUNT");
  assert.equal(reasonOf(77), "noBeam", "a reason that a newer operator may know");
});
