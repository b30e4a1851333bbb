// SPDX-License-Identifier: MIT
// Terminals in step with a world that a test moves: the demo's authority, the real network, time that stands.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { disablementCode, isRefusal, type MessageOf, outageCause, sceneNamed } from "@perigee/dish";
import { SLOT_MS, slotAt, slotStartMs } from "@perigee/network";
import { createWorld, type WorldTerminal } from "@perigee/world";
import { SimClock } from "../clock.ts";
import { defaults } from "../config.ts";
import { builtInConstellation } from "../constellation.ts";
import { Metrics } from "../metrics/metrics.ts";
import { NetworkService } from "../network-service.ts";
import { SlotLoop } from "../slot-loop.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
import { type TestAuthority, testAuthority } from "../testing.ts";
import { DishDesk } from "./dish-desk.ts";
import type { DishHost } from "./dish-host.ts";
import { hostDishes } from "./operator-dishes.ts";

let bed: TestAuthority;
let network: NetworkService;
let loop: SlotLoop;
let clock: SimClock;
let host: DishHost;
const rows: TelemetryRow[] = [];
/** How often the network was asked to follow radios. */
let followed = 0;

before(async () => {
  bed = await testAuthority();
  const { authority, scenario } = bed;
  clock = new SimClock(scenario.startMs);
  network = new NetworkService(builtInConstellation(scenario.startMs, scenario.startMs), scenario.seed);
  // The first hour: Kyiv has no power for a minute, Warsaw is too hot for one.
  const scripts: Record<string, Partial<WorldTerminal>> = {
    kyiv: { off: [{ fromS: 60, untilS: 120 }] },
    warsaw: { overheated: [{ fromS: 60, untilS: 120 }] },
  };
  const world = scenario.world.map(terminal => ({ ...terminal, ...scripts[terminal.id] }));
  loop = new SlotLoop(authority, network, network.silence.world(createWorld(world, scenario.startMs)));
  host = hostDishes({
    ...{ authority, network, world, seed: scenario.seed, startMs: scenario.startMs },
    config: defaults(""),
    nowMs: () => clock.nowMs(),
    onRadio: async () => {
      followed++;
      const slot = slotAt(clock.nowMs());
      network.recondition(slot, clock.nowMs());
    },
    onRows: slotRows => rows.push(...slotRows),
  });
});
after(() => bed[Symbol.asyncDispose]());

/** Lives up to some seconds after the scenario's start, slot by slot as a run does. */
async function until(seconds: number): Promise<void> {
  const endMs = bed.scenario.startMs + seconds * 1000;
  for (let slot = slotAt(clock.nowMs()) + 1; slotStartMs(slot) <= endMs; slot++) {
    clock.moveTo(Math.max(clock.nowMs(), slotStartMs(slot) - 1_500));
    await loop.prepare(slot, clock.nowMs());
    clock.moveTo(slotStartMs(slot));
    host.follow(clock.nowMs());
    await host.settled();
  }
  clock.moveTo(endMs);
  host.follow(endMs);
  await host.settled();
}

function status(terminalId: string): MessageOf<"SpaceX.API.Device.DishGetStatusResponse"> | null {
  const answer = host.ask(terminalId, { getStatus: {} }, "lan", "dish");
  assert.ok(answer !== null && !(answer instanceof Promise));
  return isRefusal(answer) ? null : (answer.dishGetStatus ?? null);
}

const linked = (id: string): boolean =>
  network.planOf(slotAt(clock.nowMs()))!.plan.links.some(({ terminalId }) => terminalId === id);

test("what is decided is shown: code, link, place, plan", async () => {
  await until(45);
  const { authority } = bed;
  for (const { id } of host.terminals()) {
    const shown = status(id)!;
    assert.equal(shown.disablementCode, authority.admissionOf(id)!.wireCode.number, id);
    assert.equal(shown.outage === undefined, linked(id), id);
  }
  assert.equal(status("german-train")!.mobilityClass, 2);
  assert.equal(status("warsaw")!.mobilityClass ?? 0, 0);
});

test("without power nobody answers and the network does not hear it; it starts when power returns", async () => {
  await until(61);
  assert.equal(status("kyiv"), null);
  assert.ok(!linked("kyiv"), "in the running slot");
  const hot = status("warsaw")!;
  assert.deepEqual([hot.outage?.cause, linked("warsaw")], [outageCause.THERMAL_SHUTDOWN, false]);
  assert.ok(followed >= 1);
  await until(121);
  assert.equal(status("warsaw")!.outage, undefined, "it has cooled");
  assert.ok(linked("warsaw"));
  assert.equal(status("kyiv"), null, "it restarts");
  await until(140);
  assert.equal(status("kyiv")!.outage?.cause, outageCause.BOOTING);
  await until(200);
  assert.equal(status("kyiv")!.outage, undefined);
  assert.ok(linked("kyiv"));
  assert.ok(Number(status("kyiv")!.deviceState!.uptimeS) < 80);
});

test("what a terminal does to its radio acts in the running slot, and ends in it", async () => {
  const before = followed;
  host.ask("warsaw", { dishStow: {} }, "lan", "dish");
  await host.settled();
  assert.ok(!linked("warsaw"));
  assert.ok(network.silence.has("warsaw"));
  host.ask("warsaw", { dishStow: { unstow: true } }, "lan", "dish");
  await host.settled();
  assert.ok(linked("warsaw"));
  assert.equal(followed - before, 2);
});

test("a scene shows and ends; none gives power to whoever has none", async () => {
  const desk = new DishDesk(host, new Map());
  assert.ok(await desk.setScene("warsaw", sceneNamed("blocked-area")));
  assert.equal(status("warsaw")!.disablementCode, disablementCode.BLOCKED_AREA);
  assert.equal(desk.view("warsaw")!.scene, "blocked-area");
  await desk.setScene("warsaw", sceneNamed("unplugged"));
  assert.equal(desk.view("warsaw")!.outage, "NO_ANSWER");
  assert.ok(!linked("warsaw"));
  assert.equal(await desk.setScene("nobody", null), false);
  await desk.setScene("warsaw", null);
  await until(300);
  assert.equal(status("warsaw")!.outage, undefined);
});

test("each slot leaves a row per terminal, without what a silent one could not have said", async () => {
  const last = slotAt(clock.nowMs()) - 1;
  const first = rows[0]!.slot;
  assert.equal(rows.length, (last - first + 1) * [...host.terminals()].length);
  const kyiv = rows.filter(row => row.terminal === "kyiv");
  const dark = kyiv.find(row => row.slot === slotAt(bed.scenario.startMs + 90_000))!;
  assert.deepEqual([dark.reporting, dark.satellite, dark.software, dark.uptimeS], [false, null, null, null]);
  const served = kyiv.find(row => row.slot === slotAt(bed.scenario.startMs + 45_000))!;
  assert.ok(served.reporting && served.satellite !== null && served.country === "UA");
  assert.ok(Math.abs(served.pingLatencyMs! - served.rttMs!) < 15, `${served.pingLatencyMs}, ${served.rttMs}`);
  // Bytes of slots add up to what the terminal carried, whatever happened in between.
  const carried = host.get("kyiv")!.dish.telemetry(clock.nowMs()).downBytes;
  const sum = kyiv.reduce((bytes, row) => bytes + row.downBytes, 0);
  const runningMs = clock.nowMs() - slotStartMs(last + 1);
  assert.ok(carried >= sum && runningMs < SLOT_MS && kyiv.every(row => row.downBytes >= 0));
});

test("the account's side restarts who is on the network, and nobody else", async () => {
  const desk = new DishDesk(host, new Map());
  const [router] = desk.routersOf("warsaw");
  assert.match(router!.id, /^[0-9a-f]{24}$/);
  assert.ok(desk.rebootRouter("warsaw", router!.id));
  assert.ok(!desk.rebootRouter("kyiv", router!.id), "that is another one's");
  assert.ok(desk.rebootTerminal("warsaw"));
  assert.ok(!desk.rebootTerminal("warsaw"), "it does not hear while it restarts");
});

test("metrics say what the terminal says, under exporters' names", async () => {
  const text = await new Metrics().scrape(host);
  const value = (name: string, id: string): string | undefined =>
    new RegExp(`^starlink_dish_${name}\\{terminal="${id}"[^}]*\\} (\\S+)$`, "m").exec(text)?.[1];
  const kyiv = status("kyiv")!;
  assert.equal(value("up", "kyiv"), "1");
  assert.equal(value("up", "warsaw"), "0");
  assert.equal(value("uptime_seconds", "warsaw"), undefined, "who does not answer has no figures");
  assert.equal(Number(value("pop_ping_latency_seconds", "kyiv")), kyiv.popPingLatencyMs! / 1000);
  assert.equal(Number(value("downlink_throughput_bytes", "kyiv")), (kyiv.downlinkThroughputBps ?? 0) / 8);
  assert.equal(value("disablement_code", "moscow"), String(status("moscow")!.disablementCode));
  assert.equal(value("alert_motors_stuck", "kyiv"), "0");
  assert.match(text, /^starlink_dish_info\{terminal="kyiv",device_id="ut00020900-/m);
});
