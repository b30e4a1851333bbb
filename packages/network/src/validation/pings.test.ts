// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { uniform } from "../draw.ts";
import { needs, recorded } from "../testing/recorded-data.ts";
import { parsePings, pingFindings } from "./pings.ts";
import { quantile } from "./quantiles.ts";

/** Pings every 0.2 s over an hour whose level is drawn anew in slots that begin at `phaseS`. */
function pings(phaseS: number, noiseMs: number): string {
  const lines: string[] = [];
  for (let k = 0; k < 18_000; k++) {
    const at = 1_700_000_000 + 0.2 * k;
    const slot = Math.floor((at - phaseS) / 15);
    lines.push(
      `${at.toFixed(3)}\t${k}\t${(25 + 20 * uniform(3, slot, 0, 1) + noiseMs * uniform(3, slot, k, 2)).toFixed(3)}`,
    );
  }
  return lines.join("\n");
}

test("finds the second at which slots begin, whatever it is", () => {
  for (const phaseS of [0, 7, 12, 14]) {
    const record = parsePings(pings(phaseS, 10));
    assert.ok(record.ok);
    const findings = pingFindings(record.value);
    assert.equal(findings.phaseS, phaseS);
    assert.ok(quantile(findings.stepsMs, 0.5) > 3 * quantile(findings.insideMs, 0.5));
  }
});

test("what slots explain is what is left of the variance within them, however many pings a slot has", () => {
  const record = parsePings(
    pings(4, 30)
      .split("\n")
      // Every other slot has a fifth of its pings.
      .filter((_, k) => Math.floor(k / 75) % 2 === 0 || k % 5 === 0)
      .join("\n"),
  );
  assert.ok(record.ok);
  const { atMs, rttMs } = record.value;
  const rising = rttMs.toSorted();
  const ranks = Array.from(rttMs, ms => rising.indexOf(ms));
  const spread = (of: number[]) => {
    const mean = of.reduce((a, b) => a + b, 0) / of.length;
    return of.reduce((sum, rank) => sum + (rank - mean) ** 2, 0);
  };
  const { explained } = pingFindings(record.value);
  for (const phaseS of [4, 10]) {
    const slots = Map.groupBy(ranks.keys(), k => Math.floor((atMs[k]! / 1000 - phaseS) / 15));
    const within = [...slots.values()].reduce((sum, own) => sum + spread(own.map(k => ranks[k]!)), 0);
    const share = 1 - within / spread(ranks);
    assert.ok(Math.abs(explained[phaseS]! - share) < 1e-3, `${explained[phaseS]}, not ${share}`);
  }
});

test("losses in the first second of a slot are told from the others", () => {
  const phaseS = 7;
  const lines = pings(phaseS, 10).split("\n");
  const lost = (fromS: number) =>
    lines.map((line, k) => {
      const [at = ""] = line.split("\t");
      const second = (Number(at) - phaseS) % 15;
      return k % 3 === 0 && second >= fromS && second < fromS + 1 ? `${at}\t${k}\t-1` : line;
    });
  for (const [fromS, share] of [
    [0, 1],
    [5, 0],
  ] as const) {
    const record = parsePings(lost(fromS).join("\n"));
    assert.ok(record.ok);
    const findings = pingFindings(record.value);
    assert.deepEqual([findings.phaseS, findings.lostAtEdgeShare], [phaseS, share]);
  }
});

test("a negative round trip is a lost ping; other lines are refused", () => {
  const record = parsePings("1694477135.7 1 44.5\n1694477135.8 2 -1\n");
  assert.ok(record.ok);
  assert.deepEqual([...record.value.rttMs], [44.5]);
  assert.deepEqual([...record.value.lostAtMs], [1694477135800]);
  for (const text of ["", "hello", "1 2", "-5 1 20"]) assert.ok(!parsePings(text).ok, text);
});

test("Seattle, 11 September 2023: slots at :12 and quantiles as printed", {
  ...needs("measure/ping-seattle-2023-09-11.txt.gz"),
}, t => {
  const record = parsePings(recorded("measure/ping-seattle-2023-09-11.txt.gz"));
  assert.ok(record.ok);
  assert.equal(record.value.rttMs.length + record.value.lostAtMs.length, 36_000);
  assert.equal(pingFindings(record.value).phaseS, 12);
  // Printed p5/50/95/99 of the file: 23.0/42.3/86.2/117, the 913 lost pings counted as the -1 that stands for them.
  const all = [...record.value.rttMs, ...Array<number>(record.value.lostAtMs.length).fill(-1)];
  const found = [0.05, 0.5, 0.95, 0.99].map(p => quantile(all, p));
  t.diagnostic(found.join(" "));
  [23, 42.3, 86.2, 117].forEach((ms, k) => {
    assert.ok(Math.abs(found[k]! - ms) < 0.5, `${found[k]}, not ${ms}`);
  });
});
