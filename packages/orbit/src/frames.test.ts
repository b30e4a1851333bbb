// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { gmstRad, temeToEcef } from "./frames.ts";

const close = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} within ${tolerance}`);

test("sidereal time: Vallado (2013), example 3-5", () => {
  // The book works from one Julian date, which resolves 40 us: 1.7e-7 degrees of the Earth's turn.
  close((gmstRad(Date.UTC(1992, 7, 20, 12, 14)) * 180) / Math.PI, 152.57878781, 1.7e-7);
});

test("sidereal time at midnight agrees with the published form for 0h UT1", () => {
  // Aoki et al. (1982), eq. 13: seconds at 0h UT1, T in Julian centuries from J2000 to that midnight.
  for (const atMs of [Date.UTC(1984, 0, 1), Date.UTC(2000, 0, 1), Date.UTC(2026, 4, 21)]) {
    const t = (atMs - Date.UTC(2000, 0, 1, 12)) / 86_400_000 / 36_525;
    const seconds = 24_110.54841 + 8_640_184.812866 * t + 0.093104 * t ** 2 - 6.2e-6 * t ** 3;
    close((gmstRad(atMs) * 43_200) / Math.PI, ((seconds % 86_400) + 86_400) % 86_400, 1e-5);
  }
});

test("TEME to Earth-fixed: the worked example of AIAA 2006-6753, appendix C", () => {
  // 2004-04-06 07:51:28.386009 UTC with UT1 - UTC = -0.439961 s; the pseudo Earth-fixed state, before polar motion.
  const gmst = gmstRad(Date.UTC(2004, 3, 6, 7, 51, 28) + 386.009 - 439.961);
  const state = temeToEcef(
    5094.1801621,
    6127.6446595,
    6380.3445327,
    -4.746131487,
    0.785818041,
    5.531931288,
    gmst,
  );
  close(state.xKm, -1033.4750313, 1e-5);
  close(state.yKm, 7901.3055856, 1e-5);
  close(state.zKm, 6380.3445327, 1e-7);
  close(state.vxKmS, -3.225632747, 1e-8);
  close(state.vyKmS, -2.872442511, 1e-8);
  close(state.vzKmS, 5.531931288, 1e-9);
});
