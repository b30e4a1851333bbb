// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TerminalRow } from "@perigee/operator/contract";
import fc from "fast-check";
import {
  applyFilters,
  NO_FILTERS,
  OUTCOMES,
  readFilters,
  SORT_COLUMNS,
  sortRows,
  writeFilters,
} from "./terminal-filters.ts";

const filters = fc.record({
  text: fc.string(),
  outcome: fc.constantFrom(null, ...OUTCOMES),
  territory: fc.oneof(fc.constant(null), fc.string({ minLength: 1 })),
  linked: fc.constantFrom(null, true, false),
  sort: fc.constantFrom(...SORT_COLUMNS),
  descending: fc.boolean(),
});

test("what is written into an address is read back, and nothing else is touched", () => {
  fc.assert(
    fc.property(filters, wanted => {
      const written = writeFilters(new URLSearchParams("t=ut-1&view=flat"), wanted);
      const address = new URLSearchParams(written.toString());
      assert.deepEqual(readFilters(address), { ...wanted });
      assert.equal(address.get("t"), "ut-1");
      assert.equal(address.get("view"), "flat");
    }),
  );
});

test("defaults leave no trace; nonsense is ignored", () => {
  assert.equal(writeFilters(new URLSearchParams(), NO_FILTERS).toString(), "");
  assert.deepEqual(readFilters(new URLSearchParams("outcome=perhaps&linked=7&sort=-shoe")), NO_FILTERS);
});

function row(id: string, rttMs: number | null, territory: string): TerminalRow {
  return {
    id,
    name: `Name ${id}`,
    account: { id: "acc-1", holder: "Ministry of Education", country: "UA" },
    plan: null,
    state: "online",
    position: {
      precision: "exact",
      latDeg: 0,
      lonDeg: 0,
      cell: "841e",
      territory,
      territoryName: territory,
      country: null,
      zone: "land",
      speedKmh: 0,
      at: "2026-01-01T00:00:00.000Z",
    },
    admission: null,
    link: rttMs === null ? null : { rttMs, downMbps: 1, upMbps: 1, satellite: "S", gateway: "G", pop: "P" },
    proxy: { socks5: "", http: "" },
  };
}

test("filters narrow, sorting puts rows without the value last both ways", () => {
  const rows = [row("a", 40, "UA"), row("b", null, "UA"), row("c", 20, "PL")];
  const ids = (part: Partial<typeof NO_FILTERS>) => {
    const filters = { ...NO_FILTERS, ...part };
    return applyFilters(sortRows(rows, filters.sort, filters.descending), filters).map(({ id }) => id);
  };
  assert.deepEqual(ids({ sort: "rtt" }), ["c", "a", "b"]);
  assert.deepEqual(ids({ sort: "rtt", descending: true }), ["a", "c", "b"]);
  assert.deepEqual(ids({ territory: "UA", linked: true }), ["a"]);
  assert.deepEqual(ids({ text: "education name" }), ["a", "b", "c"]);
  assert.deepEqual(ids({ text: "education nowhere" }), []);
  assert.deepEqual(ids({ outcome: "unknown" }), ["a", "b", "c"]);
});
