// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceFile } from "../schema/files/device.ts";
import type { DeviceRequest } from "../server/device.ts";
import { isRefusal } from "../server/rpc-status.ts";
import { dishRequests } from "./requests.ts";
import { ImaginedDish, imaginedIdentity } from "./testing/imagined-dish.ts";

const camel = (name: string): string => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const membersOf = (message: "Request" | "Response", oneof: string): string[] =>
  Object.entries(deviceFile.messages[message]).flatMap(([name, field]) =>
    (field as readonly unknown[])[2] === oneof ? [camel(name)] : [],
  );

test("the table has every request of the schema and no other", () => {
  assert.deepEqual(Object.keys(dishRequests).sort(), membersOf("Request", "request").sort());
});

test("every request is answered by a member of the response, or refused with code 3, 7, 9 or 12", () => {
  const responses = new Set(membersOf("Response", "response"));
  for (const name of Object.keys(dishRequests)) {
    const it = new ImaginedDish().pass(20);
    const answer = it.dish.handle({ [name]: {} } as DeviceRequest, "lan");
    if (isRefusal(answer)) {
      assert.ok([3, 7, 9, 12].includes(answer.grpcStatus), `${name}: ${answer.grpcStatus}`);
      assert.equal(
        typeof dishRequests[name as keyof typeof dishRequests] === "string" || name.includes("actory"),
        true,
      );
    } else {
      const members = Object.keys(answer);
      assert.ok(
        members.every(member => responses.has(member)),
        `${name}: ${members}`,
      );
      assert.equal(members.length, name === "dishPowerSave" ? 0 : 1, name);
    }
  }
});

/** Of the facts' table of requests and who calls them (§1.2): what a dish answers, and with which member. */
const called: Readonly<Record<string, string>> = {
  getStatus: "dishGetStatus",
  getHistory: "dishGetHistory",
  getDeviceInfo: "getDeviceInfo",
  getLocation: "getLocation",
  dishGetObstructionMap: "dishGetObstructionMap",
  dishClearObstructionMap: "dishClearObstructionMap",
  dishGetConfig: "dishGetConfig",
  dishSetConfig: "dishSetConfig",
  dishInhibitGps: "dishInhibitGps",
  dishStow: "dishStow",
  reboot: "reboot",
  getDiagnostics: "dishGetDiagnostics",
};

test("the requests that clients in the field send are answered by the members that they read", () => {
  for (const [request, response] of Object.entries(called)) {
    const it = new ImaginedDish().pass(20);
    assert.deepEqual(Object.keys(it.ask({ [request]: {} } as DeviceRequest)), [response]);
  }
});

test("device info is the identity", () => {
  const info = new ImaginedDish().pass(20).ask({ getDeviceInfo: {} }).getDeviceInfo?.deviceInfo;
  assert.equal(info?.id, imaginedIdentity.id);
  assert.equal(info?.hardwareVersion, imaginedIdentity.hardwareVersion);
  assert.equal(info?.countryCode, "FI");
  assert.equal(info?.utcOffsetS, 7200);
  assert.equal(info?.bootcount, 7);
});

test("ids are not given twice, and time is time", () => {
  const it = new ImaginedDish().pass(20);
  const ids = [1, 2, 3].map(() => it.ask({ getNextId: {} }).getNextId?.id);
  assert.deepEqual(ids, [1n, 2n, 3n]);
  assert.equal(it.ask({ time: {} }).time?.unixNano, BigInt(it.nowMs) * 1_000_000n);
});

test("a ping names the point of presence, and nobody where there is no link", () => {
  const it = new ImaginedDish().pass(20);
  const result = it.ask({ getPing: {} }).getPing?.results?.get("northaaa1");
  assert.deepEqual(result, {
    target: { service: "pop", location: "Northtown", address: "northaaa1" },
    dropRate: 0,
    latencyMs: 31,
  });
  it.retell({ link: null, unserved: "noBeam" });
  assert.equal(it.ask({ getPing: {} }).getPing?.results?.size, 0);
});

test("a problem that the owner reports is in the event log", () => {
  const it = new ImaginedDish().pass(20);
  it.ask({ userReportedIssue: {} });
  assert.equal(it.history.eventLog?.events?.at(-1)?.reason, 52);
});
