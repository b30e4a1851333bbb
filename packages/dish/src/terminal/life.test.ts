// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { bootReason, outageCause, rebootReason } from "../schema/constants.ts";
import type { Radio } from "./core.ts";
import {
  ImaginedDish,
  imaginedIdentity,
  imaginedLink,
  imaginedPorts,
  imaginedSlot,
  START_MS,
} from "./testing/imagined-dish.ts";

const causeOf = (it: ImaginedDish): string | null => {
  const cause = it.status.outage?.cause;
  return Object.entries(outageCause).find(([, number]) => number === cause)?.[0] ?? null;
};

/** Every change of the radio, as it is told. */
function heard(it: ImaginedDish): string[] {
  const changes: string[] = [];
  it.dish.changed = ({ onAir, why }: Radio) => changes.push(onAir ? "on" : `off: ${why}`);
  return changes;
}

test("a start goes from booting through the search of the sky to service, and says how long each step took", () => {
  const it = new ImaginedDish({ startedMs: START_MS });
  const changes = heard(it);
  assert.equal(causeOf(it), "BOOTING");
  assert.deepEqual(it.dish.radio(it.nowMs), { onAir: false, why: "BOOTING" });
  it.pass(20);
  assert.equal(causeOf(it), "SKY_SEARCH");
  it.pass(19.9);
  assert.equal(causeOf(it), "SKY_SEARCH");
  it.pass(0.1);
  assert.equal(causeOf(it), null);
  assert.deepEqual(changes, ["on"]);
  it.pass(61);
  const steps = it.status.initializationDurationSeconds ?? {};
  assert.deepEqual(
    [steps.rfReady, steps.gpsValid, steps.ekfConverged, steps.firstPopPing, steps.stableConnection],
    [20, 26, 40, 41, 100],
  );
  assert.equal(it.status.deviceState?.uptimeS, 101n);
  const causes = it.history.outages?.map(({ cause, durationNs }) => [cause, Number(durationNs) / 1e9]);
  assert.deepEqual(causes, [
    [outageCause.BOOTING, 20],
    [outageCause.SKY_SEARCH, 20],
  ]);
});

test("a reboot takes the terminal away at once, then it starts anew and has forgotten its history", () => {
  const it = new ImaginedDish().pass(100);
  const changes = heard(it);
  const before = it.ask({ getDeviceInfo: {} }).getDeviceInfo?.deviceInfo?.bootcount ?? 0;
  assert.deepEqual(it.ask({ reboot: {} }).reboot, {});
  assert.deepEqual(changes, ["off: restarting"]);
  assert.equal(it.refusalOf({ getStatus: {} }).code, 14);
  it.pass(10);
  assert.equal(causeOf(it), "BOOTING");
  assert.equal(it.history.current, 0n);
  it.pass(5);
  assert.equal(it.history.current, 5n);
  assert.equal(it.status.rebootReason, rebootReason.REBOOT_REASON_MANUAL);
  const { bootcount, boot } = it.status.deviceInfo ?? {};
  assert.equal(bootcount, before + 1);
  assert.equal(boot?.lastReason, bootReason.COMMAND);
  assert.equal(boot?.countByReason?.get(bootReason.COMMAND), 1);
  it.pass(35);
  assert.equal(causeOf(it), null);
  assert.deepEqual(changes, ["off: restarting", "on"]);
});

test("stowing silences it at once; one with motors needs time to lie down and to rise", () => {
  const flat = new ImaginedDish().pass(20);
  const changes = heard(flat);
  flat.ask({ dishStow: {} });
  assert.deepEqual(changes, ["off: STOWED"]);
  assert.equal(causeOf(flat), "STOWED");
  assert.equal(flat.status.stowRequested, true);
  flat.ask({ dishStow: { unstow: true } });
  assert.equal(causeOf(flat), null);

  const motors = new ImaginedDish({ identity: { ...imaginedIdentity, hasActuators: true } }).pass(20);
  motors.ask({ dishStow: {} });
  assert.equal(causeOf(motors), "ACTUATOR_ACTIVITY");
  motors.pass(20);
  assert.equal(causeOf(motors), "STOWED");
  assert.equal(motors.status.boresightElevationDeg, 0);
  motors.ask({ dishStow: { unstow: true } });
  assert.equal(causeOf(motors), "ACTUATOR_ACTIVITY");
  motors.pass(20);
  assert.equal(causeOf(motors), null);
});

test("it sleeps by its schedule, answers meanwhile, and wakes", () => {
  const it = new ImaginedDish().pass(20);
  const changes = heard(it);
  // It is 12:00; the schedule starts two minutes later.
  const powerSave = {
    powerSaveStartMinutes: 12 * 60 + 2,
    powerSaveDurationMinutes: 3,
    enablePowerSave: true,
  };
  assert.deepEqual(it.ask({ dishPowerSave: powerSave }), {});
  assert.equal(causeOf(it), null);
  it.pass(120);
  assert.equal(causeOf(it), "SLEEPING");
  assert.equal(it.status.alerts?.isPowerSaveIdle, true);
  assert.equal(it.history.powerIn?.[Number(it.history.current) - 1], 10);
  it.pass(180);
  assert.equal(causeOf(it), null);
  assert.deepEqual(changes, ["off: SLEEPING", "on"]);
  assert.equal(it.refusalOf({ dishPowerSave: { powerSaveStartMinutes: 1440 } }).code, 3);
});

test("an inhibited radio is silent, and heat and a pulled plug are too", () => {
  const it = new ImaginedDish().pass(20);
  const changes = heard(it);
  assert.equal(it.ask({ dishInhibitRf: { inhibitRf: true } }).dishInhibitRf?.inhibitRf, true);
  it.ask({ dishInhibitRf: {} });
  it.dish.sense({ boardC: 90 });
  it.dish.sense({ boardC: 60 });
  it.dish.sense({ powered: false });
  assert.equal(it.refusalOf({ getStatus: {} }).code, 14);
  it.pass(5).dish.sense({ powered: true });
  assert.equal(it.refusalOf({ getStatus: {} }).code, 14);
  it.pass(10);
  assert.equal(it.status.deviceState?.uptimeS, 0n);
  assert.equal(it.status.deviceInfo?.boot?.lastReason, bootReason.POWER_CYCLE);
  it.pass(60);
  assert.deepEqual(changes, [
    ...["off: INHIBIT_RF", "on", "off: THERMAL_SHUTDOWN", "on", "off: unplugged", "on"],
  ]);
});

test("without satellite navigation its place comes from the network, less well", () => {
  const it = new ImaginedDish().pass(20);
  const fused = it.ask({ getLocation: {} }).getLocation;
  it.ask({ dishInhibitGps: { inhibitGps: true } });
  assert.deepEqual(it.status.gpsStats?.gpsValid, false);
  assert.deepEqual(it.status.gpsStats?.inhibitGps, true);
  assert.equal(it.dish.telemetry(it.nowMs).gpsInhibited, true);
  const own = it.ask({ getLocation: {} }).getLocation;
  assert.deepEqual([fused?.source, own?.source], [6, 5]);
  assert.ok((own?.sigmaM ?? 0) > (fused?.sigmaM ?? 0));
  assert.equal(it.refusalOf({ getLocation: { source: 4 } }).code, 9);
  assert.equal(it.refusalOf({ getLocation: { source: 1 } }).code, 9);
});

test("a satellite behind a tree is an outage, shows in the map, and clearing the map is told", () => {
  const look = (_: unknown, atMs: number) => ({
    azimuthDeg: 90,
    elevationDeg: 30 + (((atMs - START_MS) / 1000) % 60),
  });
  const it = new ImaginedDish({ ports: { ...imaginedPorts, look, skyMask: () => 45 } }).pass(10);
  assert.equal(causeOf(it), "OBSTRUCTED");
  it.pass(10);
  assert.equal(causeOf(it), null);
  assert.equal(it.history.outages?.[0]?.durationNs, 15_000_000_000n);
  const { obstructionStats } = it.status;
  assert.equal(obstructionStats?.timeObstructed, 15 / 20);
  assert.equal(obstructionStats?.avgProlongedObstructionDurationS, 15);
  it.ask({ dishClearObstructionMap: {} });
  assert.equal(it.status.obstructionStats?.validS, 0);
  assert.equal(it.status.alerts?.obstructionMapReset, true);
});

test("new software takes over at its owner's hour, local time", () => {
  const it = new ImaginedDish().pass(20);
  it.dish.sense({ pendingSoftware: "2026.09.02.mr60001" });
  // 12:00:32 UTC is 14:00:32 at +2 h; a restart at 15:00 is 59 min 28 s away.
  const hour = { dishSetConfig: { dishConfig: { swupdateRebootHour: 15, applySwupdateRebootHour: true } } };
  it.ask(hour);
  assert.equal(it.status.secondsUntilSwupdateRebootPossible, 59 * 60 + 28);
  it.pass(59 * 60 + 28);
  assert.equal(it.status.deviceInfo?.softwareVersion, imaginedIdentity.softwareVersion);
  it.pass(1);
  assert.equal(it.refusalOf({ getStatus: {} }).code, 14);
  it.pass(60);
  assert.equal(it.status.deviceInfo?.softwareVersion, "2026.09.02.mr60001");
  assert.equal(it.status.rebootReason, rebootReason.REBOOT_REASON_SWUPDATE_SCHEDULED);
  assert.deepEqual(it.status.alerts, {});
});

test("a factory reset is the cloud's to order, and forgets the owner's settings", () => {
  const it = new ImaginedDish().pass(20);
  it.ask({ dishSetConfig: { dishConfig: { snowMeltMode: 2, applySnowMeltMode: true } } });
  assert.equal(it.refusalOf({ dishFactoryReset: {} }).code, 7);
  it.ask({ dishFactoryReset: {} }, "cloud");
  it.pass(60);
  assert.equal(it.ask({ dishGetConfig: {} }).dishGetConfig?.dishConfig?.snowMeltMode, 0);
});

test("no link without admission's word that it may have one, whatever the network offers", () => {
  const it = new ImaginedDish();
  it.tell = fromMs =>
    imaginedSlot(fromMs, {
      admission: { wireCode: 6, linked: false, reach: "nothing", reason: "AREA_NOT_LICENSED" },
    });
  it.pass(20);
  assert.equal(causeOf(it), "NO_SCHEDULE");
  assert.equal(it.status.disablementCode, 6);
  assert.equal(it.status.downlinkThroughputBps, 0);
});

test("word of a slot may come three seconds late without an outage; later, the schedule is over", () => {
  const it = new ImaginedDish().pass(10);
  it.tell = null;
  it.pass(7.9);
  assert.equal(causeOf(it), null);
  it.pass(0.1);
  assert.equal(causeOf(it), "NO_SCHEDULE");
});

test("what is said of the running slot again holds from then on, not before", () => {
  const it = new ImaginedDish().pass(5);
  // Nobody asks in these five seconds.
  it.nowMs += 5000;
  it.retell({ link: null, unserved: "noBeam" }).pass(2);
  assert.deepEqual([...(it.history.popPingDropRate ?? [])].slice(0, 12), [...Array(10).fill(0), 1, 1]);
  assert.equal(it.history.outages?.[0]?.durationNs, 2_000_000_000n);
});

test("asking in the middle of a second neither doubles nor turns back an outage", () => {
  const it = new ImaginedDish({ startedMs: START_MS + 100 }).pass(20.3);
  assert.equal(causeOf(it), "SKY_SEARCH");
  it.pass(1.1);
  assert.deepEqual(
    it.history.outages?.map(({ cause, durationNs }) => [cause, Number(durationNs) / 1e6]),
    [
      [outageCause.BOOTING, 20_200],
      [outageCause.SKY_SEARCH, 1100],
    ],
  );
});

test("a handover through an outage is told as a switch", () => {
  const it = new ImaginedDish().pass(10);
  it.retell({ link: null, unserved: "noBeam" }).pass(3);
  const other = imaginedLink(START_MS, {
    satellite: { index: 8, catalogNumber: 99_008, name: "IMAGINED-8" },
  });
  it.retell({ link: other }).pass(1);
  assert.deepEqual(
    it.history.outages?.map(({ didSwitch }) => didSwitch),
    [true],
  );
});

test("a long silence is caught up in bounded time, and the seconds are counted", () => {
  let pings = 0;
  const ping = (): number => {
    pings += 1;
    return 30;
  };
  const it = new ImaginedDish({ ports: { ...imaginedPorts, ping } }).pass(10);
  it.tell = null;
  it.nowMs += 30 * 86_400_000;
  assert.equal(causeOf(it), "NO_SCHEDULE");
  assert.equal(it.history.current, BigInt(10 + 30 * 86_400));
  assert.ok(pings <= 4 * 20);
  // The outage began when the schedule ended, not when somebody asked.
  assert.equal(it.history.outages?.at(-1)?.durationNs, BigInt(30 * 86_400 - 8) * 1_000_000_000n);
});

test("telemetry is of the last 15 s, and its byte counts never fall", () => {
  const it = new ImaginedDish().pass(30);
  const first = it.dish.telemetry(it.nowMs);
  const own = 4 * 84 * 8;
  assert.equal(first.downBps, 40e6 + own);
  assert.equal(first.downBytes, (30 * (40e6 + own)) / 8);
  assert.equal(first.pingLatencyMs, 31);
  assert.equal(first.uptimeS, 3630);
  assert.ok(first.signalQuality > 0.9);
  it.ask({ reboot: {} });
  it.pass(60);
  assert.ok(it.dish.telemetry(it.nowMs).downBytes >= first.downBytes);
});

test("a clock that is put back stands still for the terminal", () => {
  const it = new ImaginedDish().pass(30);
  const before = it.history;
  it.nowMs -= 20_000;
  assert.deepEqual(it.history, before);
});
