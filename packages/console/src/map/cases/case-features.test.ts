// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TerminalRow } from "@perigee/operator/contract";
import { caseFeatures } from "./case-features.ts";

const at = (latDeg: number, lonDeg: number) => ({ latDeg, lonDeg }) as TerminalRow["position"];

test("terminals that are looked at have rings where they are, and places have names", () => {
  const { features } = caseFeatures(
    {
      caseId: "case_1",
      candidates: [
        { terminalId: "a", protectedSite: true },
        { terminalId: "nowhere", protectedSite: false },
        { terminalId: "b", protectedSite: false },
      ],
      places: [{ id: "geo:x", name: "Ansel", latDeg: 10, lonDeg: 20 }],
    },
    [
      { id: "a", position: at(1, 2) },
      { id: "b", position: at(3, 4) },
      { id: "c", position: at(5, 6) },
      { id: "nowhere", position: null },
    ],
  );
  assert.deepEqual(
    features.map(({ properties, geometry }) => [properties?.["kind"], ...geometry.coordinates]),
    [
      ["place", 20, 10],
      ["protected", 2, 1],
      ["candidate", 4, 3],
    ],
  );
});
