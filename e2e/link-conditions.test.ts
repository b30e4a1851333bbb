// SPDX-License-Identifier: MIT
// Delay, rate and loss of links changed by hand while traffic runs: what a program behind the terminal measures follows.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import type { Link, LinkCondition } from "@perigee/operator/contract";
import { type Exchange, exchangeThrough, median } from "./exchanges.ts";
import { eventually, OperatorProcess, root } from "./operator-process.ts";
import { type Origin, startOrigin } from "./origin-server.ts";
import { SocksRefused, socksConnect } from "./socks-client.ts";

const TERMINAL = "warsaw";
/** Speed of light in vacuum, km/ms. */
const LIGHT = 299.792458;

/** The command line, as a person uses it beside the operator. */
async function perigee(operator: OperatorProcess, ...words: string[]): Promise<string> {
  const main = join(root, "packages/cli/src/main.ts");
  return (await promisify(execFile)(process.execPath, [main, ...words, "--url", operator.url])).stdout;
}

const set = async (operator: OperatorProcess, ...conditions: object[]): Promise<void> => {
  const { status, body } = await operator.post("/v1/faults/links", { conditions });
  assert.equal(status, 201, JSON.stringify(body));
};

/** Waits until a slot has that much time left, so that what follows is all in one slot and behind its gap. */
async function roomInSlot(operator: OperatorProcess, ms: number): Promise<Link> {
  return await eventually("a slot with room", 40_000, async () => {
    const link = await operator.link(TERMINAL).catch(() => null);
    if (link === null) return null;
    const sinceMs = Date.now() - Date.parse(link.from);
    return sinceMs > 1_500 && Date.parse(link.until) - Date.now() > ms && link;
  });
}

async function exchanges(operator: OperatorProcess, origin: Origin, count: number, spreadMs: number) {
  const links = new Map<number, Link>();
  const all = await exchangeThrough(operator, TERMINAL, origin.echoPort, { count, spreadMs }, links);
  return { links, judged: all.filter(e => e.plannedMs !== null && !e.inGap) };
}

const medianOff = (judged: readonly Exchange[]): number =>
  median(judged.map(({ measuredMs, plannedMs }) => measuredMs - plannedMs!));

/** Mbit/s that arrive during a time, of a download that runs. */
async function rateOf(received: () => number, ms: number): Promise<number> {
  const [bytes, startedMs] = [received(), performance.now()];
  await new Promise(done => setTimeout(done, ms));
  return ((received() - bytes) * 8) / 1000 / (performance.now() - startedMs);
}

test("conditions on links are felt at once by traffic, and end when they should", async () => {
  await using operator = await OperatorProcess.start({ faults: true });
  await using origin = await startOrigin();

  // Delay: 20 ms more each way are 40 ms more of round trip.
  const before = await exchanges(operator, origin, 80, 8_000);
  const said = await perigee(
    operator,
    "link",
    "set",
    `terminal:${TERMINAL}`,
    "--delay",
    "20ms",
    "--for",
    "5min",
  );
  assert.match(said, /terminal:warsaw +\+20 ms/);
  const after = await exchanges(operator, origin, 80, 8_000);
  for (const link of after.links.values()) {
    const [up] = link.hops;
    assert.ok(Math.abs(up!.delayMs - up!.lengthKm / LIGHT - 20) < 1e-6, "the plan says so");
  }
  const drift = medianOff(after.judged) - medianOff(before.judged);
  assert.ok(Math.abs(drift) < 3, `measured minus planned moved by ${drift.toFixed(2)} ms`);
  for (const { measuredMs, slot } of after.judged) {
    const link = after.links.get(slot!)!;
    assert.ok(measuredMs >= 2 * Math.min(...link.oneWayMs) + link.fixedMs - 0.5, `${measuredMs} ms`);
  }
  const gained = median(after.judged.map(e => e.measuredMs)) - median(before.judged.map(e => e.measuredMs));
  assert.match(await perigee(operator, "link", "clear", "--all"), /^1 removed/);
  assert.deepEqual(await operator.get("/v1/faults/links"), []);

  // Rate: a download that runs is slowed to half, inside one slot.
  const link = await roomInSlot(operator, 8_000);
  const socket = await socksConnect(await operator.proxyPort(TERMINAL), "127.0.0.1", origin.httpPort);
  let received = 0;
  socket.on("data", chunk => {
    received += chunk.length;
  });
  socket.on("error", () => undefined);
  socket.write("GET /bytes/900000000 HTTP/1.1\r\nhost: origin\r\n\r\n");
  await eventually("the download runs", 5_000, async () => received > 1_000_000);
  const full = await rateOf(() => received, 1_500);
  await set(operator, { on: `terminal:${TERMINAL}`, downFactor: 0.5, forS: 4 });
  // What was on its way comes at the old rate: a round trip and a short queue.
  await new Promise(done => setTimeout(done, 300));
  const half = await rateOf(() => received, 1_500);
  socket.destroy();
  assert.ok(
    Math.abs(full / link.downMbps - 1) < 0.15,
    `${full.toFixed(0)} of ${link.downMbps.toFixed(0)} Mbit/s`,
  );
  assert.ok(Math.abs(half / full - 0.5) < 0.08, `${half.toFixed(1)} after ${full.toFixed(1)} Mbit/s`);
  await eventually(
    "the condition ends by itself",
    6_000,
    async () => (await operator.get<LinkCondition[]>("/v1/faults/links")).length === 0,
  );
  assert.ok((await operator.link(TERMINAL)).downMbps > 0.6 * link.downMbps);

  // Loss: of a stream nothing is missing, but what was lost comes a round trip later.
  await set(operator, { on: `terminal:${TERMINAL}`, loss: 0.3 });
  const lossy = await exchanges(operator, origin, 120, 14_000);
  const late = lossy.judged.filter(({ measuredMs, plannedMs }) => measuredMs > 1.6 * plannedMs!).length;
  const share = late / lossy.judged.length;
  // Each way loses 0.3: of round trips 1 - 0.7 ^ 2 = 0.51, give or take three standard deviations of 80.
  assert.ok(Math.abs(share - 0.51) < 0.17, `${late} of ${lossy.judged.length} late`);

  // Off: no new connection, open ones wait, and all goes on afterwards.
  await roomInSlot(operator, 8_000);
  const port = await operator.proxyPort(TERMINAL);
  const open = await socksConnect(port, "127.0.0.1", origin.echoPort);
  await set(operator, { on: `terminal:${TERMINAL}`, off: true, forS: 3 });
  await assert.rejects(
    socksConnect(port, "127.0.0.1", origin.echoPort),
    (error: unknown) => error instanceof SocksRefused && error.reply === 3,
  );
  let echoedAtMs = 0;
  open.on("data", () => {
    echoedAtMs = performance.now();
  });
  const sentMs = performance.now();
  open.write("are you there?");
  await eventually("the open stream goes on", 6_000, async () => echoedAtMs > 0);
  assert.ok(echoedAtMs - sentMs > 2_000, `it waited ${(echoedAtMs - sentMs).toFixed(0)} ms`);
  open.destroy();

  // A satellite out of order: another one serves, in the same slot.
  const served = await roomInSlot(operator, 6_000);
  await set(operator, { on: `satellite:${served.satellite.catalogNumber}`, off: true });
  const moved = await operator.link(TERMINAL);
  assert.equal(moved.slot, served.slot);
  assert.notEqual(moved.satellite.catalogNumber, served.satellite.catalogNumber);
  const again = await exchanges(operator, origin, 20, 2_000);
  assert.ok(again.judged.length > 5);
  console.log(
    `delay: +${gained.toFixed(1)} ms of round trip, off the plan by ${drift.toFixed(2)} ms;`,
    `rate: ${full.toFixed(1)}, then ${half.toFixed(1)} Mbit/s; loss: ${(100 * share).toFixed(0)} % late;`,
    `${served.satellite.name} out, ${moved.satellite.name} serves`,
  );
});

test("without --faults nobody changes links", async () => {
  await using operator = await OperatorProcess.start();
  const { status } = await operator.post("/v1/faults/links", {
    conditions: [{ on: "terminal:kyiv", loss: 1 }],
  });
  assert.equal(status, 404);
});
