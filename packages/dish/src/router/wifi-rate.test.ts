// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { signalAtDbm, wifiRate } from "./wifi-rate.ts";

// Published tables of 802.11ax rates, two streams, guard 0.8 µs, Mbit/s.
const at20 = [17.2, 34.4, 51.6, 68.8, 103.2, 137.6, 154.9, 172.1, 206.5, 229.4, 258.1, 286.8];
const at80 = [72.1, 144.1, 216.2, 288.2, 432.4, 576.5, 648.5, 720.6, 864.7, 960.8, 1080.9, 1201];

test("rates are those of the published tables, each reached as the signal grows", () => {
  for (const [width, table] of [
    [20, at20],
    [80, at80],
  ] as const) {
    const seen = new Map<number, number>();
    for (let signal = -100; signal <= -30; signal += 0.5) {
      const rate = wifiRate(signal, width);
      if (rate !== null) seen.set(rate.mcs, rate.rateMbps);
    }
    assert.deepEqual([...seen.keys()], [...table.keys()]);
    for (const [mcs, rate] of seen)
      assert.ok(Math.abs(rate - table[mcs]!) < 0.06, `${width} MHz, MCS ${mcs}`);
  }
});

test("the weakest signal that works is -82 dBm at 20 MHz and -76 at 80", () => {
  assert.equal(wifiRate(-82, 20)?.mcs, 0);
  assert.equal(wifiRate(-82.1, 20), null);
  assert.equal(wifiRate(-76, 80)?.mcs, 0);
  assert.equal(wifiRate(-76.1, 80), null);
});

test("a signal falls by 30 dB from one metre to ten", () => {
  for (const band of ["2.4GHz", "5GHz"] as const)
    assert.ok(Math.abs(signalAtDbm(1, band) - signalAtDbm(10, band) - 30) < 1e-9);
});
