// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DOWNLINK,
  downlinkChannelMbps,
  downlinkCn0DbHz,
  freeSpaceLossDb,
  MCS_TABLE,
  mcsFor,
  siteRates,
  uplinkChannelMbps,
  uplinkCn0DbHz,
} from "./link-budget.ts";
import { capGeometry } from "./visibility.ts";

const at = (elevationDeg: number, altitudeKm = 483) => ({
  elevationDeg,
  rangeKm: capGeometry(altitudeKm, elevationDeg).slantKm,
});

test("free-space loss is (4 pi d f / c)^2", () => {
  for (const [gigahertz, km] of [
    [11.7, 480],
    [14.25, 1000],
    [29.3, 2204],
  ] as const) {
    const exact = 20 * Math.log10((4 * Math.PI * km * 1e3 * gigahertz * 1e9) / 299_792_458);
    assert.ok(Math.abs(freeSpaceLossDb(gigahertz, km) - exact) < 0.01);
  }
});

test("one downlink channel peaks at the 700 Mbit/s, 2.9 bit/s/Hz, that were seen on the air", () => {
  const peak = downlinkChannelMbps(at(90));
  assert.ok(Math.abs(peak - 700) < 25, `${peak}`);
  assert.ok(Math.abs(peak / DOWNLINK.bandwidthMHz - 2.9) < 0.1);
  assert.ok(downlinkChannelMbps(at(25)) > 400);
});

test("downlink power over noise does not depend on range, by hand: -146 dBW/m2/4 kHz onto 9.2 dB/K", () => {
  // PFD over 240 MHz, times lambda^2 / 4 pi, times G/T, over k; overhead, gas 0.1 dB.
  const lambda = 299_792_458 / 11.7e9;
  const pfd = -146 + 10 * Math.log10(240e6 / 4e3);
  const expected = pfd + 10 * Math.log10(lambda ** 2 / (4 * Math.PI)) + 9.2 + 228.6 - 0.1;
  for (const rangeKm of [480, 550, 1200]) {
    assert.ok(Math.abs(downlinkCn0DbHz({ elevationDeg: 90, rangeKm }) - expected) < 0.02);
  }
  assert.ok(
    uplinkCn0DbHz({ elevationDeg: 90, rangeKm: 480 }) > uplinkCn0DbHz({ elevationDeg: 90, rangeKm: 550 }) + 1,
  );
});

test("one terminal sends some 40 Mbit/s at best: the duty of 14 % binds, as the fleet's median of 41 shows", () => {
  const { upMbps } = siteRates({ downMbps: 1000, upMbps: 1000 }, at(80), 1);
  assert.ok(Math.abs(upMbps - 40) < 2, `${upMbps}`);
});

test("rates fall with rain, with lower satellites and with sharers, and never exceed the plan", () => {
  const caps = { downMbps: 300, upMbps: 30 };
  assert.deepEqual(siteRates(caps, at(70), 1), caps);
  let last = Number.POSITIVE_INFINITY;
  for (let sharers = 1; sharers < 12; sharers++) {
    const { downMbps } = siteRates({ downMbps: 1e4, upMbps: 1e4 }, at(70), sharers);
    assert.ok(Math.abs(downMbps * sharers - downlinkChannelMbps(at(70))) < 1e-9);
    assert.ok(downMbps < last);
    last = downMbps;
  }
  for (let elevation = 26; elevation <= 90; elevation++) {
    assert.ok(downlinkChannelMbps(at(elevation)) >= downlinkChannelMbps(at(elevation - 1)));
    assert.ok(uplinkChannelMbps(at(elevation)) >= uplinkChannelMbps(at(elevation - 1)));
    assert.ok(downlinkChannelMbps({ ...at(elevation), rainDb: 4 }) <= downlinkChannelMbps(at(elevation)));
  }
  assert.equal(downlinkChannelMbps({ ...at(30), rainDb: 20 }), 0);
});

test("modulation: each entry from its own threshold on", () => {
  assert.equal(mcsFor(0.99), null);
  for (const [k, mcs] of MCS_TABLE.entries()) {
    assert.equal(mcsFor(mcs.snrDb), mcs);
    assert.equal(mcsFor(mcs.snrDb - 0.01), MCS_TABLE[k - 1] ?? null);
  }
});
