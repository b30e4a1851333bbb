// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LossRecord } from "./loss-record.ts";
import { OUTAGE_LENGTHS, PingRecord } from "./ping-record.ts";

interface Second {
  readonly drop: number;
  readonly latencyMs: number | null;
}

/** Some seconds of a link that is good, bad or gone, for random lengths. */
const life = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.constantFrom("good", "bad", "gone")), {
    minLength: 1,
    maxLength: 25,
  })
  .map(spells =>
    spells.flatMap(([length, kind]) =>
      Array.from({ length }, (_, i): Second => {
        if (kind === "gone") return { drop: 1, latencyMs: null };
        return { drop: kind === "bad" && i % 3 === 0 ? 0.5 : 0, latencyMs: 20 + ((i * 7) % 13) };
      }),
    ),
  );

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-3, `${a} is not ${b}`);

test("pings over any life: what is kept agrees with what a full list says", () => {
  fc.assert(
    fc.property(life, seconds => {
      const record = new PingRecord();
      for (const { drop, latencyMs } of seconds) record.push(drop, latencyMs);
      assert.equal(record.seconds, seconds.length);

      for (const span of [1, 15, 300, 900]) {
        const last = seconds.slice(-span);
        const answered = last.flatMap(s => s.latencyMs ?? []);
        close(record.over(span).dropRate, mean(last.map(s => s.drop)));
        if (answered.length === 0) assert.equal(record.over(span).latencyMs, null);
        else {
          close(record.over(span).latencyMs!, mean(answered));
          close(record.deviationMs(span), Math.sqrt(mean(answered.map(l => (l - mean(answered)) ** 2))));
        }
      }
      // By five minutes: the newest twelve buckets, of which the last may have just begun.
      const buckets = Math.ceil(seconds.length / 300);
      const hour = seconds.slice(Math.max(0, (buckets - 12) * 300));
      close(record.over(3600).dropRate, mean(hour.map(s => s.drop)));
      const day = seconds.slice(Math.max(0, (buckets - 288) * 300));
      close(record.over(86_400).latencyMs ?? 0, mean(day.flatMap(s => s.latencyMs ?? [])));

      const lastGood = seconds.findLastIndex(s => s.latencyMs !== null);
      assert.equal(record.secondsSinceSuccess, seconds.length - 1 - lastGood);
      for (const length of OUTAGE_LENGTHS) {
        let last: number | null = null;
        for (let end = length; end <= seconds.length; end++)
          if (seconds.slice(end - length, end).every(s => s.latencyMs === null)) last = seconds.length - end;
        assert.equal(record.secondsSinceOutage(length), last);
      }
    }),
    { numRuns: 25 },
  );
});

test("hours without an outage are counted by the hour in which it went on", () => {
  const record = new PingRecord();
  const pass = (seconds: number, latencyMs: number | null): void => {
    for (let i = 0; i < seconds; i++) record.push(latencyMs === null ? 1 : 0, latencyMs);
  };
  pass(3600, 25);
  pass(3, null);
  pass(3597 + 3600, 25);
  assert.deepEqual(
    [1, 2, 5].map(l => record.happyHours(l as 1 | 2 | 5)),
    [2, 2, 3],
  );
  // A day later only happy ones are left.
  pass(24 * 3600, 25);
  assert.deepEqual(
    [1, 5].map(l => record.happyHours(l as 1 | 5)),
    [24, 24],
  );
  assert.equal(record.secondsSinceOutage(2), 3597 + 25 * 3600);
  // What is a day old makes room.
  pass(3600, 50);
  assert.deepEqual(record.over(3600), { dropRate: 0, latencyMs: 50 });
  close(record.over(86_400).latencyMs ?? 0, (23 * 25 + 50) / 24);
});

test("the ring of seconds is newest at (seconds - 1) mod 900", () => {
  const record = new PingRecord();
  for (let i = 1; i <= 2000; i++) record.push(0, i);
  assert.equal(record.latencyMs[(2000 - 1) % 900], 2000);
  assert.equal(record.latencyMs[2000 % 900], 2000 - 899);
});

test("seconds that nobody sampled count as time, not as pings", () => {
  const record = new PingRecord();
  for (let i = 0; i < 400; i++) record.push(1, null);
  record.skip(50_000);
  for (let i = 0; i < 900; i++) record.push(0, 30);
  assert.equal(record.seconds, 51_300);
  assert.deepEqual(record.over(900), { dropRate: 0, latencyMs: 30 });
  assert.deepEqual(record.over(3600), { dropRate: 0, latencyMs: 30 });
  close(record.over(86_400).dropRate, 400 / 1300);
});

test("losses over any life, with gaps: quarters and the last five minutes agree with a full list", () => {
  fc.assert(
    fc.property(life, seconds => {
      const record = new LossRecord(240);
      for (const { drop } of seconds) record.push(drop);
      const quarters = Math.floor(seconds.length / 15);
      assert.equal(record.quarters, quarters);
      for (let q = Math.max(0, quarters - 240); q < quarters; q++)
        close(record.dropRate[q % 240]!, mean(seconds.slice(q * 15, q * 15 + 15).map(s => s.drop)));
      close(record.recent, mean(seconds.slice(Math.max(0, quarters - 20) * 15).map(s => s.drop)));
    }),
    { numRuns: 40 },
  );
  const record = new LossRecord();
  for (let i = 0; i < 300; i++) record.push(1);
  record.skip(150);
  assert.equal(record.quarters, 30);
  assert.equal(record.recent, 0.5);
});
