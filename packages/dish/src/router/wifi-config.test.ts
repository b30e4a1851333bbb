// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { randomValue } from "../codec/testing/random-value.ts";
import { fieldShapes } from "../schema/directory.ts";
import { imaginedHome, imaginedRouterIdentity } from "./testing/imagined-router.ts";
import { applyConfig, initialConfig, type WifiConfig, withoutPasswords } from "./wifi-config.ts";

const initial = initialConfig(imaginedRouterIdentity, imaginedHome, 7);
const companions = fieldShapes("SpaceX.API.Device.WifiConfig")
  .map(({ jsonName }) => jsonName)
  .filter(name => name.startsWith("apply"));

function applied(config: WifiConfig, request: WifiConfig): WifiConfig {
  const result = applyConfig(config, request);
  if (!result.ok) assert.fail(`${result.error.place}: ${result.error.message}`);
  return result.value;
}

test("every companion of the schema belongs to members of the schema", () => {
  const members = new Set(fieldShapes("SpaceX.API.Device.WifiConfig").map(({ jsonName }) => jsonName));
  assert.ok(companions.length > 50);
  for (const companion of companions) {
    const before = { ...initial, incarnation: 1n };
    const after: Readonly<Record<string, unknown>> = applied(before, {
      [companion]: true,
      ...(companion === "applyNetworks" ? { networks: initial.networks } : {}),
      ...(companion === "applyCountryCode" ? { countryCode: "SE" } : {}),
    });
    for (const name of Object.keys(after)) assert.ok(members.has(name), `${companion} made up ${name}`);
  }
});

test("a member is taken over exactly where its companion is set", () => {
  fc.assert(
    fc.property(randomValue("SpaceX.API.Device.WifiConfig", 3), fc.subarray(companions), (value, set) => {
      const flags = Object.fromEntries(companions.map(name => [name, set.includes(name)]));
      const request = { ...value, ...flags } as WifiConfig;
      const result = applyConfig(initial, request);
      if (!result.ok) return;
      const after: Readonly<Record<string, unknown>> = result.value;
      const special = new Set(["meshConfigs", "networks", "incarnation"]);
      for (const { jsonName, oneof } of fieldShapes("SpaceX.API.Device.WifiConfig")) {
        if (special.has(jsonName) || jsonName.startsWith("apply") || oneof !== null) continue;
        const companion = `apply${jsonName.charAt(0).toUpperCase()}${jsonName.slice(1)}`;
        const from: Readonly<Record<string, unknown>> = set.includes(companion) ? request : initial;
        assert.deepEqual(after[jsonName], from[jsonName], jsonName);
      }
      assert.equal(after["incarnation"], 2n);
    }),
    { numRuns: 200 },
  );
});

const bss = (password?: string, ssid = "x") => ({
  ssid,
  band: 5,
  authWpa2Wpa3: password === undefined ? {} : { password },
});
const withBss = (...sets: ReturnType<typeof bss>[]): WifiConfig => ({
  applyNetworks: true,
  networks: [{ ipv4: "192.168.1.1/24", basicServiceSets: sets }],
});

test("passwords are kept where they are left empty, and never shown", () => {
  const secret = applied(initial, withBss(bss("correct horse")));
  const renamed = applied(secret, withBss(bss(undefined, "y")));
  assert.deepEqual(renamed.networks?.[0]?.basicServiceSets?.[0], bss("correct horse", "y"));
  assert.ok(!JSON.stringify(withoutPasswords(renamed).networks).includes("horse"));
  const radius = applied(initial, {
    applyNetworks: true,
    networks: [{ ipv4: "10.0.0.1/24", basicServiceSets: [{ ssid: "x", authRadius: { password: "horse" } }] }],
  });
  assert.ok(!JSON.stringify(withoutPasswords(radius).networks).includes("horse"));
});

test("what cannot be is refused with its place, and changes nothing", () => {
  const before = structuredClone(initial);
  const cases: [WifiConfig, string][] = [
    [{ applyCountryCode: true, countryCode: "Finland" }, "countryCode"],
    [{ applyChannel2ghz: true, channel2ghz: 14 }, "channel2ghz"],
    [{ applyChannel5ghz: true, channel5ghz: 37 }, "channel5ghz"],
    [{ applyNameservers: true, nameservers: ["1.1.1.1", "dns.example"] }, "nameservers[1]"],
    [{ applyNameservers: true, nameservers: Array(5).fill("1.1.1.1") }, "nameservers"],
    [{ applyNetworks: true, networks: [] }, "networks"],
    [{ applyNetworks: true, networks: Array(9).fill({ ipv4: "10.0.0.1/24" }) }, "networks"],
    [{ applyNetworks: true, networks: [{ ipv4: "10.0.0.1" }] }, "networks[0].ipv4"],
    [withBss(bss("short")), "networks[0].basicServiceSets[0]"],
    [withBss(bss("x".repeat(64))), "networks[0].basicServiceSets[0]"],
    [withBss(bss("good enough", "")), "networks[0].basicServiceSets[0].ssid"],
    [withBss(bss("good enough", "ä".repeat(17))), "networks[0].basicServiceSets[0].ssid"],
    [withBss(...Array.from({ length: 5 }, () => bss())), "networks[0].basicServiceSets"],
    [
      {
        applyClientConfigs: true,
        clientConfigs: [{ weeklyBlockSchedules: [{ blockRanges: [{ startMinutes: 5, endMinutes: 5 }] }] }],
      },
      "clientConfigs[0].weeklyBlockSchedules[0].blockRanges[0]",
    ],
    [{ applyClientConfigs: true, clientConfigs: Array(257).fill({}) }, "clientConfigs"],
  ];
  for (const [request, place] of cases) {
    const result = applyConfig(initial, request);
    assert.ok(!result.ok, place);
    assert.equal(result.error.place, place);
    assert.ok(result.error.message.length > 10);
  }
  assert.deepEqual(initial, before);
});
