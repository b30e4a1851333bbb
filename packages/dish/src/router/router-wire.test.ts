// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { startDishServer } from "../server/dish-server.ts";
import { type LooseClient, looseClient, reflect } from "../server/testing/reflected.ts";
import { ImaginedRouter } from "./testing/imagined-router.ts";

/** A member of a message that a client knows by reflection only. */
const member = (value: unknown, name: string): unknown => (value as Record<string, unknown>)[name];

test("another implementation's clients learn the interface from the router, and ask it, over both ports", async () => {
  const imagined = new ImaginedRouter().pass(300);
  const started = await startDishServer({
    endpoints: [{ address: "127.0.0.1", grpcPort: 0, grpcWebPort: 0, device: imagined.router }],
  });
  assert.ok(started.ok);
  await using server = started.value;
  const at = server.endpoints.get(imagined.router.id);
  const grpc = createGrpcTransport({ baseUrl: `http://127.0.0.1:${at?.grpcPort}` });
  const web = createGrpcWebTransport({
    baseUrl: `http://127.0.0.1:${at?.grpcWebPort}`,
    httpVersion: "1.1",
  });
  const registry = await reflect(grpc, "v1");
  const clientOver = (transport: Transport): LooseClient =>
    looseClient<LooseClient>(registry, "SpaceX.API.Device.Device", transport);

  const statuses = [];
  for (const transport of [grpc, web]) {
    const client = clientOver(transport);
    const ask = async (name: string): Promise<unknown> => {
      const response = await client.handle({ request: { case: name, value: {} } });
      return member(member(response, "response"), "value");
    };
    const status = await ask("getStatus");
    statuses.push(status);
    assert.equal(member(status, "dishId"), "ut01000000-00000000-00001234");
    assert.equal((member(status, "clients") as unknown[]).length, 4);
    const history = await ask("getHistory");
    assert.equal(member(history, "current"), 300n);
    assert.equal((member(history, "pingLatencyMs") as number[]).length, 900);
    const config = member(await ask("wifiGetConfig"), "wifiConfig");
    const [network] = member(config, "networks") as unknown[];
    assert.equal(member(network, "ipv4"), "192.168.1.1/24");
    await assert.rejects(
      ask("dishStow"),
      error => error instanceof ConnectError && error.code === Code.Unimplemented,
    );
  }
  assert.deepEqual(statuses[0], statuses[1]);
});
