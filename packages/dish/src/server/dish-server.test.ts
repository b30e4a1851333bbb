// SPDX-License-Identifier: MIT
// The server, and clients that were written by others.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FileRegistry } from "@bufbuild/protobuf";
import { Code, type ConnectError, type Transport } from "@connectrpc/connect";
import { createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { type DishServer, startDishServer } from "./dish-server.ts";
import type { ListeningEndpoint } from "./endpoint.ts";
import { EchoDish } from "./testing/echo-dish.ts";
import { type Loose, type LooseClient, looseClient, reflect } from "./testing/reflected.ts";

const DEVICE = "SpaceX.API.Device.Device";
const faults: unknown[] = [];
const dish = new EchoDish();
const router = new EchoDish("Router-0123456789abcdef01234567");
let server: DishServer;
let at: ListeningEndpoint;
let registry: FileRegistry;

before(async () => {
  const started = await startDishServer({
    endpoints: [
      {
        address: "127.0.0.1",
        grpcPort: 0,
        grpcWebPort: 0,
        device: dish,
        find: id => (id === router.id ? router : undefined),
      },
    ],
    onFault: cause => faults.push(cause),
  });
  assert.ok(started.ok);
  server = started.value;
  at = server.endpoints.get(dish.id)!;
  registry = await reflect(grpc(), "v1");
});
after(() => server[Symbol.asyncDispose]());

const grpc = (): Transport => createGrpcTransport({ baseUrl: `http://127.0.0.1:${at.grpcPort}` });
const web = (httpVersion: "1.1" | "2"): Transport =>
  createGrpcWebTransport({ baseUrl: `http://127.0.0.1:${at.grpcWebPort}`, httpVersion });
const device = (transport: Transport): LooseClient => looseClient<LooseClient>(registry, DEVICE, transport);

/** A request with one member. */
const asking = (name: string, more: Loose = {}): Loose => ({ ...more, request: { case: name, value: {} } });
const answered = (response: Loose): { case: string; value: Loose } =>
  response.response as { case: string; value: Loose };

const transports: readonly (readonly [string, () => Transport])[] = [
  ["gRPC", grpc],
  ["gRPC-Web over HTTP/1.1", () => web("1.1")],
  ["gRPC-Web over HTTP/2", () => web("2")],
];

for (const [name, transport] of transports) {
  describe(`a client of connect over ${name}`, () => {
    it("gets an answer in its envelope", async () => {
      const response = await device(transport()).handle(asking("getStatus", { id: 7n }));
      assert.equal(response.id, 7n);
      assert.equal(response.apiVersion, 42n);
      assert.notEqual(response.status, undefined);
      assert.equal(answered(response).case, "dishGetStatus");
      assert.equal(answered(response).value.uplinkThroughputBps, 12.5);
    });

    it("gets a history of 900 samples", async () => {
      const response = await device(transport()).handle(asking("getHistory"));
      assert.deepEqual(
        answered(response).value.popPingLatencyMs,
        Array.from({ length: 900 }, (_, i) => i),
      );
    });

    it("is refused in a sentence with any characters", async () => {
      await assert.rejects(device(transport()).handle(asking("getLocation")), (error: ConnectError) => {
        assert.equal(error.code, Code.PermissionDenied);
        assert.equal(error.rawMessage, "not today, 100 % — sorry");
        return true;
      });
    });

    it("is told what the terminal does not know", async () => {
      await assert.rejects(
        device(transport()).handle(asking("iqCapture")),
        (error: ConnectError) =>
          error.code === Code.Unimplemented && error.rawMessage === "Unimplemented: <nil>",
      );
    });

    it("waits for an answer that takes a while, but no longer than it wants", async () => {
      assert.equal(answered(await device(transport()).handle(asking("getPing"))).case, "getPing");
      await assert.rejects(
        device(transport()).handle(asking("getPing"), { timeoutMs: 30 }),
        (error: ConnectError) => error.code === Code.DeadlineExceeded,
      );
    });

    it("survives a device that throws", async () => {
      const before = faults.length;
      await assert.rejects(
        device(transport()).handle(asking("reboot")),
        (error: ConnectError) => error.code === Code.Internal && !error.message.includes("broke"),
      );
      assert.equal(faults.length, before + 1);
    });

    it("reaches another device by target_id", async () => {
      const response = await device(transport()).handle(asking("getStatus", { targetId: router.id }));
      const { deviceInfo } = answered(response).value as { deviceInfo: Loose };
      assert.equal(deviceInfo.id, router.id);
      await assert.rejects(
        device(transport()).handle(asking("getStatus", { targetId: "ut9" })),
        (error: ConnectError) => error.code === Code.NotFound,
      );
    });

    it("unlocks by the service that is for it", async () => {
      const client = looseClient<{
        startUnlock(r: Loose): Promise<Loose>;
        finishUnlock(r: Loose): Promise<Loose>;
      }>(registry, "SpaceX.API.Device.Services.Unlock.UnlockService", transport());
      assert.equal((await client.startUnlock({})).deviceId, dish.id);
      await assert.rejects(
        client.finishUnlock({}),
        (error: ConnectError) => error.code === Code.Unimplemented,
      );
    });
  });
}

describe("a stream", () => {
  it("answers requests and health checks in their turn, and a refusal does not end it", async () => {
    async function* sent(): AsyncGenerator<Loose> {
      yield { message: { case: "healthCheck", value: {} } };
      yield { message: { case: "request", value: asking("getPing", { id: 1n }) } };
      yield { message: { case: "request", value: asking("getLocation", { id: 2n }) } };
      yield { message: { case: "request", value: asking("getStatus", { id: 3n }) } };
    }
    const said: unknown[] = [];
    for await (const { message } of device(grpc()).stream(sent())) {
      const { case: kind, value } = message as { case: string; value: Loose };
      const status = value.status as { code: number } | undefined;
      said.push(kind === "response" ? [value.id, answered(value).case, status?.code] : kind);
    }
    assert.deepEqual(said, [
      "healthCheck",
      [1n, "getPing", 0],
      [2n, undefined, Code.PermissionDenied],
      [3n, "dishGetStatus", 0],
    ]);
  });

  it("is closed to a router of a mesh that the device takes no part in", async () => {
    const mesh = looseClient<{ meshStream(r: AsyncIterable<Loose>): AsyncIterable<Loose> }>(
      registry,
      "SpaceX.API.Device.Mesh",
      grpc(),
    );
    async function* sent(): AsyncGenerator<Loose> {
      yield { apiVersion: 42 };
    }
    await assert.rejects(
      async () => {
        for await (const _ of mesh.meshStream(sent()));
      },
      (error: ConnectError) => error.code === Code.Unimplemented,
    );
  });

  it("carries far more than fits into the windows of its connection", async () => {
    const count = 2000;
    async function* sent(): AsyncGenerator<Loose> {
      for (let i = 0; i < count; i++) yield { message: { case: "request", value: asking("getHistory") } };
    }
    let got = 0;
    for await (const _ of device(grpc()).stream(sent())) got++;
    assert.equal(got, count);
    await settled();
    assert.equal(server.figures().memoryBytes, 0);
  });
});

describe("reflection", () => {
  it("gives clients of either version the same schema", async () => {
    const older = await reflect(grpc(), "v1alpha");
    const names = (r: FileRegistry): string[] => [...r].map(type => type.typeName).sort();
    assert.deepEqual(names(older), names(registry));
    assert.ok(names(registry).includes("SpaceX.API.Device.DishGetStatusResponse"));
  });
});

/** Until streams that have ended are gone on both sides. */
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 50));
