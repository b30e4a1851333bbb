// SPDX-License-Identifier: MIT
// `perigee dish`: a terminal without an operator, as a tool's author starts it.
import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { disablementCode } from "@perigee/dish";
import type { DishView, SceneView } from "@perigee/operator/contract";
import { askDevice, statusOf } from "./dish-client.ts";
import { type DishProcess, startDish } from "./dish-process.ts";

const put = (process: DishProcess, terminal: string, scene: string, headers = {}): Promise<Response> =>
  fetch(`${process.admin}/v1/terminals/${terminal}/scene`, {
    method: "PUT",
    headers: { "content-type": "application/json", "x-perigee-client": "e2e", ...headers },
    body: JSON.stringify({ scene }),
  });

test("a terminal without an operator: connected with a past, and a script leads it through every scene", async () => {
  await using process = await startDish("--port", "0", "--terminals", "2");
  const [first, second] = process.dishes as [DishView, DishView];
  assert.equal((await statusOf(first.grpcWeb)).outage, undefined);
  const { dishGetHistory: history } = await askDevice(first.grpcWeb, { getHistory: {} });
  assert.equal(history?.popPingLatencyMs?.length, 900);
  const answered = Array.from(history!.popPingLatencyMs!).filter(ms => ms > 15 && ms < 150).length;
  assert.ok(answered > 850, `${answered} of 900 seconds have a latency`);
  const { dishGetObstructionMap: map } = await askDevice(first.grpcWeb, { dishGetObstructionMap: {} });
  assert.deepEqual([map?.numRows, map?.numCols, map?.snr?.length], [123, 123, 123 * 123]);
  // The router's name is answered at the dish too, and the other terminal's is not.
  const asked = await askDevice(first.grpcWeb, { targetId: first.routerId, getStatus: {} });
  assert.equal(asked.wifiGetStatus?.deviceInfo?.id, first.routerId);
  await assert.rejects(askDevice(first.grpcWeb, { targetId: second.id, getStatus: {} }));

  const scenes = (await (await fetch(`${process.admin}/v1/scenes`)).json()) as SceneView[];
  const codes = new Set<number>();
  for (const { name } of scenes) {
    const response = await put(process, first.terminalId, name);
    assert.equal(response.status, 200, name);
    const view = (await response.json()) as DishView;
    assert.equal(view.scene, name);
    if (view.outage !== "NO_ANSWER") codes.add((await statusOf(first.grpcWeb)).disablementCode ?? 0);
  }
  // Every code that is in use: 5 and 9 are retired.
  assert.deepEqual(
    [...codes].sort((a, b) => a - b),
    Object.values(disablementCode).sort((a, b) => a - b),
  );
  assert.equal((await statusOf(second.grpcWeb)).outage, undefined, "its neighbour was left alone");
  const stranger = await put(process, first.terminalId, "okay", { origin: "http://example.com" });
  assert.equal(stranger.status, 403, "pages of other origins set no scenes");
  assert.equal((await put(process, "nobody", "okay")).status, 404);
});

test("it says what is wrong with its words", async () => {
  await assert.rejects(
    startDish("--scene", "rain-of-frogs"),
    /no scene "rain-of-frogs".*--list-scenes.*SCENE_UNKNOWN/s,
  );
  await assert.rejects(startDish("--port", "70000"), /port/);
  await assert.rejects(startDish("--location", "perhaps"), /--location takes allowed, notEnabled, policy/);
  await using process = await startDish("--port", "0");
  const taken = process.dishes[0]!.grpc.split(":")[1]!;
  await assert.rejects(startDish("--port", taken), new RegExp(`${taken}`));
});

const mayAddAddresses = process.platform === "linux" && process.getuid?.() === 0;

test("an address that is not this machine's is added while it runs, and gone afterwards", {
  skip: mayAddAddresses ? false : "only root on Linux may add addresses",
}, async () => {
  // RFC 5737: nobody's.
  const address = "198.51.100.201";
  const isHere = (): boolean =>
    Object.values(networkInterfaces()).some(list => list?.some(entry => entry.address === address));
  assert.ok(!isHere());
  {
    await using process = await startDish("--address", address);
    assert.equal(process.dishes[0]!.grpc, `${address}:9200`);
    assert.ok(isHere());
    assert.equal((await statusOf(`${address}:9201`)).deviceInfo?.id, process.dishes[0]!.id);
  }
  assert.ok(!isHere());
});
