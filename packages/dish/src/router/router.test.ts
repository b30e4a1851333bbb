// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode, encode } from "../codec/codec.ts";
import { type AnyValue, randomValue } from "../codec/testing/random-value.ts";
import type { DeviceRequest } from "../server/device.ts";
import { isRefusal } from "../server/rpc-status.ts";
import type { Asked } from "./question.ts";
import { routerRequests } from "./requests.ts";
import { goodUplink, ImaginedRouter, imaginedHome, START_MS } from "./testing/imagined-router.ts";

const answered = (Object.entries(routerRequests) as [Asked, unknown][])
  .filter(([, rule]) => typeof rule === "function")
  .map(([name]) => name);

test("every request is answered by the message that the schema pairs with it, and goes over the wire", () => {
  const paired: Partial<Record<Asked, string>> = {
    getStatus: "wifiGetStatus",
    getHistory: "wifiGetHistory",
    getDiagnostics: "wifiGetDiagnostics",
    getPersistentStats: "wifiGetPersistentStats",
    pingHost: "pingHost",
  };
  for (const name of answered) {
    if (name === "wifiSetClientGivenName") continue;
    const imagined = new ImaginedRouter().pass(120);
    const asked = name === "pingHost" ? { pingHost: { address: "192.168.100.1" } } : { [name]: {} };
    const request = name === "wifiSetup" ? { wifiSetup: { skip: true } } : asked;
    const answer = imagined.ask(request);
    assert.deepEqual(Object.keys(answer), [paired[name] ?? name]);
    const decoded = decode("SpaceX.API.Device.Response", encode("SpaceX.API.Device.Response", answer));
    assert.ok(decoded.ok, name);
    assert.deepEqual(Object.keys(decoded.value), Object.keys(answer));
  }
});

test("any request at all gets an answer or a refusal, and the answer can be written", () => {
  const imagined = new ImaginedRouter().pass(60);
  fc.assert(
    fc.property(
      randomValue("SpaceX.API.Device.Request", 4),
      fc.constantFrom("lan", "cloud"),
      (value, caller) => {
        imagined.pass(1);
        const answer = imagined.router.handle(value as AnyValue as DeviceRequest, caller);
        assert.ok(!(answer instanceof Promise));
        if (isRefusal(answer)) assert.ok(answer.grpcStatus > 0 && answer.message !== "");
        else encode("SpaceX.API.Device.Response", answer);
      },
    ),
    { numRuns: 400 },
  );
});

test("what is for a dish is unknown to a router, word for word; what is for the maker is denied", () => {
  const imagined = new ImaginedRouter();
  assert.deepEqual(imagined.refusalOf({ dishStow: {} }), { code: 12, message: "Unimplemented: <nil>" });
  assert.deepEqual(imagined.refusalOf({ id: 4n }), { code: 12, message: "Unimplemented: <nil>" });
  for (const request of [{ fuse: {} }, { initiateRemoteSsh: {} }, { signedRequest: {} }])
    assert.equal(imagined.refusalOf(request, "cloud").code, 7);
});

test("status tells of the link as the router measures it: cable, point of presence, internet", () => {
  const { status } = new ImaginedRouter().pass(400);
  assert.ok(status.dishPingLatencyMs! > 0.3 && status.dishPingLatencyMs! < 1);
  assert.ok(status.popPingLatencyMs! > 31 && status.popPingLatencyMs! < 32.1);
  assert.ok(status.pingLatencyMs! > status.popPingLatencyMs! && status.pingLatencyMs! < 36);
  assert.deepEqual([status.pingDropRate, status.popPingDropRate5m, status.dishPingDropRate5m], [0, 0, 0]);
  assert.equal(status.deviceInfo?.id, "Router-010000000000000000005678");
  assert.equal(status.dishId, "ut01000000-00000000-00001234");
  assert.equal(status.deviceState?.uptimeS, 4000n);
  assert.equal(status.dishDisablementCode, 1);
  assert.equal(status.noWanLink, false);
  assert.equal(status.utcNs, BigInt(START_MS + 400_000) * 1_000_000n);
  // RFC 6598: 100.64.0.0/10.
  const [a, b] = status.ipv4WanAddress!.split(".").map(Number);
  assert.ok(a === 100 && b! >= 64 && b! <= 127);
});

test("behind a restricted terminal the point of presence answers and the internet does not", () => {
  const imagined = new ImaginedRouter().pass(60);
  imagined.uplink = { ...goodUplink, reach: "accountAndEmergency", disablementCode: 2 };
  const { status } = imagined.pass(30);
  assert.equal(status.popPingDropRate, 0);
  assert.equal(status.pingDropRate, 1);
  assert.equal(status.dishDisablementCode, 2);
  assert.equal(imagined.ask({ wifiGuestInfo: {} }).wifiGuestInfo?.isOnline, false);
});

test("an unplugged cable shows as one, and as an event with its length", () => {
  const imagined = new ImaginedRouter().pass(300);
  imagined.uplink = { ...goodUplink, cable: false };
  const { status } = imagined.pass(45);
  assert.equal(status.noWanLink, true);
  assert.equal(status.ipv4WanAddress, "");
  assert.deepEqual([status.dishPingDropRate, status.popPingDropRate, status.pingDropRate], [1, 1, 1]);
  assert.equal(status.alerts?.highCablePingDropRate, true);
  imagined.uplink = goodUplink;
  imagined.pass(20);
  const events = imagined.ask({ getHistory: {} }).wifiGetHistory?.eventLog?.events ?? [];
  // EVENT_REASON_ROUTER_DISH_PING_DROP.
  const [drop] = events.filter(event => event.reason === 40);
  assert.equal(drop?.durationNs, 45_000_000_000n);
  assert.equal(drop?.startTimestampNs, BigInt(START_MS + 301_000) * 1_000_000n);
});

test("another point of presence gives other addresses, which are events", () => {
  const imagined = new ImaginedRouter().pass(30);
  const first = imagined.status.ipv4WanAddress;
  imagined.uplink = { ...goodUplink, pop: "southbbb1" };
  imagined.pass(30);
  const { status } = imagined;
  assert.notEqual(status.ipv4WanAddress, first);
  assert.equal(status.secsSinceLastPublicIpv4Change, 29);
  imagined.uplink = goodUplink;
  assert.equal(imagined.pass(20).status.ipv4WanAddress, first);
  const events = imagined.ask({ getHistory: {} }).wifiGetHistory?.eventLog?.events ?? [];
  assert.equal(events.filter(event => event.reason === 21).length, 2);
});

test("clients share what the link carries: bytes of all together are those of the link", () => {
  const imagined = new ImaginedRouter().pass(30);
  const before = imagined.clients;
  imagined.pass(200);
  const after = imagined.clients;
  assert.equal(after.length, 4);
  const gained = (side: "rxStats" | "txStats"): number =>
    after.reduce((sum, c) => sum + Number(c[side]?.bytes), 0) -
    before.reduce((sum, c) => sum + Number(c[side]?.bytes), 0);
  assert.ok(Math.abs(gained("txStats") - (200 * 40e6) / 8) < 10);
  assert.ok(Math.abs(gained("rxStats") - (200 * 3e6) / 8) < 10);
  // After the first minute the means of all together are what the link carries.
  const rates = after.reduce((sum, c) => sum + (c.txStats?.throughputMbpsLast15sAvg ?? 0), 0);
  assert.ok(Math.abs(rates - 40) < 0.01, `${rates}`);
  assert.ok(after.every((c, i) => c.txStats!.bytes! >= before[i]!.txStats!.bytes!));
  assert.deepEqual(
    after.map(c => [c.name, c.iface]),
    [
      ["laptop", 3],
      ["phone", 3],
      ["thermostat", 2],
      ["television", 1],
    ],
  );
  assert.equal(new Set(after.map(c => c.ipAddress)).size, 4);
  assert.ok(after.every(c => c.ipAddress!.startsWith("192.168.1.") && c.dhcpLeaseActive === true));
  const wan = imagined.ask({ getNetworkInterfaces: {} }).getNetworkInterfaces!.networkInterfaces!;
  assert.equal(wan[0]?.rxStats?.bytes, BigInt((230 * 40e6) / 8));
});

test("a reboot is silent for a while, takes home offline, and is on record", () => {
  const imagined = new ImaginedRouter().pass(60);
  assert.deepEqual(imagined.ask({ reboot: {} }), { reboot: {} });
  assert.equal(imagined.refusalOf({ getStatus: {} }).code, 14);
  assert.equal(imagined.router.carries(imagined.nowMs), false);
  imagined.pass(12);
  assert.equal(imagined.status.deviceState?.uptimeS, 2n);
  assert.deepEqual(imagined.clients, []);
  assert.equal(imagined.router.telemetry(imagined.nowMs), null);
  imagined.pass(60);
  assert.equal(imagined.router.carries(imagined.nowMs), true);
  assert.equal(imagined.clients.length, 4);
  const { deviceInfo } = imagined.status;
  assert.equal(deviceInfo?.bootcount, 13);
  // COMMAND after POWER_CYCLE.
  assert.equal(deviceInfo?.boot?.lastReason, 3);
  assert.deepEqual(
    deviceInfo?.boot?.countByReason,
    new Map([
      [2, 1],
      [3, 1],
    ]),
  );
  const { current } = imagined.ask({ getHistory: {} }).wifiGetHistory!;
  // 10 s silent, 40 s starting, the rest measured.
  assert.equal(current, 23n);
});

test("without power it answers nobody; with power it starts", () => {
  const imagined = new ImaginedRouter().pass(60);
  imagined.uplink = { ...goodUplink, powered: false };
  imagined.pass(30);
  assert.equal(imagined.refusalOf({ getStatus: {} }).code, 14);
  imagined.uplink = goodUplink;
  imagined.pass(20);
  assert.equal(imagined.clients.length, 0);
  imagined.pass(60);
  assert.equal(imagined.clients.length, 4);
  assert.equal(imagined.status.deviceInfo?.boot?.lastReason, 2);
});

test("LAN writes are refused with status 7 where they are not allowed, and the cloud writes", () => {
  const imagined = new ImaginedRouter(imaginedHome, false);
  const name = { macAddress: imagined.pass(60).clients[0]!.macAddress!, givenName: "Aino's laptop" };
  for (const request of [
    { wifiSetConfig: { wifiConfig: { applyBypassMode: true, bypassMode: true } } },
    { wifiSetClientGivenName: { clientName: name } },
    { factoryReset: {} },
    { wifiSetup: { bypass: true } },
  ])
    assert.equal(imagined.refusalOf(request).code, 7);
  assert.equal(imagined.ask({ wifiGetConfig: {} }).wifiGetConfig?.wifiConfig?.bypassMode, false);
  imagined.ask({ wifiSetClientGivenName: { clientName: name } }, "cloud");
  assert.equal(imagined.clients[0]?.givenName, "Aino's laptop");
  const [laptop] = imagined.clients;
  assert.ok((laptop?.associatedTimeS ?? 0) > 40, "naming a device stops no radio");
  imagined.router.allowLanWrites(true);
  imagined.ask({ wifiSetConfig: { wifiConfig: { applyBypassMode: true, bypassMode: true } } });
});

test("bypassed it has no home of its own, and passes everything on", () => {
  const imagined = new ImaginedRouter().pass(60);
  imagined.set({ applyBypassMode: true, bypassMode: true });
  imagined.pass(30);
  assert.deepEqual(imagined.clients, []);
  assert.equal(imagined.router.carries(imagined.nowMs), true);
  assert.equal(imagined.router.telemetry(imagined.nowMs)?.isBypassed, true);
  assert.deepEqual(imagined.status.dhcpServers, []);
  assert.deepEqual(imagined.ask({ getRadioStats: {} }).getRadioStats?.radioStats, []);
  imagined.set({ applyBypassMode: true });
  assert.equal(imagined.pass(30).clients.length, 4);
});

test("a band that is switched off loses its devices, and only those", () => {
  const imagined = new ImaginedRouter().pass(60);
  imagined.set({ applyDisable5ghz: true, disable5ghz: true });
  assert.deepEqual(
    imagined.pass(30).clients.map(c => c.name),
    ["thermostat", "television"],
  );
  assert.equal(imagined.ask({ getRadioStats: {} }).getRadioStats?.radioStats?.length, 1);
  const wireless = imagined.ask({ getNetworkInterfaces: {} }).getNetworkInterfaces!.networkInterfaces!;
  assert.deepEqual(
    wireless.map(i => [i.name, i.up]),
    [
      ["eth0", true],
      ["eth1", true],
      ["wlan0", true],
      ["wlan1", false],
      ["br-lan", true],
    ],
  );
});

test("a device is kept off while its schedule says so, by local time", () => {
  const imagined = new ImaginedRouter().pass(60);
  // Monday 14:00 to 14:05 in Finland; it is 14:01 there.
  const [startMinutes, endMinutes] = [1440 + 14 * 60, 1440 + 14 * 60 + 5];
  const blocked = [{ clientId: 2, weeklyBlockSchedules: [{ blockRanges: [{ startMinutes, endMinutes }] }] }];
  imagined.set({ applyClientConfigs: true, clientConfigs: blocked });
  imagined.pass(60);
  const phone = (): boolean | undefined => imagined.clients.find(c => c.clientId === 2)?.blocked;
  assert.equal(phone(), true);
  const { iptables } = imagined.ask({ wifiGetFirewall: {} }).wifiGetFirewall!;
  assert.equal(iptables?.match(/--mac-source (\S+) -j DROP/)?.[1], imagined.clients[1]?.macAddress);
  imagined.pass(240);
  assert.equal(phone(), false);
});

test("networks that are to be off without the internet go off with it, and come back", () => {
  const imagined = new ImaginedRouter().pass(60);
  const { networks } = imagined.ask({ wifiGetConfig: {} }).wifiGetConfig!.wifiConfig!;
  imagined.set({ applyNetworks: true, networks: [{ ...networks![0]!, disableWhenOffline: true }] });
  imagined.pass(30);
  assert.equal(imagined.clients.length, 4);
  imagined.uplink = { ...goodUplink, popDropRate: 1, popLatencyMs: null };
  imagined.pass(55);
  assert.equal(imagined.clients.length, 4);
  imagined.pass(10);
  assert.equal(imagined.clients.length, 0);
  assert.equal(imagined.status.alerts?.offlineNetworksDisabled, true);
  imagined.uplink = goodUplink;
  assert.equal(imagined.pass(20).clients.length, 4);
  assert.equal(imagined.status.alerts?.offlineNetworksDisabled, false);
});

test("factory settings wait for whoever stands before it to set it up", () => {
  const imagined = new ImaginedRouter().pass(60);
  imagined.set({ applyChannel2ghz: true, channel2ghz: 13 });
  imagined.ask({ factoryReset: {} }, "cloud");
  imagined.pass(90);
  imagined.router.allowLanWrites(false);
  assert.equal(imagined.status.alerts?.installPending, true);
  assert.notEqual(imagined.status.config?.channel2ghz, 13);
  const stats = imagined.ask({ getPersistentStats: {} }).wifiGetPersistentStats?.stats;
  assert.equal(stats?.factoryResetCommand?.count, 1);
  imagined.ask({ wifiSetup: { networkName: "Spruce", networkPassword: "eight letters" } });
  assert.equal(imagined.pass(20).status.alerts?.installPending, false);
  assert.equal(imagined.status.config?.networks?.[0]?.basicServiceSets?.[0]?.ssid, "Spruce");
  assert.equal(imagined.refusalOf({ wifiSetup: { networkName: "Larch" } }).code, 7);
});

test("asked late or every second, a router has lived the same life", () => {
  const uplink = (atMs: number) => ({
    ...goodUplink,
    popLatencyMs: 25 + ((atMs / 1000) % 40),
    downBps: atMs % 9e6,
  });
  const often = new ImaginedRouter();
  const late = new ImaginedRouter();
  often.uplink = uplink;
  late.uplink = uplink;
  for (let s = 0; s < 800; s++) often.pass(1).ask({ getStatus: {} });
  late.nowMs += 800_000;
  assert.deepEqual(late.status, often.status);
  assert.deepEqual(late.ask({ getHistory: {} }), often.ask({ getHistory: {} }));
});

test("a week of silence is caught up with a quarter of an hour of it", () => {
  const imagined = new ImaginedRouter().pass(60);
  let asked = 0;
  imagined.uplink = () => {
    asked += 1;
    return goodUplink;
  };
  imagined.nowMs += 7 * 86_400_000;
  assert.equal(imagined.status.deviceState?.uptimeS, BigInt(3660 + 7 * 86_400));
  assert.equal(asked, 900);
});
