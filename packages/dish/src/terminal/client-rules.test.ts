// SPDX-License-Identifier: MIT
// What clients in the field rely on, one test per rule of the terminal API's facts (§1.4), each named after it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "../codec/codec.ts";
import { disablementCode, outageCause } from "../schema/constants.ts";
import { ImaginedDish, imaginedPorts, imaginedSlot, START_MS } from "./testing/imagined-dish.ts";

test("rule 1: outage is absent while connected, NO_SCHEDULE while searching, else the cause", () => {
  const it = new ImaginedDish().pass(20);
  assert.equal(shownCause(it), undefined);
  assert.ok(!("outage" in roundTrip(it)));
  it.retell({ link: null, unserved: "noBeam" });
  assert.equal(shownCause(it), outageCause.NO_SCHEDULE);
  it.retell({ link: null, unserved: "noSatellite" });
  assert.equal(shownCause(it), outageCause.NO_SATS);
  it.retell({});
  assert.equal(shownCause(it), undefined);
});

test("rule 2: a terminal that is disabled is still connected, with its code, and reaches only its account site", () => {
  for (const [reason, wireCode] of Object.entries(disablementCode)) {
    if (wireCode <= disablementCode.OKAY) continue;
    const it = new ImaginedDish();
    it.tell = fromMs =>
      imaginedSlot(fromMs, { admission: { wireCode, linked: true, reach: "accountAndEmergency", reason } });
    it.pass(20);
    assert.equal(it.status.outage, undefined, reason);
    assert.equal(it.status.disablementCode, wireCode);
    assert.ok((it.status.popPingLatencyMs ?? 0) > 0);
    // Its own pings and nothing of the 40 Mbit/s that its home asks for.
    assert.ok((it.status.downlinkThroughputBps ?? 0) < 10_000);
  }
});

test("rule 3: ned2dish_quaternion is present, always, and of length one", () => {
  const booting = new ImaginedDish({ startedMs: START_MS });
  for (const it of [booting, new ImaginedDish(), new ImaginedDish().pass(30)]) {
    const { qScalar = 0, qX = 0, qY = 0, qZ = 0 } = roundTrip(it).ned2dishQuaternion ?? {};
    assert.ok(Math.abs(Math.hypot(qScalar, qX, qY, qZ) - 1) < 1e-6);
  }
});

test("rule 4: history is five rings of 900 samples, the newest at (current - 1) mod 900", () => {
  const ports = {
    ...imaginedPorts,
    traffic: (atMs: number) => ({ downBps: (atMs - START_MS) / 1000, upBps: 0 }),
  };
  const it = new ImaginedDish({ ports });
  const own = 4 * 84 * 8;
  for (const [seconds, current] of [
    [0, 0],
    [1, 1],
    [899, 900],
    [1, 901],
    [1000, 1901],
  ] as const) {
    it.pass(seconds);
    const { history } = it;
    assert.equal(history.current, BigInt(current));
    for (const ring of [
      history.popPingDropRate,
      history.popPingLatencyMs,
      history.downlinkThroughputBps,
      history.uplinkThroughputBps,
      history.powerIn,
    ]) {
      assert.equal(ring?.length, 900);
    }
    if (current === 0) continue;
    const down = history.downlinkThroughputBps ?? [];
    assert.equal(down[(current - 1) % 900], own + current - 1);
    assert.equal(down[Math.max(current - 900, 0) % 900], own + Math.max(current - 900, 0));
  }
});

test("rule 4: a full history is as long on the wire as that of a real terminal, 18,128 bytes, give or take its log", () => {
  const it = new ImaginedDish().pass(1000);
  const bytes = encode("SpaceX.API.Device.Response", it.ask({ getHistory: {} })).length;
  assert.ok(Math.abs(bytes - 18_128) < 150, `${bytes} bytes`);
});

test("rule 5: outages start in nanoseconds since the GPS epoch, events and diagnostics in Unix and GPS time", () => {
  const it = new ImaginedDish().pass(20).retell({ link: null, unserved: "noBeam" });
  const startedMs = it.nowMs;
  it.pass(7);
  // GPS time as the Python of a known client turns it back: unix = gps + 315964800 - 18.
  const outage = it.history.outages?.at(-1);
  const unixNs = (outage?.startTimestampNs ?? 0n) + (315_964_800n - 18n) * 1_000_000_000n;
  assert.equal(unixNs, BigInt(startedMs) * 1_000_000n);
  assert.equal(outage?.durationNs, 7_000_000_000n);
  const event = it.history.eventLog?.events?.at(-1);
  assert.equal(event?.startTimestampNs, BigInt(startedMs) * 1_000_000n);
  assert.equal(it.history.eventLog?.currentTimestampNs, BigInt(it.nowMs) * 1_000_000n);
  const gpsTimeS = it.ask({ getDiagnostics: {} }).dishGetDiagnostics?.location?.gpsTimeS ?? 0;
  assert.equal(gpsTimeS + 315_964_800 - 18, it.nowMs / 1000);
});

test("rule 6: the obstruction map is 123 x 123, row-major, -1 without data and else 0 to 1", () => {
  const it = new ImaginedDish().pass(60);
  const map = it.ask({ dishGetObstructionMap: {} }).dishGetObstructionMap ?? {};
  assert.equal(map.numRows, 123);
  assert.equal(map.numCols, 123);
  assert.equal(map.snr?.length, 123 * 123);
  assert.ok([...(map.snr ?? [])].every(value => value === -1 || (value >= 0 && value <= 1)));
  assert.ok((map.minElevationDeg ?? 0) > 0 && (map.maxThetaDeg ?? 0) > 0 && (map.mapReferenceFrame ?? 0) > 0);
});

test("rule 7: avg_prolonged_obstruction_interval_s is NaN where there was none, and survives the wire", () => {
  const it = new ImaginedDish().pass(20);
  assert.ok(Number.isNaN(roundTrip(it).obstructionStats?.avgProlongedObstructionIntervalS));
});

test("rule 8: get_location without permission is refused with code 7, in the words of real terminals", () => {
  const it = new ImaginedDish().pass(20);
  assert.deepEqual(it.ask({ getLocation: {} }).getLocation?.lla, { lat: 60, lon: 25, alt: 12 });
  it.retell({ locationPolicy: "notEnabled" });
  const message = "GetLocation requests are not enabled on this device";
  assert.deepEqual(it.refusalOf({ getLocation: {} }), { code: 7, message });
  it.retell({ locationPolicy: "policy" });
  assert.equal(it.refusalOf({ getLocation: {} }).message, "Failed to get location: Disabled due to policy");
  assert.deepEqual(it.ask({ getDiagnostics: {} }).dishGetDiagnostics?.location, { enabled: false });
});

test("rule 9: settings are written from the local network only where the policy lets it; the cloud may", () => {
  const it = new ImaginedDish().pass(20).retell({ lanWrites: false });
  const request = { dishSetConfig: { dishConfig: { swupdateRebootHour: 5, applySwupdateRebootHour: true } } };
  assert.equal(it.refusalOf(request).code, 7);
  assert.equal(it.ask(request, "cloud").dishSetConfig?.updatedDishConfig?.swupdateRebootHour, 5);
  it.retell({ lanWrites: true });
  assert.equal(it.ask(request).dishSetConfig?.updatedDishConfig?.swupdateRebootHour, 5);
});

test("rule 10: an unknown request is UNIMPLEMENTED, and dish_get_context is refused with code 7", () => {
  const it = new ImaginedDish().pass(20);
  assert.deepEqual(it.refusalOf({}), { code: 12, message: "Unimplemented: <nil>" });
  assert.deepEqual(it.refusalOf({ wifiGetClients: {} }), { code: 12, message: "Unimplemented: <nil>" });
  assert.equal(it.refusalOf({ dishGetContext: {} }).code, 7);
});

test("rule 11: get_status has no ping drop rate; the history has it, and power", () => {
  const lossy = new ImaginedDish({
    ports: { ...imaginedPorts, ping: (_, atMs) => (atMs % 1000 === 0 ? null : 31) },
  });
  lossy.pass(20);
  assert.ok(!("popPingDropRate" in roundTrip(lossy)));
  assert.equal(lossy.history.popPingDropRate?.[3], 0.25);
  assert.equal(lossy.history.popPingLatencyMs?.[3], 31);
  assert.ok((lossy.history.powerIn?.[3] ?? 0) > 50);
});

test("rule 12: polled every second or every five or not at all, a terminal lives the same life", () => {
  const life = (everyS: number): unknown => {
    const it = new ImaginedDish();
    for (let s = 0; s < 300; s += everyS) {
      it.pass(everyS);
      void it.status;
    }
    return it.history;
  };
  assert.deepEqual(life(1), life(300));
  assert.deepEqual(life(5), life(300));
});

const shownCause = (it: ImaginedDish): number | undefined => it.status.outage?.cause;

/** What a client reads of `get_status`, through the wire. */
function roundTrip(it: ImaginedDish): ImaginedDish["status"] {
  const type = "SpaceX.API.Device.Response";
  const decoded = decode(type, encode(type, it.ask({ getStatus: {} })));
  assert.ok(decoded.ok);
  return decoded.value.dishGetStatus ?? {};
}
