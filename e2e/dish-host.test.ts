// SPDX-License-Identifier: MIT
// A running operator's terminals at their own local APIs: what the authority and the network decide shows there, and what
// an owner does to the terminal is felt in the network at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { disablementCode, outageCause } from "@perigee/dish";
import type { DishView } from "@perigee/operator/contract";
import { askDevice, RpcFailed, statusOf } from "./dish-client.ts";
import { eventually, OperatorProcess } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { SocksRefused, socksConnect } from "./socks-client.ts";

const dishOf = (operator: OperatorProcess, id: string): Promise<DishView> =>
  operator.get<DishView>(`/v1/terminals/${id}/dish`);

test("terminals show what is decided about them, and what their owners do to them acts on the network", async () => {
  await using operator = await OperatorProcess.start({ faults: true });
  await using origin = await startOrigin();
  const dishes = await operator.get<DishView[]>("/v1/dishes");
  assert.equal(dishes.length, 22);
  assert.equal(new Set(dishes.flatMap(d => [d.grpc, d.grpcWeb, d.routerGrpc, d.routerGrpcWeb])).size, 22 * 4);

  // A terminal in service: connected, with the latency of its link.
  const warsaw = await dishOf(operator, "warsaw");
  const link = await operator.link("warsaw");
  const status = await eventually("warsaw has pinged", 10_000, async () => {
    const shown = await statusOf(warsaw.grpcWeb);
    return shown.outage === undefined && (shown.popPingLatencyMs ?? 0) > 0 && shown;
  });
  assert.equal(status.deviceInfo?.id, warsaw.id);
  assert.equal(status.disablementCode, disablementCode.OKAY);
  // Four pings' mean against the least that light and frames allow, and far less than two medians.
  assert.ok(status.popPingLatencyMs! > Math.min(...link.oneWayMs) * 2, `${status.popPingLatencyMs} ms`);
  assert.ok(status.popPingLatencyMs! < link.rttMs.median + 25, `${status.popPingLatencyMs} ms`);
  const router = await askDevice(warsaw.routerGrpcWeb, { getStatus: {} });
  assert.equal(router.wifiGetStatus?.deviceInfo?.id, warsaw.routerId);

  // An order shows at the very next request.
  const ground = "The story wants to see the code at the terminal itself.";
  await operator.order({ kind: "suspend", terminalId: "warsaw", ground, hours: 2 });
  const suspended = await statusOf(warsaw.grpcWeb);
  assert.equal(suspended.disablementCode, disablementCode.ACCOUNT_DISABLED);
  assert.equal(suspended.outage, undefined, "a restricted terminal keeps its link");
  await operator.order({ kind: "restore", terminalId: "warsaw", ground: "The story has seen the code." });
  assert.equal((await statusOf(warsaw.grpcWeb)).disablementCode, disablementCode.OKAY);

  // Denied: searching, with the code that says why.
  const moscow = await statusOf((await dishOf(operator, "moscow")).grpcWeb);
  assert.deepEqual(
    [moscow.disablementCode, moscow.outage?.cause],
    [disablementCode.BLOCKED_COUNTRY, outageCause.NO_SCHEDULE],
  );

  // Stowed by its owner: no link at once, nothing gets through; unstowed, the same slot serves it again.
  const proxy = await operator.proxyPort("warsaw");
  (await socksConnect(proxy, "127.0.0.1", origin.echoPort)).destroy();
  await askDevice(warsaw.grpcWeb, { dishStow: {} });
  await eventually(
    "the network has let go of it",
    2_000,
    async () => (await operator.terminal("warsaw")).link === null,
  );
  await assert.rejects(
    socksConnect(proxy, "127.0.0.1", origin.echoPort),
    (error: unknown) => error instanceof SocksRefused && error.reply === 3,
  );
  assert.equal((await statusOf(warsaw.grpcWeb)).outage?.cause, outageCause.STOWED);
  await askDevice(warsaw.grpcWeb, { dishStow: { unstow: true } });
  await eventually(
    "it is linked again",
    2_000,
    async () => (await operator.terminal("warsaw")).link !== null,
  );
  await eventually("and connected", 3_000, async () => (await statusOf(warsaw.grpcWeb)).outage === undefined);

  // Restarted: it answers nobody, then boots.
  await askDevice(warsaw.grpcWeb, { reboot: {} });
  await assert.rejects(
    statusOf(warsaw.grpcWeb),
    (error: unknown) => error instanceof RpcFailed && error.grpcStatus === 14,
  );
  assert.equal((await dishOf(operator, "warsaw")).silentBecause, "restarting");

  // A scene, set and ended over the operator's API.
  const kyiv = await dishOf(operator, "kyiv");
  const scene = async (method: "PUT" | "DELETE", name?: string): Promise<number> => {
    const response = await fetch(`${operator.url}/v1/terminals/kyiv/scene`, {
      method,
      headers: {
        "x-perigee-client": "e2e",
        ...(name === undefined ? {} : { "content-type": "application/json" }),
      },
      body: name === undefined ? null : JSON.stringify({ scene: name }),
    });
    return response.status;
  };
  assert.equal(await scene("PUT", "thermal-shutdown"), 200);
  const hot = await statusOf(kyiv.grpcWeb);
  assert.deepEqual([hot.outage?.cause, hot.alerts?.thermalShutdown], [outageCause.THERMAL_SHUTDOWN, true]);
  assert.equal((await operator.terminal("kyiv")).link, null, "a scene that silences it acts on the network");
  assert.equal(await scene("PUT", "no-such-scene"), 404);
  assert.equal(await scene("DELETE"), 200);
  assert.notEqual((await operator.terminal("kyiv")).link, null);

  // Prometheus.
  const metrics = await (await fetch(`${operator.url}/metrics`)).text();
  assert.match(metrics, /^starlink_dish_up\{terminal="kyiv"\} 1$/m);
  assert.match(metrics, /^starlink_dish_up\{terminal="warsaw"\} 0$/m);
  assert.match(metrics, /^starlink_dish_disablement_code\{terminal="moscow"\} 6$/m);
  assert.match(metrics, /^perigee_terminals\{operator="[^"]+"\} 22$/m);
  assert.match(
    metrics,
    /^perigee_terminal_admission\{terminal="moscow",outcome="deny",reason="AREA_NOT_LICENSED",reach="nothing"\} 1$/m,
  );
});

test("without --faults nobody sets a scene", async () => {
  await using operator = await OperatorProcess.start();
  const response = await fetch(`${operator.url}/v1/terminals/kyiv/scene`, {
    method: "PUT",
    headers: { "content-type": "application/json", "x-perigee-client": "e2e" },
    body: JSON.stringify({ scene: "okay" }),
  });
  assert.equal(response.status, 404);
});
