// SPDX-License-Identifier: MIT
// For tests only: the element sets and published states of AIAA 2006-6753, from the recorded files.
import assert from "node:assert/strict";
import type { Elements } from "./elements.ts";
import { recorded } from "./recorded-data.ts";
import { parseTle } from "./tle.ts";
import { checksumOf } from "./tle-fields.ts";

export const VERIFICATION_FILES = ["sgp4-ver/SGP4-VER.TLE", "sgp4-ver/tcppver.out"] as const;

/** One expected state of tcppver.out: minutes after epoch, TEME km and km/s. */
export type Row = readonly number[];

/** The element sets of SGP4-VER.TLE in order, without the time spans written beyond column 69. */
export function verificationSets(): Elements[] {
  const lines = recorded("sgp4-ver/SGP4-VER.TLE")
    .split("\n")
    .filter(line => /^[12] /.test(line));
  const sets: Elements[] = [];
  for (let k = 0; k < lines.length; k += 2) {
    const line1 = lines[k]!.slice(0, 69);
    const line2 = lines[k + 1]!.slice(0, 69);
    // Sets 33333 to 33335 were altered by hand in the published file; their checksums were not.
    const resum = (line: string) => line.slice(0, 68) + checksumOf(line);
    // 33333 has e = 0.995 and a perigee in the ground, which the parser refuses and the model must still survive.
    const grounded = line2.startsWith("2 33333");
    const result = parseTle(
      `${resum(line1)}\n${resum(grounded ? line2.replace("9950000", "5950000") : line2)}`,
    );
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    sets.push(grounded ? { ...result.value[0]!, eccentricity: 0.995 } : result.value[0]!);
  }
  return sets;
}

/** The published states, a block for each of {@link verificationSets}. */
export function expectedStates(): Row[][] {
  const blocks: Row[][] = [];
  for (const line of recorded("sgp4-ver/tcppver.out").split("\n")) {
    if (line.includes("xx")) blocks.push([]);
    else if (line.trim() !== "") blocks.at(-1)!.push(line.trim().split(/\s+/).slice(0, 7).map(Number));
  }
  return blocks;
}
