// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkState, SlotPlan } from "@perigee/network";
import { createDevices, createWorld, type WorldTerminal } from "@perigee/world";
import { RadioSilence } from "./radio-silence.ts";

const at = (latDeg: number): WorldTerminal["track"] => ({
  waypoints: [{ atS: 0, latDeg, lonDeg: 0 }],
  afterEnd: "stay",
});
const world: readonly WorldTerminal[] = [
  { id: "one", track: at(1), off: [], clones: [{ track: at(9), off: [], hasKey: false }] },
  { id: "two", track: at(2), off: [] },
];

test("a silent terminal reports nothing, and who copied its name is heard as before", () => {
  const silence = new RadioSilence();
  const [reports, devices] = [
    silence.world(createWorld(world, 0)),
    silence.devices(createDevices(world, 0, "s")),
  ];
  const heard = (): string[] => devices.transmitting(1_000).map(({ deviceId }) => deviceId);
  assert.deepEqual(heard(), ["one/0", "one/1", "two/0"]);
  assert.ok(silence.set("one", true), "that is news");
  assert.ok(!silence.set("one", true), "and no news the second time");
  assert.deepEqual(heard(), ["one/1", "two/0"]);
  assert.deepEqual(
    reports.reportsAt(1_000).map(({ terminalId }) => terminalId),
    ["two"],
  );
  silence.set("one", false);
  assert.equal(heard().length, 3);
});

test("a plan keeps the links of whoever is heard, and names the others", () => {
  const silence = new RadioSilence();
  const link = (terminalId: string): LinkState => ({ terminalId }) as LinkState;
  const plan: SlotPlan = {
    ...{ slot: 1, fromMs: 0, untilMs: 15_000, elementsVersion: "e" },
    links: [link("one"), link("two")],
    unserved: [{ siteId: "three", reason: "noBeam" }],
  };
  assert.equal(silence.without(plan), plan, "the same object where nobody is silent");
  silence.set("two", true);
  silence.set("three", true);
  const heard = silence.without(plan);
  assert.deepEqual(
    heard.links.map(({ terminalId }) => terminalId),
    ["one"],
  );
  assert.deepEqual(heard.unserved, [
    { siteId: "three", reason: "noBeam" },
    { siteId: "two", reason: "outOfOrder" },
  ]);
});
