// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInShells } from "./built-in.ts";
import { altitudeFromMeanMotionKm } from "./mean-motion.ts";
import { needs, recorded } from "./recorded-data.ts";
import { serviceAtAltitude } from "./service.ts";
import { parseTle } from "./tle.ts";

test("every built-in shell has the service of its altitude", () => {
  for (const shell of builtInShells) assert.equal(serviceAtAltitude(shell.pattern.altitudeKm), shell.service);
});

const STARLINK = "tle/starlink-2026-05-30.tle.gz";
test("nine days later the classes are within a tenth of the published counts", needs(STARLINK), t => {
  const result = parseTle(recorded(STARLINK));
  assert.ok(result.ok);
  const counts = { broadband: 0, directToCell: 0, raising: 0 };
  for (const set of result.value)
    counts[serviceAtAltitude(altitudeFromMeanMotionKm(set.meanMotionRevPerDay))] += 1;
  t.diagnostic(JSON.stringify(counts));
  assert.ok(Math.abs(counts.broadband / 9154 - 1) < 0.1);
  assert.ok(Math.abs(counts.directToCell / 694 - 1) < 0.1);
  assert.ok(Math.abs(counts.raising / 511 - 1) < 0.1);
});
